// Shift three times: the exit from the keyboard, in the page and in the page that embeds it.

/** Milliseconds between two presses. */
export const LONGEST_PAUSE = 5_000;

/**
 * Calls `act` at the third press of Shift in a row, and `told` at each press with its count. Shift held, used with
 * another key or with the pointer does not count. Esc is not used: it stops a page from loading.
 */
export function onShiftThrice(act: () => void, told: (count: number) => void = () => {}): void {
  let count = 0;
  let last = 0;
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Shift") count = 0;
      else if (!event.repeat) {
        const now = Date.now();
        count = now - last > LONGEST_PAUSE ? 1 : count + 1;
        last = now;
        if (count === 3) act();
        else told(count);
      }
    },
    true,
  );
  addEventListener("pointerdown", () => (count = 0), true);
}
