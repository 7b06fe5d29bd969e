// A recorded typing session: a real file, the parts of it that are typed, and every key with its time. Written by scripts/record-session.ts; what
// is accepted is decided while it is replayed, because it depends on what is suggested.
import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

/** One key. Exactly one of `type`, `over` and `back` is there. */
export interface Key {
  /** Milliseconds since the key before. */
  wait: number;
  /** Characters that appear: one, or a line break with its indentation. */
  type?: string;
  /** The bracket or quote that the editor puts behind the cursor. */
  closes?: string;
  /** Typed where the editor has already put it. */
  over?: string;
  /** Characters that backspace takes away. */
  back?: number;
  /** How much of the part is there after this key; absent as long as a typing mistake is not corrected. */
  at?: number;
  /** The typist looks at what is suggested before the next key, and takes it if it is right. */
  look?: true;
}

/** A part of the file that is missing at first and then typed. */
export interface Part {
  start: number;
  end: number;
  keys: Key[];
}

export interface Session {
  name: string;
  /** Absolute. */
  file: string;
  languageId: string;
  /** In the order of the file; typed in this order. */
  parts: Part[];
}

export function readSession(file: string): Session {
  const { file: typed, ...rest } = JSON.parse(readFileSync(file, "utf8")) as Omit<Session, "name">;
  return { ...rest, name: basename(file, ".json"), file: resolve(dirname(file), typed) };
}

/** The file as it is before anything is typed. */
export function textBefore(text: string, parts: readonly Part[]): string {
  return parts.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
}
