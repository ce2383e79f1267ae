// An organisation's colours: custom properties only, from its settings.

const NAMES = ["accent", "on-accent", "accent-dark", "on-accent-dark", "corner", "font"];

/** Sets the properties of `theme` that the style knows (--guide-accent…); any other is left out. */
export function setTheme(theme: Record<string, string> = {}): void {
  for (const name of NAMES) {
    const value = theme[name];
    if (value) document.documentElement.style.setProperty(`--guide-${name}`, value);
  }
}
