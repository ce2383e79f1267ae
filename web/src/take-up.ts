// Taking a plan up again from a code or a file, opened on this device.
import { area, button, el, heading, line } from "./dom.js";
import { protection } from "./lazy.js";
import type { Page } from "./page.js";
import { t } from "./texts.js";

/** The screen; what is typed on it stays in it. */
export function takeUpScreen(page: Page): HTMLElement {
  const error = el("p", { id: "take-up-error", class: "error", role: "alert" });
  const words = area({ id: "code", rows: "5", "aria-describedby": "take-up-error" });
  const chosen = el("input", { id: "file", type: "file", accept: ".dat" });
  const passphrase = line({ id: "passphrase", "aria-describedby": "take-up-error" });

  async function take(): Promise<void> {
    error.textContent = "";
    const device = await protection(page);
    if (!device) return;
    try {
      const file = chosen.files?.[0];
      const envelope = file ? device.fromFile(new Uint8Array(await file.arrayBuffer())) : device.fromWords(words.value);
      page.tell(t("sending"));
      const payload = await device.open(envelope, passphrase.value.trim() || null);
      await page.takeUp(device.base64Of(payload), file ? "file" : "words");
    } catch (fault) {
      if (!(fault instanceof device.ResumeError)) throw fault;
      page.tell("");
      error.textContent = t(fault.text, fault.values);
    }
  }

  const field = (id: string, label: string, input: HTMLElement, hint = "") =>
    el("div", { class: "own" }, el("label", { for: id }, t(label)), hint ? el("p", { class: "small" }, t(hint)) : null, input);
  return el(
    "section",
    { class: "screen" },
    heading(t("take_up_title"), "h1"),
    el("p", {}, t("take_up_told")),
    field("code", "take_up_words", words),
    field("file", "take_up_file", chosen),
    field("passphrase", "take_up_passphrase", passphrase, "take_up_passphrase_told"),
    error,
    el("div", { class: "choices" }, button(t("take_up_go"), () => void take(), "main")),
  );
}
