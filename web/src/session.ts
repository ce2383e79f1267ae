// The conversation with the server: its secret and its answers, in this object's memory only.
import type { Answer, Extras, Form } from "./contract.js";

/** The network or the server failed for now: the same request may be sent again. `wait` is in milliseconds. */
export class Lost extends Error {
  constructor(readonly wait: number | null = null) {
    super();
  }
}

/** The server does not know this conversation: restarted, over, or erased. */
export class Gone extends Error {}

/** This conversation was erased here while the request was under way: its answer concerns nobody any more. */
export class Ended extends Error {}

/** The server read the request and refused it; `told` is its sentence. */
export class Refused extends Error {
  constructor(readonly told: string) {
    super();
  }
}

const LONGEST_ANSWER = 30_000; // Milliseconds: then the network counts as lost.

function key(): string {
  // randomUUID is missing where the page is served without TLS; this is not.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One conversation. Every method but `erase` throws Lost, Gone, Refused or Ended. */
export class Session {
  #secret: string | null = null;
  #turn = 0;
  // What was said, so that it can be said again to a server that restarted.
  #said: (() => () => Promise<Answer>)[] = [];
  #stop = new AbortController();
  /** When the server last counted a message (it forgets an idle conversation), in milliseconds. */
  heard = Date.now();

  /** Whether a conversation is open. */
  get isOpen(): boolean {
    return this.#secret !== null;
  }

  /** Begin: the greeting. */
  async open(): Promise<Answer> {
    const answer = await this.ask<Answer>("session", {});
    this.#secret = answer.session ?? null;
    return this.#heard(answer);
  }

  /** A message, made ready once: calling what it gives again sends the same message, never a second one. */
  message(message: string, extras: Extras = {}): () => Promise<Answer> {
    return this.#once("message", { ...extras, message, reply_to: this.#turn }, () => this.message(message, extras));
  }

  /** A plan read from a code or a file, taken up; `payload` in base64. As safe to call again as `message`. */
  takeUp(payload: string, form: Form): () => Promise<Answer> {
    return this.#once("take-up", { payload, form }, () => this.takeUp(payload, form));
  }

  #once(path: string, body: object, again: () => () => Promise<Answer>): () => Promise<Answer> {
    const name = key();
    return async () => {
      const answer = this.#heard(await this.ask<Answer>(path, body, name));
      this.#said.push(again);
      return answer;
    };
  }

  /** A file that the server makes. */
  bytes(path: string, body: object): Promise<ArrayBuffer> {
    return this.#ask(path, body, (response) => response.arrayBuffer());
  }

  /** A request beside the conversation: draft, map, document, code. */
  ask<T>(path: string, body: object = {}, name?: string): Promise<T> {
    return this.#ask<T>(path, body, (response) => response.json(), name);
  }

  async #ask<T>(path: string, body: object, read: (response: Response) => Promise<T>, name?: string): Promise<T> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (this.#secret) headers.Authorization = `Bearer ${this.#secret}`;
    if (name) headers["Idempotency-Key"] = name;
    const late = setTimeout(() => stop.abort(), LONGEST_ANSWER);
    const stop = new AbortController();
    const end = this.#stop.signal;
    const abort = () => stop.abort();
    end.addEventListener("abort", abort);
    try {
      const response = await fetch(path, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        signal: stop.signal,
      });
      if (end.aborted) throw new Ended();
      if (response.status === 401) throw new Gone();
      if (response.status >= 500 || response.status === 429) {
        const after = Number(response.headers.get("Retry-After"));
        throw new Lost(after ? after * 1_000 : null);
      }
      if (!response.ok) throw new Refused((await response.json()).messages[0].text);
      return await read(response);
    } catch (error) {
      if (end.aborted) throw new Ended();
      if (error instanceof Gone || error instanceof Lost || error instanceof Refused) throw error;
      throw new Lost();
    } finally {
      clearTimeout(late);
      end.removeEventListener("abort", abort);
    }
  }

  /** Begin again on a server that restarted, and say everything again in order. The last answer. */
  async resume(): Promise<Answer> {
    const said = this.#said;
    this.#said = [];
    let answer = await this.open();
    try {
      for (const again of said) answer = await again()();
    } catch (error) {
      this.#said = said;
      throw error;
    }
    return answer;
  }

  /** Forget everything here and ask the server to, in a way that outlives the page. */
  erase(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    if (this.#secret) {
      // `keepalive` outlives the page as a beacon does, and leaves the secret in the header where it always is.
      fetch("erase", {
        method: "POST",
        headers: { Authorization: `Bearer ${this.#secret}` },
        credentials: "omit",
        keepalive: true,
      }).catch(() => {});
    }
    this.#secret = null;
    this.#said = [];
    this.#turn = 0;
  }

  #heard(answer: Answer): Answer {
    this.#turn = answer.turn;
    this.heard = Date.now();
    return answer;
  }
}
