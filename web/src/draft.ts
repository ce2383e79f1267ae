// Rereading before sending: what was masked, what can be put back, what else to mask.
import type { Draft, Extras, Mask, Span } from "./contract.js";
import { button, el, heading } from "./dom.js";
import { t } from "./texts.js";

const WORD = /[\p{L}\p{N}'’-]/u;

/** The screen of a draft. `send` gets what the worker decided and the text as it will stand; `edit` goes back. */
export function draftScreen(
  typed: string,
  draft: Draft,
  send: (extras: Extras, shown: string) => void,
  edit: () => void,
): HTMLElement {
  // Offsets count characters as the server does, not UTF-16 units.
  const characters = Array.from(typed);
  const between = (from: number, to: number) => characters.slice(from, to).join("");
  const placeholder = (mask: Mask) => Array.from(draft.text).slice(mask.start, mask.end).join("");
  const masks = [...draft.spans].sort((one, other) => one.source[0] - other.source[0]);
  const restored = new Set<Mask>();
  const hidden = new Map<string, Span>();
  const text = el("p", { class: "draft", "aria-label": t("draft_text"), role: "group" });
  let marking = false;

  function masked(mask: Mask): HTMLElement {
    const one = button("", () => {
      if (!mask.restorable) return;
      if (!restored.delete(mask)) restored.add(mask);
      write();
    }, mask.restorable ? "mask loose" : "mask", { "aria-disabled": String(!mask.restorable) });
    function write(): void {
      const back = restored.has(mask);
      const shown = back ? between(...mask.source) : placeholder(mask);
      one.textContent = shown;
      const told = !mask.restorable ? "draft_fixed" : back ? "draft_mask_again" : "draft_restore";
      one.setAttribute("aria-label", t(told, back ? { word: shown } : { mask: shown }));
    }
    write();
    return one;
  }

  function word(from: number, to: number): HTMLElement {
    const name = `${from},${to}`;
    const one = button("", () => {
      if (!hidden.delete(name)) hidden.set(name, [from, to]);
      write();
    }, "word");
    function write(): void {
      const shown = hidden.has(name) ? t("draft_masked") : between(from, to);
      one.textContent = shown;
      one.className = hidden.has(name) ? "mask loose" : "word";
      one.setAttribute("aria-label", t(hidden.has(name) ? "draft_unmask" : "draft_mask", { word: shown }));
    }
    write();
    return one;
  }

  /** What stands between two masks: words to tap while marking, plain text otherwise. */
  function plain(from: number, to: number): (Node | string)[] {
    const pieces: (Node | string)[] = [];
    for (let at = from; at < to; ) {
      const inWord = WORD.test(characters[at] ?? "");
      let end = at + 1;
      while (end < to && WORD.test(characters[end] ?? "") === inWord) end++;
      const kept = !inWord || (!marking && !hidden.has(`${at},${end}`));
      pieces.push(kept ? between(at, end) : word(at, end));
      at = end;
    }
    return pieces;
  }

  function write(): void {
    const pieces: (Node | string)[] = [];
    let at = 0;
    for (const mask of masks) {
      pieces.push(...plain(at, mask.source[0]), masked(mask));
      at = mask.source[1];
    }
    text.replaceChildren(...pieces, ...plain(at, characters.length));
  }

  write();
  const more = button(t("draft_more"), () => {
    marking = !marking;
    more.setAttribute("aria-pressed", String(marking));
    write();
  }, "quiet", { "aria-pressed": "false" });
  const result = () => {
    const extras: Extras = { restore: [...restored].map((mask) => mask.source), mask: [...hidden.values()] };
    send(extras, text.textContent ?? "");
  };
  return el(
    "section",
    { class: "screen" },
    heading(t("draft_title")),
    text,
    el("p", { class: "strong" }, t("draft_warning")),
    masks.some((mask) => mask.restorable) ? el("p", {}, t("draft_restorable")) : null,
    more,
    el("div", { class: "choices" }, button(t("draft_send"), result, "main"), button(t("draft_edit"), edit)),
  );
}
