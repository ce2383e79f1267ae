// Sending until it is received: a lost network is told, retried, and can be given up without losing what was typed.
import type { Bar } from "./bar.js";
import { button } from "./dom.js";
import { Lost } from "./session.js";
import { t } from "./texts.js";

const FIRST_WAIT = 2_000; // Milliseconds; doubled at each try.
const MOST_TRIES = 6; // Without anyone asking for one more.
const SHOWN_AFTER = 1_000; // Milliseconds: a quick answer needs no word.

/**
 * Calls `send` until it answers; undefined where the worker gave up. `send` must be safe to repeat.
 * Throws what it throws, except Lost.
 */
export async function deliver<T>(bar: Bar, send: () => Promise<T>): Promise<T | undefined> {
  for (let tries = 1; ; tries++) {
    const late = setTimeout(() => bar.tell(t("sending")), SHOWN_AFTER);
    try {
      const answer = await send();
      bar.trouble();
      return answer;
    } catch (error) {
      if (!(error instanceof Lost)) {
        bar.trouble();
        throw error;
      }
      const again = await next(bar, tries < MOST_TRIES ? (error.wait ?? FIRST_WAIT * 2 ** (tries - 1)) : null);
      if (!again) {
        bar.trouble();
        return undefined;
      }
    } finally {
      clearTimeout(late);
    }
  }
}

/** Waits for `wait` milliseconds, for the network, or for a tap; false where the worker gives up. */
function next(bar: Bar, wait: number | null): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = wait === null ? 0 : setTimeout(() => end(true), wait);
    const online = () => end(true);
    function end(again: boolean): void {
      clearTimeout(timer);
      removeEventListener("online", online);
      if (again) bar.tell(t("sending"));
      resolve(again);
    }
    addEventListener("online", online);
    bar.trouble(
      t(wait === null ? "lost_stopped" : "lost"),
      button(t("retry"), () => end(true), "main"),
      button(t("give_up"), () => end(false)),
    );
  });
}
