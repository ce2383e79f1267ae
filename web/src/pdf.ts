// A document as a PDF: protected on this device, or by the server where that can't be loaded.
import { button, el, heading } from "./dom.js";
import { pdfProtection, protection } from "./lazy.js";
import type { Page } from "./page.js";
import { Secret } from "./secret.js";
import { t } from "./texts.js";

const NAME = "document.pdf";

/** The screen that makes a file of `document`; `code` is drawn on it where the worker wants that. */
export async function pdfScreen(page: Page, document: string, code: string | null = null): Promise<HTMLElement | null> {
  const words = await protection(page);
  if (!words) return null;
  const secret = new Secret(words.passphrase);
  const body = { document, format: "pdf", ...(code ? { code } : {}) };

  async function here(): Promise<void> {
    const plain = await page.bytes("document", body);
    if (!plain) return;
    if (secret.words === null) return give(plain);
    page.tell(t("pdf_protecting"));
    const pdf = await pdfProtection(page);
    if (pdf) return give(await pdf.encryptPdf(plain, secret.words));
    page.tell(t("pdf_not_here"));
    server.hidden = false;
    server.focus();
  }

  async function there(): Promise<void> {
    const made = await page.bytes("document", { ...body, passphrase: secret.words });
    if (made) give(made);
  }

  function give(file: ArrayBuffer | Uint8Array): void {
    save(file, NAME, "application/pdf");
    page.tell(t("pdf_saved"));
  }

  const server = button(t("pdf_by_server"), () => void there(), "", { hidden: true });
  return el(
    "section",
    { class: "screen" },
    heading(t("pdf_title"), "h1"),
    secret.root,
    el("p", { class: "small" }, t("pdf_told")),
    el("div", { class: "choices" }, button(t("pdf_save"), () => void here(), "main"), server),
  );
}

/** Give a file to the worker; the browser asks where it goes. */
export function save(held: ArrayBuffer | Uint8Array, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([held as BlobPart], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken it by then; a page that is left takes it away besides.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
