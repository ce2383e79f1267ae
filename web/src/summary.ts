// The summary as a screen, on paper and as a copy. What is typed here stays in this object and never leaves the page.
import type { Choice, Line, Summary } from "./contract.js";
import { area, button, el, heading, line } from "./dom.js";
import type { Page } from "./page.js";
import { t } from "./texts.js";

const OWN = "own";

/** What the worker wrote on the summary, so that it is still there when she comes back to it. */
export class Notes {
  #notes = new Map<string, string>();

  get(name: string): string {
    return this.#notes.get(name) ?? "";
  }

  set(name: string, text: string): void {
    this.#notes.set(name, text);
  }

  clear(): void {
    this.#notes.clear();
  }
}

/** The screen of a summary; `choices` are the turn's own buttons. */
export function summaryScreen(page: Page, plan: Summary, notes: Notes, choices: Choice[]): HTMLElement {
  let fields = 0;

  /** A field of her own, and what of it goes on paper: a browser prints only the part of a field that is seen. */
  function note(name: string, label: string, make: typeof area | typeof line): HTMLElement {
    const id = `note${fields++}`;
    const printed = el("span", { class: "printed", "aria-hidden": "true" }, notes.get(name));
    const field = make({
      id,
      input: () => {
        notes.set(name, field.value);
        printed.textContent = field.value;
      },
    });
    field.value = notes.get(name);
    return el("div", { class: "note" }, el("label", { for: id }, label), field, printed);
  }

  const shown = (part: string, { label, text, blank }: Line): HTMLElement[] => [
    el("dt", {}, label),
    el("dd", {}, text, blank ? note(`${part} ${label}`, t("summary_blank", { label, blank }), line) : null),
  ];

  const body = plan.empty
    ? [el("p", {}, t("summary_empty"))]
    : [
        el("p", { class: "aside" }, t("summary_private")),
        ...plan.parts.map((part) =>
          el(
            "section",
            { class: "part" },
            el("h2", {}, part.title),
            el("dl", {}, ...part.lines.flatMap((one) => shown(part.title, one))),
            part.skipped.length ? el("p", {}, t("summary_skipped", { labels: part.skipped.join(", ") })) : null,
          ),
        ),
        compared(plan),
        plan.left.length ? el("p", {}, t("summary_left", { titles: plan.left.join(", ") })) : null,
        note(OWN, t("summary_own"), area),
        el("p", { class: "small" }, plan.reminders),
      ];
  const actions = plan.empty
    ? []
    : [
        button(t("summary_print"), () => print(), "main"),
        button(t("summary_copy"), async () => {
          page.tell(t((await copy(asText(plan, notes))) ? "summary_copied" : "summary_not_copied"));
        }),
      ];
  // Printing and copying are this screen's own buttons; the choices of a question wait in the conversation.
  const others = (plan.empty ? [] : choices)
    .filter(({ value }) => value.startsWith("/") && value !== "/export" && value !== "/summary")
    .map((choice) => button(choice.label, () => void page.say(choice.value, choice.label)));
  return el(
    "article",
    { class: "screen summary" },
    heading(plan.title, "h1"),
    ...body,
    el("div", { class: "choices" }, ...actions, ...others),
  );
}

function compared({ comparison }: Summary): HTMLElement | null {
  if (!comparison) return null;
  const rows = comparison.rows.flatMap(([label, cells]) => [
    el("dt", {}, label),
    ...cells.map((text, index) => el("dd", {}, provider(comparison.providers[index], text))),
  ]);
  return el("section", { class: "part" }, el("h2", {}, t("summary_compared")), el("dl", {}, ...rows));
}

const provider = (letter = "", text = ""): string => t("summary_provider", { letter, text });

/** The summary as plain text, her words and blanks included. */
function asText(plan: Summary, notes: Notes): string {
  const lines = [plan.title];
  for (const part of plan.parts) {
    lines.push("", part.title);
    for (const { label, text, blank } of part.lines) {
      lines.push(`${label} : ${text}`);
      if (blank) lines.push(`${blank} : ${notes.get(`${part.title} ${label}`) || "________"}`);
    }
    if (part.skipped.length) lines.push(t("summary_skipped", { labels: part.skipped.join(", ") }));
  }
  if (plan.comparison) {
    lines.push("", t("summary_compared"));
    for (const [label, cells] of plan.comparison.rows) {
      lines.push(label, ...cells.map((text, index) => provider(plan.comparison?.providers[index], text)));
    }
  }
  if (plan.left.length) lines.push("", t("summary_left", { titles: plan.left.join(", ") }));
  if (notes.get(OWN)) lines.push("", `${t("summary_own")} :`, notes.get(OWN));
  return [...lines, "", plan.reminders].join("\n");
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard without TLS, or in a frame that may not: the old way.
    const before = document.activeElement as HTMLElement | null;
    const field = area({ class: "unseen", readonly: true, "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus();
    return done;
  }
}
