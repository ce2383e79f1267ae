// What is loaded only when it is asked for: most conversations never need it.
import type { Page } from "./page.js";
import { t } from "./texts.js";

/** The making and reading of codes and passphrases; null, and said, where it can't be loaded now. */
export function protection(page: Page): Promise<typeof import("./protection.js") | null> {
  return loaded(page, () => import("./protection.js"));
}

/** The same for the encryption of a PDF. */
export function pdfProtection(page: Page): Promise<typeof import("./pdf-protection.js") | null> {
  return loaded(page, () => import("./pdf-protection.js"));
}

async function loaded<T>(page: Page, load: () => Promise<T>): Promise<T | null> {
  try {
    return await load();
  } catch {
    page.tell(t("not_loaded"));
    return null;
  }
}
