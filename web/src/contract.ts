// What the web channel answers (balise/channels/openapi.yml). Nothing here is kept beyond the page's memory.

/** A button: what is written on it, and what a tap sends. A value that begins with "/" is a command. */
export interface Choice {
  label: string;
  value: string;
  /** Goes alone: « none of these », « I do not know ». */
  exclusive?: boolean;
}

/** One bubble; `multiple` tells that several of `choices` may be sent at once. */
export interface Message {
  text: string;
  choices: Choice[];
  multiple: boolean;
}

/** The answer to one turn. `left` counts the questions that the open section still holds. */
export interface Answer {
  messages: Message[];
  removed: string[];
  turn: number;
  left: number | null;
  section: string | null;
  screen: "question" | "document" | "code" | "take_up" | "emergency" | "paused" | "erased" | "talk";
  /** Which document the turn shows. */
  document?: string;
  session?: string;
}

/** Two offsets in characters (code points): from the first to the one after the last. */
export type Span = [number, number];

/** Where a draft was masked: `start` and `end` in the masked text, `source` in the message as typed. */
export interface Mask {
  start: number;
  end: number;
  source: Span;
  kind: string;
  restorable: boolean;
}

/** A message as it would be sent. */
export interface Draft {
  text: string;
  removed: string[];
  spans: Mask[];
}

/** A section of the map; `value` is the message that opens it. */
export interface Section {
  title: string;
  value: string;
  answered: number;
  left: number;
}

/** A part of a document, in reading order (balise/documents/model.py). */
export type Block =
  | { type: "heading"; text: string; level: number }
  | { type: "paragraph" | "remark"; text: string }
  | { type: "answer"; label: string; text: string; blank: string | null }
  | { type: "choices"; question: string; choices: string[]; blank: string | null }
  | { type: "item"; text: string; blank: boolean }
  | { type: "blank"; label: string; lines: number }
  | { type: "table"; columns: string[]; rows: [string, string[]][] }
  | { type: "picture"; svg: string; alt: string };

/** A document to show; `kind` is its name. */
export interface Paper {
  kind: string;
  language: string;
  blocks: Block[];
}

/** How a plan is carried: as the words of a code, or as a file, which holds its notes too. */
export type Form = "words" | "file";

/** What a code or a file holds, in base64, for the device to protect; the labels of what does not fit in it. */
export interface Packed {
  payload: string;
  left_out: string[];
}

/** What goes with a message's text. */
export interface Extras {
  restore?: Span[];
  mask?: Span[];
}

/** What the organisation sets for its page; seconds for `lifetime` and `idle`. */
export interface Settings {
  organisation: string;
  protocol: string;
  exit: string;
  embedded: string[];
  lifetime?: number;
  idle?: number;
  theme?: Record<string, string>;
}
