// The passphrase, the envelope and the words of a code or a file, on this device: docs/resume-code.md, and the same in
// balise/resume/. tests/web reads the same examples as tests/resume. Loaded only when asked for (src/lazy.ts).
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { argon2idAsync } from "@noble/hashes/argon2.js";
import type { Form } from "./contract.js";
import listed from "../../data/resume/words.txt";

const LIST = listed.trim().split("\n");
const PLACES = new Map(LIST.map((word, place) => [word, place]));
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

const FORMAT = 1;
const PROTECTED = 0x01;
const FILE = 0x02;
const HEADER = 1; // Bytes, as all below.
const SALT = 8;
const TAG = 16;
const CHECKSUM = 4;
const KEY = 32;
const NONCE = 12;
const BITS = 12; // Of a word.
const MOST_WORDS = 256;
const LARGEST_FILE = 65_536; // Bytes.
const PASSPHRASE_WORDS = 5; // Sixty bits.
const COST = { m: 19_456, t: 2, p: 1, dkLen: KEY + NONCE }; // Of Argon2id, in KiB and passes.

/** What a worker can mend; `text` names the sentence, `values` fill in its braces. Holds no word that was typed. */
export class ResumeError extends Error {
  constructor(
    readonly text: string,
    readonly values: Record<string, string> = {},
  ) {
    super(text);
  }
}

/** A new passphrase: five words that the browser's generator chose. */
export function passphrase(): string {
  // 4,096 divides 65,536: no word is likelier than another.
  const numbers = crypto.getRandomValues(new Uint16Array(PASSPHRASE_WORDS));
  return Array.from(numbers, (number) => LIST[number % LIST.length]).join(" ");
}

/** The envelope of a payload; plain where `secret` is null. */
export async function protect(payload: Uint8Array, secret: string | null, form: Form): Promise<Uint8Array> {
  const fixed = HEADER + CHECKSUM + (secret === null ? 0 : SALT + TAG);
  // The count of words must tell the count of bytes.
  if (form === "words" && (fixed + payload.length) % 3 === 2) payload = joined(payload, new Uint8Array(1));
  const head = Uint8Array.of((FORMAT << 4) | (form === "file" ? FILE : 0) | (secret === null ? 0 : PROTECTED));
  if (secret === null) return checked(joined(head, payload));
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const known = joined(head, salt);
  return checked(joined(known, (await cipher(secret, salt, known)).encrypt(payload)));
}

/** The payload of an envelope, whole. */
export async function open(envelope: Uint8Array, secret: string | null): Promise<Uint8Array> {
  const header = headerOf(envelope);
  const body = envelope.subarray(HEADER, -CHECKSUM);
  if (!(header & PROTECTED)) return body;
  if (secret === null || !tokens(secret).length) throw new ResumeError("utter_resume_passphrase_needed");
  if (body.length < SALT + TAG) throw new ResumeError("utter_resume_unreadable");
  const salt = body.subarray(0, SALT);
  const made = await cipher(secret, salt, envelope.subarray(0, HEADER + SALT));
  try {
    return made.decrypt(body.subarray(SALT));
  } catch {
    throw new ResumeError("utter_resume_passphrase_wrong");
  }
}

/** An envelope of a code as words. */
export function toWords(envelope: Uint8Array): string[] {
  const size = Math.ceil((envelope.length * 8) / BITS);
  if (size > MOST_WORDS) throw new ResumeError("utter_resume_plan_too_long");
  let number = big(envelope) << BigInt(size * BITS - envelope.length * 8);
  const words: string[] = [];
  for (let at = 0; at < size; at++, number >>= BigInt(BITS)) words.unshift(LIST[Number(number & 0xfffn)] ?? "");
  return words;
}

