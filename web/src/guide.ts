// The guide's page: one element that holds the screens, the conversation and the session.
import { Bar } from "./bar.js";
import { Conversation } from "./conversation.js";
import { codeScreen } from "./code.js";
import type { Answer, Choice, Draft, Extras, Form, Paper, Section } from "./contract.js";
import { deliver } from "./delivery.js";
import { documentScreen, Notes } from "./document.js";
import { button, el } from "./dom.js";
import { draftScreen } from "./draft.js";
import { emergencyScreen } from "./emergency.js";
import { leave, watchExit } from "./exit.js";
import { watchIdle } from "./idle.js";
import { menuScreen, showMap } from "./menu.js";
import { beforeScreen, notice } from "./notices.js";
import type { Page } from "./page.js";
import { pdfScreen } from "./pdf.js";
import { Ended, Gone, Refused, Session } from "./session.js";
import { LONGEST_PAUSE } from "./shift.js";
import { takeUpScreen } from "./take-up.js";
import { settings, t } from "./texts.js";
import { setTheme } from "./theme.js";

const IN_THE_FIELD = "#terrain";
const DEFAULT_LIFETIME = 1_800; // Seconds, as the server's own.
const DEFAULT_IDLE = 300; // Seconds.

/** <guide-page>: its first child, written in the page, is the link that leaves even before this script is there. */
class GuidePage extends HTMLElement implements Page {
  #session = new Session();
  #notes = new Notes();
  #conversation = new Conversation(
    (value, label) => void this.say(value, label),
    (text) => void this.#write(text),
  );
  #stage = el("div");
  #bar = new Bar(
    (value, label) => void this.say(value, label),
    () => this.#return(),
    () => {
      this.#base = this.#first = null;
      this.back();
    },
  );
  // What stands in the place of the conversation: before it begins, and once it is over.
  #base: HTMLElement | null = null;
  // Where « Revenir » leads when not simply back.
  #resume: (() => void) | null = null;
  #first: HTMLElement | null = null;
  #busy = false;
  // Over when the request under way is.
  #idle: Promise<unknown> = Promise.resolve();

  connectedCallback(): void {
    setTheme(settings.theme);
    const exit = this.querySelector("a");
    const head = this.querySelector("header");
    if (!exit || !head) return;
    exit.href = settings.exit;
    exit.textContent = t("exit");
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      this.#leave();
    });
    head.append(
      button(t("urgent"), () => this.show(emergencyScreen()), "urgent"),
      button(t("menu"), () => this.#menu()),
    );
    const main = el("main", {}, this.#conversation.root, this.#stage);
    this.append(main, this.#bar.root);
    const cover = watchIdle({
      idle: (settings.idle ?? DEFAULT_IDLE) * 1_000,
      lifetime: (settings.lifetime ?? DEFAULT_LIFETIME) * 1_000,
      heard: () => (this.#session.isOpen ? this.#session.heard : null),
      stay: () => void this.say("/repeat", t("soon_go")),
      over: () => this.#end(notice("expired_title", "expired", ["again", () => this.#begin()])),
      under: [main, this.#bar.root],
    });
    this.append(cover);
    watchExit(
      () => this.#leave(),
      (text) => this.#bar.tellFor(text, LONGEST_PAUSE),
    );
    addEventListener("pagehide", () => this.#forget());
    const title = document.title;
    addEventListener("beforeprint", () => (document.title = t("print_title")));
    addEventListener("afterprint", () => (document.title = title));
    // Never a page out of the browser's memory: it would show what was erased.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    if (location.hash !== IN_THE_FIELD) this.#first = this.#base = beforeScreen();
    this.back();
    void this.#open(() => this.#session.open());
  }

  show(screen: HTMLElement): void {
    this.#conversation.root.hidden = true;
    this.#stage.replaceChildren(screen);
    this.#bar.offer(screen === this.#first ? "start" : screen === this.#base ? null : "back");
    this.#resume = null;
    scrollTo(0, 0);
    // The page's own beginning needs no help to be found.
    if (screen !== this.#first) screen.querySelector<HTMLElement>("[tabindex]")?.focus({ preventScroll: true });
  }

  back(): void {
    if (this.#base) {
      this.show(this.#base);
      return;
    }
    this.#stage.replaceChildren();
    this.#conversation.root.hidden = false;
    this.#bar.offer("moves");
    this.#conversation.focus();
  }

  async say(message: string, label: string, extras: Extras = {}): Promise<boolean> {
    if (message === "/erase") {
      this.askErase();
      return false;
    }
    // A second tap on a question is the same answer; another screen's button is another wish: it waits its turn.
    if (this.#busy && !this.#conversation.root.hidden) return false;
    return this.#send(() => this.#session.message(message, extras), label);
  }

  takeUp(payload: string, form: Form): Promise<boolean> {
    return this.#send(() => this.#session.takeUp(payload, form), t("take_up_title"));
  }

  async bytes(path: string, body: object): Promise<ArrayBuffer | undefined> {
    while (this.#busy) await this.#idle;
    return this.#deliver(() => this.#session.bytes(path, body));
  }

  async #send(make: () => () => Promise<Answer>, label: string): Promise<boolean> {
    while (this.#busy) await this.#idle;
    const from = this.#stage.firstChild;
    const answer = await this.#deliver(make());
    if (answer) await this.#shown(answer, label, from);
    return answer !== undefined;
  }

  async ask<T>(path: string, body: object = {}): Promise<T | undefined> {
    while (this.#busy) await this.#idle;
    return this.#deliver(() => this.#session.ask<T>(path, body));
  }

  tell(text: string): void {
    this.#bar.tell(text);
  }

  askErase(): void {
    const erased = () => this.#end(notice("erased_title", "erased", ["again", () => this.#begin()]));
    this.show(notice("erase_title", "erase_told", ["erase_yes", erased], ["erase_no", () => this.back()]));
  }

  /** One request at a time, retried while the network is lost. Undefined where there is no answer to show. */
  #deliver<T>(send: () => Promise<T>): Promise<T | undefined> {
    const delivered = this.#deliverNow(send);
    this.#idle = delivered;
    return delivered;
  }

  async #deliverNow<T>(send: () => Promise<T>): Promise<T | undefined> {
    this.#busy = true;
    this.#conversation.root.ariaBusy = "true";
    this.tell("");
    try {
      return await deliver(this.#bar, send);
    } catch (error) {
      if (error instanceof Gone) this.#gone();
      else if (!(error instanceof Ended)) this.tell(error instanceof Refused ? error.told : t("failed"));
      return undefined;
    } finally {
      this.#busy = false;
      this.#conversation.root.ariaBusy = null;
    }
  }

  async #open(send: () => Promise<Answer>): Promise<void> {
    const answer = await this.#deliver(send);
    if (answer) await this.#shown(answer);
  }

  /** Show a turn. Where the worker opened another screen since `from`, it stays: the emergency card above all. */
  async #shown(answer: Answer, label?: string, from: Node | null = null): Promise<void> {
    if (answer.screen === "erased") {
      this.#end(notice("erased_title", "erased", ["again", () => this.#begin()]));
      return;
    }
    const stays = this.#stage.firstChild !== from;
    if (label !== undefined && !stays) this.back();
    this.#conversation.show(answer, label);
    if (stays) return;
    if (answer.screen === "emergency") {
      this.show(emergencyScreen());
      this.#resume = () => void this.say("/resume", t("return"));
      return;
    }
    const choices: Choice[] = answer.messages.flatMap((message) => message.choices);
    const screen = await this.#screenOf(answer, choices);
    if (screen && !this.#stage.firstChild) this.show(screen);
  }

  /** The screen that a turn asks for besides the conversation. */
  async #screenOf({ screen, document }: Answer, choices: Choice[]): Promise<HTMLElement | null> {
    if (screen === "code") return codeScreen(this, choices);
    if (screen === "take_up") return takeUpScreen(this);
    if (screen !== "document" || !document) return null;
    const paper = await this.ask<Paper>("document", { document });
    const pdf = async () => {
      const made = await pdfScreen(this, document);
      if (made) this.show(made);
    };
    return paper ? documentScreen(this, paper, this.#notes, choices, () => void pdf()) : null;
  }

  /** The worker's own words: reread first where something was masked. */
  async #write(text: string): Promise<void> {
    if (this.#busy) return;
    const draft = await this.ask<Draft>("draft", { message: text });
    if (!draft) return;
    const send = async (extras: Extras, shown: string) => {
      if (await this.say(text, shown, extras)) this.#conversation.received();
    };
    if (!draft.spans.length) await send({}, text);
    else {
      const edit = () => {
        this.back();
        this.#conversation.edit();
      };
      this.show(draftScreen(text, draft, (extras, shown) => void send(extras, shown), edit));
    }
  }

  /** At once, without waiting for the map: it is put in when it comes. */
  #menu(): void {
    const before = () => this.show(beforeScreen());
    const screen = menuScreen(this, before);
    this.show(screen);
    if (!this.#session.isOpen) return;
    this.#session.ask<{ sections: Section[] }>("map").then(
      ({ sections }) => showMap(this, screen, sections),
      () => {},
    );
  }

  #return(): void {
    if (this.#resume) this.#resume();
    else this.back();
  }

  #begin(): void {
    this.#base = null;
    this.back();
    void this.#open(() => this.#session.open());
  }

  /** The server does not know the conversation any more; this page still knows what was said. */
  #gone(): void {
    const resume = () => {
      this.#base = null;
      this.back();
      this.#conversation.clear();
      void this.#open(() => this.#session.resume());
    };
    const again = () => {
      this.#forget();
      this.#begin();
    };
    this.#base = notice("gone_title", "gone", ["gone_resume", resume], ["gone_again", again]);
    // Not over the emergency card.
    if (!this.#stage.querySelector("[href^='tel:']")) this.show(this.#base);
  }

  #end(screen: HTMLElement): void {
    this.#forget();
    this.#base = screen;
    this.show(screen);
  }

  /** Nothing stays in memory nor on the server. */
  #forget(): void {
    this.#session.erase();
    this.#conversation.clear();
    this.#notes.clear();
    this.#stage.replaceChildren();
  }

  #leave(): void {
    leave(() => this.#forget());
  }
}

customElements.define("guide-page", GuidePage);
