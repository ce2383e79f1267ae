// A document as a screen, on paper and as a copy. What is typed here stays in this object and never leaves the page.
import type { Block, Choice, Paper } from "./contract.js";
import { area, button, el, heading, line } from "./dom.js";
import type { Page } from "./page.js";
import { t } from "./texts.js";

/** The worker's note: the plan itself, where her own words may stand. */
export const NOTE = "note";
const OWN = "own";
const HAND = "________";

/** What the worker wrote on the documents, so that it is still there when she comes back to them. */
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

/** The screen of a document; `choices` are the turn's own buttons, `pdf` opens the way to a file. */
export function documentScreen(page: Page, paper: Paper, notes: Notes, choices: Choice[], pdf: () => void): HTMLElement {
  const empty = paper.kind === NOTE && !paper.blocks.some((block) => block.type === "answer");
  const fields = new Fields(paper.kind, notes);
  const parts: HTMLElement[] = [];
  let part: HTMLElement | null = null;
  for (const [block, name] of named(paper)) {
    if (block.type === "heading" && block.level === 2) parts.push((part = el("section", { class: "part" })));
    const shown = blockOf(block, name, fields);
    if (part) part.append(...shown);
    else parts.push(...shown);
  }
  const actions = empty
    ? []
    : [
        button(t("summary_print"), () => print(), "main"),
        button(t("document_pdf"), pdf),
        button(t("summary_copy"), async () => {
          page.tell(t((await copy(asText(paper, notes))) ? "summary_copied" : "summary_not_copied"));
        }),
      ];
  // Printing and copying are this screen's own buttons; the choices of a question wait in the conversation.
  const others = choices
    .filter(({ value }) => value.startsWith("/") && value !== "/summary")
    .map((choice) => button(choice.label, () => void page.say(choice.value, choice.label)));
  return el(
    "article",
    { class: "screen document", lang: paper.language },
    ...parts,
    empty ? null : el("p", { class: "aside" }, t("summary_private")),
    paper.kind === NOTE && !empty ? fields.field(OWN, t("summary_own"), area) : null,
    el("div", { class: "choices" }, ...actions, ...others),
  );
}

/** Each block with a name that stays its own while the plan grows: its part's title and its own words. */
function named(paper: Paper): [Block, string][] {
  let part = "";
  return paper.blocks.map((block) => {
    if (block.type === "heading") part = block.text;
    const own = "label" in block ? block.label : "question" in block ? block.question : "text" in block ? block.text : "";
    return [block, `${part} ${own}`];
  });
}

/** Fields of her own, and what of each goes on paper: a browser prints only the part of a field that is seen. */
class Fields {
  #count = 0;

  constructor(
    readonly kind: string,
    readonly notes: Notes,
  ) {}

  field(name: string, label: string, make: typeof area | typeof line): HTMLElement {
    const key = `${this.kind} ${name}`;
    const id = `note${this.#count++}`;
    const printed = el("span", { class: "printed", "aria-hidden": "true" }, this.notes.get(key));
    const field = make({
      id,
      input: () => {
        this.notes.set(key, field.value);
        printed.textContent = field.value;
      },
    });
    field.value = this.notes.get(key);
    return el("div", { class: "note" }, el("label", { for: id }, label), field, printed);
  }
}

function blockOf(block: Block, name: string, fields: Fields): HTMLElement[] {
  const blank = (label: string, make: typeof area | typeof line = line) => fields.field(name, label, make);
  switch (block.type) {
    case "heading":
      return [block.level === 1 ? heading(block.text, "h1") : el(block.level === 2 ? "h2" : "h3", {}, block.text)];
    case "paragraph":
      return [el("p", {}, block.text)];
    case "remark":
      return [el("p", { class: "small" }, block.text)];
    case "answer": {
      const label = t("summary_blank", { label: block.label, blank: block.blank ?? "" });
      return [
        el("dl", {}, el("dt", {}, block.label), el("dd", {}, block.text, block.blank ? blank(label) : null)),
      ];
    }
    case "choices":
      return [
        el("p", { class: "strong" }, block.question),
        el("ul", { class: "boxes" }, ...block.choices.map((choice) => el("li", {}, choice))),
        blank(block.blank ?? block.question),
      ];
    case "item":
      return [el("ul", { class: "boxes" }, el("li", {}, block.text)), ...(block.blank ? [blank(block.text)] : [])];
    case "blank":
      return [blank(block.label || t("summary_own"), block.lines > 1 ? area : line)];
    case "table":
      return [
        el(
          "dl",
          {},
          ...block.rows.flatMap(([label, cells]) => [
            el("dt", {}, label),
            ...cells.map((cell, column) => el("dd", {}, beside(block.columns[column], cell))),
          ]),
        ),
      ];
    case "picture":
      return [picture(block.svg, block.alt)];
  }
}

/** A picture in SVG; as an image nothing in it can act. */
export function picture(svg: string, alt: string): HTMLElement {
  return el("img", { class: "picture", src: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt });
}

const beside = (column = "", cell = ""): string => t("document_cell", { column, cell });

/** The document as plain text, her words and blanks included. */
function asText(paper: Paper, notes: Notes): string {
  const lines: string[] = [];
  for (const [block, name] of named(paper)) {
    const written = notes.get(`${paper.kind} ${name}`) || HAND;
    switch (block.type) {
      case "heading":
        lines.push(...(lines.length ? [""] : []), block.text);
        break;
      case "answer":
        lines.push(`${block.label} : ${block.text}`, ...(block.blank ? [`${block.blank} : ${written}`] : []));
        break;
      case "choices":
        lines.push(block.question, ...block.choices.map((choice) => `[ ] ${choice}`), `${block.blank ?? ""} ${written}`.trim());
        break;
      case "item":
        lines.push(`[ ] ${block.text}${block.blank ? ` : ${written}` : ""}`);
        break;
      case "blank":
        lines.push(block.label ? `${block.label} : ${written}` : written);
        break;
      case "table":
        for (const [label, cells] of block.rows) {
          lines.push(label, ...cells.map((cell, column) => beside(block.columns[column], cell)));
        }
        break;
      case "picture":
        break;
      default:
        lines.push(block.text);
    }
  }
  const own = notes.get(`${paper.kind} ${OWN}`);
  return [...lines, ...(own ? ["", `${t("summary_own")} :`, own] : [])].join("\n");
}

/** Puts `text` in the clipboard; whether that worked. */
export async function copy(text: string): Promise<boolean> {
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
