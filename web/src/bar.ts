// The foot of every screen: what is being sent or is lost, and the moves, always at the same place.
import { button, el } from "./dom.js";
import { t } from "./texts.js";

/** What the foot offers: to begin, the moves of the conversation, the way back to it from another screen, or nothing. */
export type Offered = "start" | "moves" | "back" | null;

/** The foot; `root` goes into the page. */
export class Bar {
  readonly root: HTMLElement;
  #told = el("p", { role: "status", class: "status" });
  #trouble = el("div", { class: "row", hidden: true });
  #rows: Record<string, HTMLElement>;

  constructor(move: (value: string, label: string) => void, back: () => void, start: () => void) {
    const moves: [string, string][] = [
      ["/back", t("back")],
      ["/skip", t("skip")],
      ["/why", t("why")],
      ["/pause", t("pause")],
    ];
    const row = (...buttons: HTMLElement[]) => el("nav", { class: "row", "aria-label": t("moves") }, ...buttons);
    this.#rows = {
      start: row(button(t("before_go"), start, "main")),
      moves: row(...moves.map(([value, label]) => button(label, () => move(value, label)))),
      back: row(button(t("return"), back)),
    };
    this.#rows.moves?.classList.add("moves");
    this.root = el("footer", {}, this.#told, this.#trouble, ...Object.values(this.#rows));
  }

  /** Show what this screen offers, and nothing of the last one. */
  offer(offered: Offered): void {
    for (const [name, row] of Object.entries(this.#rows)) row.hidden = name !== offered;
    this.#plain();
  }

  /** Say something, seen and heard. */
  tell(text: string): void {
    this.#told.textContent = text;
    this.#plain();
  }

  /** Say something that is no longer true after `wait` milliseconds. */
  tellFor(text: string, wait: number): void {
    this.tell(text);
    setTimeout(() => this.#told.textContent === text && this.tell(""), wait);
  }

  /** A failure of the network, and what can be done now. Without choices: it is over. */
  trouble(text = "", ...choices: HTMLElement[]): void {
    const held = this.#trouble.contains(document.activeElement);
    this.tell(text);
    this.#trouble.replaceChildren(...choices);
    this.#trouble.hidden = !choices.length;
    this.#plain();
    if (held) choices[0]?.focus();
  }

  // Without anything in it, not even a line is drawn.
  #plain(): void {
    const empty = !this.#told.textContent && [this.#trouble, ...Object.values(this.#rows)].every((one) => one.hidden);
    this.root.classList.toggle("bare", empty);
  }
}
