// Making elements. Never innerHTML nor an inline style: Trusted Types and the strict policy forbid both.

type Props = Record<string, string | boolean | ((event: Event) => void)>;

/** An element: functions become listeners, true an empty attribute, false none. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button that does `act`; `kind` is its class. */
export function button(label: string, act: () => void, kind = "", props: Props = {}): HTMLButtonElement {
  return el("button", { type: "button", class: kind, click: act, ...props }, label);
}

/** A heading that focus can go to. */
export function heading(text: string, tag: "h1" | "h2" | "h3" = "h2"): HTMLHeadingElement {
  return el(tag, { tabindex: "-1" }, text);
}

/** Words that only a screen reader says. */
export function unseen(text: string): HTMLSpanElement {
  return el("span", { class: "unseen" }, text);
}

// No browser, spelling service or extension is invited to keep or to read what is typed (research 2.4, 3).
const PRIVATE: Props = {
  autocomplete: "off",
  autocorrect: "off",
  autocapitalize: "sentences",
  spellcheck: "false",
  translate: "no",
  "data-gramm": "false",
};

/** A field of several lines. */
export function area(props: Props): HTMLTextAreaElement {
  return el("textarea", { ...PRIVATE, ...props });
}

/** A field of one line. */
export function line(props: Props): HTMLInputElement {
  return el("input", { ...PRIVATE, ...props });
}
