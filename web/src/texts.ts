// The words and the settings that the server puts in the page as data.
import type { Settings } from "./contract.js";

function data<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent || "{}") as T;
}

const texts = data<Record<string, string>>("texts");

/** The organisation's settings. */
export const settings = data<Settings>("settings");

/** A text of data/interface/, its {words} filled in. A key that is missing shows itself (a test forbids it). */
export function t(key: string, words: Record<string, string | number> = {}): string {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(words[name] ?? whole));
}
