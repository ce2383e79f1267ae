// The conversation: what was said, then the question that waits and the worker's own words.
import type { Answer, Message } from "./contract.js";
import { area, button, el, heading, unseen } from "./dom.js";
import { type Pick, choicesOf } from "./question.js";
import { t } from "./texts.js";

const LONGEST = 2_000; // Characters of a message (balise/engine/guide.py).

/** Only the choices of the last question are live; what was said before stays readable above it. */
export class Conversation {
  readonly root: HTMLElement;
  #log = el("div", { role: "log", "aria-label": t("log") });
  #now = el("div", { class: "now" });
  #field: HTMLTextAreaElement;
  #error = el("p", { id: "error", class: "error", role: "alert" });
  #own: HTMLElement;
  #open: HTMLButtonElement;
  #asked: Message | null = null;
  #heading: HTMLElement | null = null;

  /** `pick` gets a button's value and label, `write` the worker's own words. */
  constructor(
    readonly pick: Pick,
    write: (text: string) => void,
  ) {
    const send = () => {
      const text = this.#field.value.trim();
      this.#error.textContent = text ? "" : t("nothing_typed");
      if (text) write(text);
      else this.#field.focus();
    };
    this.#field = area({
      id: "words",
      rows: "3",
      maxlength: String(LONGEST),
      enterkeyhint: "send",
      "aria-describedby": "error",
      keydown: (event) => {
        const { key, shiftKey, isComposing } = event as KeyboardEvent;
        if (key !== "Enter" || shiftKey || isComposing) return;
        event.preventDefault();
        send();
      },
    });
    this.#own = el(
      "div",
      { id: "own", class: "own", hidden: true },
      el("label", { for: "words" }, t("own_words")),
      this.#field,
      this.#error,
      button(t("send"), send, "main"),
    );
    this.#open = button(t("otherwise"), () => this.#unfold(!this.#isOpen, true), "quiet", { "aria-controls": "own" });
    this.root = el("div", { class: "conversation" }, this.#log, this.#now, this.#open, this.#own);
  }

  /** Show an answer, and `said`, the worker's words or the label of the button that it answers. */
  show(answer: Answer, said = ""): void {
    // A document is a screen of its own: its text is not said a second time.
    const messages = answer.document ? answer.messages.filter((one) => one.choices.length) : answer.messages;
    const asked = messages.find((one) => one.choices.length) ?? messages.at(-1) ?? null;
    const before = this.#asked;
    // A question that is asked again stays where it is.
    if (before && before.text !== asked?.text) this.#add(before.text, "guide", true);
    const mine = said ? this.#add(said, "you", true) : null;
    for (const message of messages) if (message !== asked && message.text) this.#add(message.text, "guide");
    this.#asked = asked;
    this.#ask(answer, asked);
    (mine ?? this.#now).scrollIntoView();
    this.focus();
  }

  /** Focus on the question that waits. */
  focus(): void {
    this.#heading?.focus({ preventScroll: true });
  }

  /** Empty the field: its words were received. */
  received(): void {
    this.#field.value = "";
    this.#unfold(!this.#hasChoices);
  }

  /** Focus on the words that were typed, to change them. */
  edit(): void {
    this.#unfold(true, true);
  }

  /** Forget everything that was said. */
  clear(): void {
    this.received();
    this.#log.replaceChildren();
    this.#now.replaceChildren();
    this.#asked = this.#heading = null;
  }

  #add(text: string, who: "guide" | "you", quiet = false): HTMLElement {
    // What she said or read already isn't announced once more.
    const props = { class: `said ${who}`, ...(quiet ? { "aria-live": "off" } : {}) };
    const bubble = el("p", props, unseen(t(who === "you" ? "said_you" : "said_guide") + " "), text);
    this.#log.append(bubble);
    return bubble;
  }

  #ask({ section, left }: Answer, asked: Message | null): void {
    const place = [section, left ? t(left === 1 ? "left_one" : "left_many", { count: left }) : null];
    const title = (this.#heading = heading(asked?.text ?? ""));
    this.#now.replaceChildren(
      el("p", { class: "place" }, place.filter((part) => part).join(" · ")),
      asked?.choices.length ? choicesOf(title, asked, this.pick) : title,
    );
    this.#open.hidden = !this.#hasChoices;
    this.#unfold(!this.#hasChoices || this.#field.value !== "");
  }

  get #hasChoices(): boolean {
    return Boolean(this.#asked?.choices.length);
  }

  get #isOpen(): boolean {
    return !this.#own.hidden;
  }

  #unfold(open: boolean, focus = false): void {
    this.#own.hidden = !open;
    this.#open.setAttribute("aria-expanded", String(open));
    this.#error.textContent = "";
    if (!open || !focus) return;
    this.#field.focus({ preventScroll: true });
    this.#own.scrollIntoView({ block: "nearest" });
  }
}
