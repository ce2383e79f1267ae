// Encrypts a PDF on this device: AES-256, revision 6 (ISO 32000-2, 7.6.4.4.9). Loaded only when a file is asked for.
import { PDFDocument, PDFName } from "@cantoo/pdf-lib";

/** The file of `plain`, to be opened with `passphrase` only; its tags, language and title stay. */
export async function encryptPdf(plain: ArrayBuffer, passphrase: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(plain, { updateMetadata: false });
  pdf.encrypt({
    userPassword: passphrase,
    // Nobody needs the owner's password: made here, kept nowhere.
    ownerPassword: Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(36)).join(""),
    // A screen reader needs both.
    permissions: { contentAccessibility: true, copying: true, printing: "highResolution" },
  });
  // The library encrypts streams and no string: titles of sections would stay readable. Within object streams they are
  // encrypted with them (7.5.7); the catalogue stands outside, so its one string moves in.
  const language = PDFName.of("Lang");
  const told = pdf.catalog.get(language);
  if (told) pdf.catalog.set(language, pdf.context.register(told));
  return pdf.save({ useObjectStreams: true });
}
