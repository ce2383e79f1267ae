// What a screen may ask of the page that holds it.
import type { Extras, Form } from "./contract.js";

export interface Page {
  /** Show a screen in the place of the conversation; focus goes to its heading. */
  show(screen: HTMLElement): void;
  /** Back to the conversation, or to what stands in its place. */
  back(): void;
  /** Send a message; `label` is what the worker reads of it. Whether it was answered. */
  say(message: string, label: string, extras?: Extras): Promise<boolean>;
  /** A request beside the conversation, retried while the network is lost; undefined where it was given up. */
  ask<T>(path: string, body?: object): Promise<T | undefined>;
  /** A file that the server makes, asked for in the same way. */
  bytes(path: string, body: object): Promise<ArrayBuffer | undefined>;
  /** Take up a plan read from a code or a file (`payload`, of a `form`, in base64). Whether it was answered. */
  takeUp(payload: string, form: Form): Promise<boolean>;
  /** Say something for a moment, seen and heard. */
  tell(text: string): void;
  /** Ask once whether to erase everything. */
  askErase(): void;
}
