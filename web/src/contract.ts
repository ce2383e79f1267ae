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
  screen: "question" | "summary" | "emergency" | "paused" | "erased" | "talk";
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

/** A line of the summary; `blank` names what is filled in by hand. */
export interface Line {
  label: string;
  text: string;
  blank: string | null;
}

/** The plan so far. */
export interface Summary {
  title: string;
  parts: { title: string; lines: Line[]; skipped: string[] }[];
  comparison: { providers: string[]; rows: [string, string[]][] } | null;
  left: string[];
  reminders: string;
  empty: boolean;
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
