// « Quitter rapidement »: nothing left to see, here and in the page around, whatever the network does.
import { onShiftThrice } from "./shift.js";
import { settings, t } from "./texts.js";

const AFTER_THE_MESSAGE = 1_000; // Milliseconds; the frame is empty by then.

/**
 * Empties the page and goes to the exit address. `forget` drops what is in memory and asks the server to erase.
 * The order matters: first what an onlooker sees, last what needs the network.
 */
export function leave(forget: () => void): void {
  document.documentElement.className = "gone";
  for (const field of document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("textarea, input")) {
    field.value = "";
  }
  document.body.replaceChildren();
  document.title = t("exit_title");
  forget();
  // A frame may not move the page around it: its loader does (web/src/loader.ts). Nothing secret is said, to whoever.
  const go = () => location.replace(settings.exit);
  if (parent === window) go();
  else {
    parent.postMessage({ type: "guide:sortie", exit: settings.exit }, "*");
    // Not at once: a frame that moves away takes its last message with it.
    setTimeout(go, AFTER_THE_MESSAGE);
  }
}

/** Shift three times, and the loader's word that the worker left, call `act`; `told` is said after two presses. */
export function watchExit(act: () => void, told: (text: string) => void): void {
  onShiftThrice(act, (count) => count === 2 && told(t("exit_once_more")));
  if (parent === window) return;
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.type === "guide:sortie") act();
  });
  parent.postMessage({ type: "guide:pret", exit: settings.exit }, "*");
}
