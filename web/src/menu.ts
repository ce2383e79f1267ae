// The menu: every section, with what it holds and lacks, and what concerns the whole conversation.
import type { Section } from "./contract.js";
import { button, el, heading } from "./dom.js";
import type { Page } from "./page.js";
import { settings, t } from "./texts.js";

/** The menu's screen, its map still to come. `before` shows what the exit does. */
export function menuScreen(page: Page, before: () => void): HTMLElement {
  const says = (value: string, key: string) => button(t(key), () => void page.say(value, t(key)));
  return el(
    "section",
    { class: "screen" },
    heading(t("menu_title"), "h1"),
    el("div", { class: "choices" }, says("/summary", "menu_summary"), says("/export", "menu_export"), says("/take_up", "take_up_title"), says("/help", "menu_ways")),
    el("div", { class: "map" }),
    el(
      "div",
      { class: "choices" },
      protocol(),
      el("a", { class: "button", href: "ce-que-nous-gardons", target: "_blank", rel: "noopener noreferrer" }, t("menu_kept")),
      button(t("before_again"), before),
      button(t("erase"), () => page.askErase()),
    ),
  );
}

/** Puts the map into the menu's screen: a button a section. */
export function showMap(page: Page, screen: HTMLElement, sections: Section[]): void {
  const state = ({ answered, left }: Section): string =>
    answered === 0 ? t("map_open") : left === 0 ? t("map_done") : t("map_left", { answered, left });
  const one = (section: Section) => {
    const made = button("", () => void page.say(section.value, section.title), "choice section");
    made.append(el("span", {}, section.title), el("span", { class: "small" }, state(section)));
    return made;
  };
  screen.querySelector(".map")?.append(el("h2", {}, t("map_title")), el("div", { class: "choices" }, ...sections.map(one)));
}

/** The link to the organisation's own protocol, where there is one. */
export function protocol(): HTMLElement | null {
  if (!settings.protocol) return null;
  return el(
    "a",
    { class: "button", href: settings.protocol, target: "_blank", rel: "noopener noreferrer" },
    t("protocol"),
  );
}
