// Nothing stays on a screen that nobody looks at: covered, then told, then erased.
import { button, el, heading } from "./dom.js";
import { t } from "./texts.js";

const LOOK_EVERY = 1_000; // Milliseconds.
const TOLD_BEFORE = 120_000; // Milliseconds before everything is erased.

interface Watched {
  /** Milliseconds without a gesture after which the screen is covered. */
  idle: number;
  /** Milliseconds without a message after which the server forgets. */
  lifetime: number;
  /** When the server last counted a message; null where no conversation is open. */
  heard(): number | null;
  /** Tell the server that someone is there. */
  stay(): void;
  /** The lifetime is over. */
  over(): void;
  /** What is under the cover. */
  under: HTMLElement[];
}

/** The cover, to be put into the page. It covers when the tab is hidden, after idleness, and before the end. */
export function watchIdle(watched: Watched): HTMLElement {
  const cover = el("div", { class: "cover", hidden: true });
  let seen = Date.now();
  let before: HTMLElement | null = null;
  let ending = false;

  function lay(title: string, told: string | null, label: string, act?: () => void): void {
    if (cover.hidden) before = document.activeElement as HTMLElement | null;
    const name = heading(title, "h1");
    cover.replaceChildren(name, told ? el("p", {}, told) : "", button(label, () => lift(act), "main"));
    cover.hidden = false;
    for (const one of watched.under) one.inert = true;
    name.focus();
  }

  function lift(act?: () => void): void {
    cover.hidden = true;
    ending = false;
    seen = Date.now();
    for (const one of watched.under) one.inert = false;
    before?.focus();
    act?.();
  }

  function hide(): void {
    if (cover.hidden) lay(t("cover_title"), null, t("cover_go"));
  }

  function look(): void {
    const heard = watched.heard();
    const now = Date.now();
    const left = heard === null ? Infinity : heard + watched.lifetime - now;
    if (left <= 0) {
      if (!cover.hidden) lift();
      watched.over();
    } else if (left <= Math.min(TOLD_BEFORE, watched.lifetime / 2)) {
      if (!ending) {
        ending = true;
        lay(t("soon_title"), t("soon", { minutes: Math.ceil(left / 60_000) }), t("soon_go"), () => watched.stay());
      }
    } else if (now - seen > watched.idle && heard !== null) hide();
  }

  for (const gesture of ["pointerdown", "keydown", "scroll", "input"]) {
    addEventListener(gesture, () => (seen = Date.now()), { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    // The whole page, for the pictures that a system takes of its windows; the exit is back with the page.
    cover.classList.toggle("whole", document.hidden);
    if (document.hidden && watched.heard() !== null) hide();
    else look();
  });
  setInterval(look, LOOK_EVERY);
  return cover;
}
