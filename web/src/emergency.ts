// The emergency card: in the page since it opened, so it needs no network and does not move the interview.
import { el, heading } from "./dom.js";
import { protocol } from "./menu.js";
import { t } from "./texts.js";

/** The card's screen. */
export function emergencyScreen(): HTMLElement {
  // The number stands in the words, which the directory filled in.
  const call = (words: string, kind: string) =>
    el("a", { class: `button ${kind}`, href: `tel:${words.replace(/\D/g, "")}` }, words);
  return el(
    "section",
    { class: "screen" },
    heading(t("emergency_title"), "h1"),
    // One sentence a line: read at a glance.
    ...t("emergency")
      .split(/(?<=\.)\s+/)
      .map((text) => el("p", { class: "large" }, text)),
    el(
      "div",
      { class: "choices" },
      call(t("emergency_call"), "main"),
      call(t("emergency_line"), ""),
      protocol(),
    ),
    el("p", { class: "small" }, t("emergency_bill")),
  );
}
