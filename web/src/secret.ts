// A passphrase made on this device, shown once; it goes nowhere but into what it protects.
import { button, el } from "./dom.js";
import { t } from "./texts.js";

/** What a screen protects with: the words shown, null where the worker chose to go without. */
export class Secret {
  readonly root: HTMLElement;
  #words: string | null;

  /** `make` gives a new passphrase; `changed` is called whenever the worker changes her mind. */
  constructor(
    readonly make: () => string,
    readonly changed: () => void = () => {},
  ) {
    this.#words = make();
    this.root = el("div", { class: "secret" });
    this.#show();
  }

  get words(): string | null {
    return this.#words;
  }

  #take(words: string | null): void {
    this.#words = words;
    this.#show();
    // What was tapped is gone.
    this.root.querySelector("button")?.focus();
    this.changed();
  }

  #show(): void {
    const other = button(t(this.#words ? "secret_other" : "secret_with"), () => this.#take(this.make()), "quiet");
    this.root.replaceChildren(
      el("p", { class: "small" }, t("secret_label")),
      el("p", { class: "large strong", "aria-live": "polite" }, this.#words ?? t("secret_none")),
      el("p", {}, t(this.#words ? "secret_told" : "secret_none_told")),
      el("div", { class: "choices" }, other, ...(this.#words ? [button(t("secret_without"), () => this.#take(null), "quiet")] : [])),
    );
  }
}
