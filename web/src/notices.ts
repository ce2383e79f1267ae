// Screens of a few sentences and buttons: before the first question, erase, and the ways a conversation ends.
import { button, el, heading } from "./dom.js";
import { settings, t } from "./texts.js";

/** What the page does and can't do. */
export function beforeScreen(): HTMLElement {
  const cannot = ["before_not_history", "before_not_watched", "before_not_bill"] as const;
  return el(
    "section",
    { class: "screen" },
    heading(t("before_title"), "h1"),
    settings.organisation ? el("p", {}, t("before_for", { organisation: settings.organisation })) : null,
    el("p", {}, t("before_fast")),
    el("h2", {}, t("before_not_title")),
    el("ul", {}, ...cannot.map((key) => el("li", {}, t(key)))),
    el("p", {}, t("before_safer")),
    el("p", {}, t("before_back")),
  );
}

/** A title, a sentence, and one or two buttons: each is its key and what it does. */
export function notice(title: string, told: string, ...actions: [string, () => void][]): HTMLElement {
  return el(
    "section",
    { class: "screen" },
    heading(t(title), "h1"),
    el("p", {}, t(told)),
    el("div", { class: "choices" }, ...actions.map(([key, act], index) => button(t(key), act, index ? "" : "main"))),
  );
}
