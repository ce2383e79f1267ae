// The code to take a plan up again: made and protected on this device; the server keeps nothing of it.
import type { Choice, Packed } from "./contract.js";
import { copy, NOTE, picture } from "./document.js";
import { button, el, heading } from "./dom.js";
import { protection } from "./lazy.js";
import type { Page } from "./page.js";
import { pdfScreen, save } from "./pdf.js";
import { Secret } from "./secret.js";
import { t } from "./texts.js";

const FILE_NAME = "document.dat";

/** The screen of a code; `choices` are the turn's own buttons. */
export async function codeScreen(page: Page, choices: Choice[]): Promise<HTMLElement | null> {
  const device = await protection(page);
  if (!device) return null;
  const { bytesOf, protect, ResumeError, toWords } = device;
  const packed = await page.ask<Packed>("code", { form: "words" });
  if (!packed) return null;
  const payload = bytesOf(packed.payload);
  const made = el("div", { class: "made" });
  const secret = new Secret(device.passphrase, () => void show());
  let code = "";
  let asked = 0;

  async function show(): Promise<void> {
    const mine = ++asked;
    code = "";
    made.replaceChildren(el("p", { role: "status" }, t("sending")));
    const envelope = await protect(payload, secret.words, "words");
    let words: string[];
    try {
      words = toWords(envelope);
    } catch (fault) {
      if (!(fault instanceof ResumeError)) throw fault;
      made.replaceChildren(el("p", { class: "error", role: "alert" }, t(fault.text, fault.values)));
      return;
    }
    const drawn = await page.ask<{ svg: string }>("picture", { code: words.join(" ") });
    // She may have taken another passphrase meanwhile: only the code of the one shown is shown.
    if (mine !== asked) return;
    code = words.join(" ");
    made.replaceChildren(
      el("ol", { class: "words" }, ...words.map((word) => el("li", {}, word))),
      ...(drawn ? [picture(drawn.svg, t("code_picture"))] : []),
    );
  }

  async function file(): Promise<void> {
    const held = await page.ask<Packed>("code", { form: "file" });
    if (!held) return;
    save(await protect(bytesOf(held.payload), secret.words, "file"), FILE_NAME, "application/octet-stream");
    page.tell(t("code_saved"));
  }

  const told = async () => {
    if (code) page.tell(t((await copy(code)) ? "summary_copied" : "summary_not_copied"));
  };
  const pdf = async () => {
    if (!code) return;
    const screen = await pdfScreen(page, NOTE, code);
    if (screen) page.show(screen);
  };
  const others = choices
    .filter(({ value }) => value.startsWith("/") && !value.startsWith("/make_code"))
    .map((choice) => button(choice.label, () => void page.say(choice.value, choice.label)));
  void show();
  return el(
    "section",
    { class: "screen" },
    heading(t("code_title"), "h1"),
    el("p", {}, t("code_told")),
    secret.root,
    el("h2", {}, t("code_words")),
    made,
    packed.left_out.length ? el("p", { class: "aside" }, t("code_left_out", { labels: packed.left_out.join(", ") })) : null,
    el(
      "div",
      { class: "choices" },
      button(t("code_copy"), () => void told(), "main"),
      button(t("code_file"), () => void file()),
      button(t("code_pdf"), () => void pdf()),
      ...others,
    ),
  );
}