/** The envelope that words stand for, whole. They are read forgivingly. */
export function fromWords(text: string): Uint8Array {
  const typed = tokens(text);
  if (!typed.length) throw new ResumeError("utter_resume_no_words");
  if (typed.length > MOST_WORDS) throw new ResumeError("utter_resume_too_many_words");
  let number = 0n;
  typed.forEach((word, index) => {
    const place = PLACES.get(word);
    if (place === undefined) throw unlisted(word, index + 1);
    number = (number << BigInt(BITS)) | BigInt(place);
  });
  const size = Math.floor((typed.length * BITS) / 8);
  const spare = BigInt(typed.length * BITS - size * 8);
  const envelope = bytes(number >> spare, size);
  const wrong = new ResumeError("utter_resume_checksum");
  if (number & ((1n << spare) - 1n) || !isWhole(envelope)) throw wrong;
  if (headerOf(envelope) & FILE) throw wrong;
  return envelope;
}

/** The envelope of a file, whole. */
export function fromFile(held: Uint8Array): Uint8Array {
  if (held.length > LARGEST_FILE) throw new ResumeError("utter_resume_file_too_large");
  if (!isWhole(held) || !(headerOf(held) & FILE)) throw new ResumeError("utter_resume_file_damaged");
  return held;
}

/** Bytes of base64, and back. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

export function base64Of(held: Uint8Array): string {
  return btoa(Array.from(held, (byte) => String.fromCharCode(byte)).join(""));
}

function tokens(text: string): string[] {
  const plain = text.toLowerCase().replaceAll("\u0153", "oe").replaceAll("\u00e6", "ae").normalize("NFKD").replace(/\p{Mn}/gu, "");
  return (plain.match(/[a-z0-9]+/g) ?? []).filter((token) => !/^\d{1,3}$/.test(token));
}

function unlisted(word: string, place: number): ResumeError {
  const near = [...oneEdit(word)].filter((one) => PLACES.has(one));
  const [only] = near;
  return near.length === 1 && only
    ? new ResumeError("utter_resume_word_near", { place: String(place), near: only })
    : new ResumeError("utter_resume_word", { place: String(place) });
}

/** Every string that one letter added, left out, changed, or two neighbours swapped, make of `word`. */
function oneEdit(word: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at <= word.length; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    if (right) found.add(left + right.slice(1));
    if (right.length > 1) found.add(left + right[1] + right[0] + right.slice(2));
    for (const letter of LETTERS) {
      found.add(left + letter + right);
      if (right) found.add(left + letter + right.slice(1));
    }
  }
  found.delete(word);
  return found;
}

async function cipher(secret: string, salt: Uint8Array, known: Uint8Array): Promise<ReturnType<typeof chacha20poly1305>> {
  const key = await argon2idAsync(tokens(secret).join(" "), salt, COST);
  return chacha20poly1305(key.subarray(0, KEY), key.subarray(KEY), known);
}

function headerOf(envelope: Uint8Array): number {
  if (!isWhole(envelope)) throw new ResumeError("utter_resume_unreadable");
  const header = envelope[0] ?? 0;
  if (header >> 4 !== FORMAT || header & 0x0f & ~(PROTECTED | FILE)) throw new ResumeError("utter_resume_newer");
  return header;
}

function isWhole(envelope: Uint8Array): boolean {
  if (envelope.length < HEADER + CHECKSUM) return false;
  const told = envelope.subarray(-CHECKSUM);
  return crc32(envelope.subarray(0, -CHECKSUM)).every((byte, at) => byte === told[at]);
}

const checked = (held: Uint8Array): Uint8Array => joined(held, crc32(held));

/** CRC-32 (IEEE 802.3), most significant byte first. */
function crc32(held: Uint8Array): Uint8Array {
  let rest = 0xffffffff;
  for (const byte of held) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return bytes(BigInt((rest ^ 0xffffffff) >>> 0), CHECKSUM);
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const big = (held: Uint8Array): bigint => held.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

function bytes(number: bigint, size: number): Uint8Array {
  const held = new Uint8Array(size);
  for (let at = size - 1; at >= 0; at--, number >>= 8n) held[at] = Number(number & 0xffn);
  return held;
}
