// The document of a replay, with the cursor in it: what an editor does with a key and with an accepted suggestion, as LSP changes. Knows
// nothing of time.
import type { Position, Range } from "vscode-languageserver-protocol";
import type { WorkerClient } from "../client.js";
import type { Key, Part } from "./session.js";

/** A suggestion on the screen. */
export interface Visible {
  text: string;
  /** Offsets of what it replaces. */
  start: number;
  end: number;
}

export class Page {
  /** Brackets and quotes that the editor has put behind the cursor. */
  closers = "";
  #text: string;
  #cursor: number;
  #part: Part;

  constructor(readonly uri: string, private readonly original: string, text: string, part: Part, private readonly client: WorkerClient) {
    this.#text = text;
    this.#cursor = part.start;
    this.#part = part;
  }

  get cursor(): Position {
    return positionAt(this.#text, this.#cursor);
  }

  get text(): string {
    return this.#text;
  }

  enter(part: Part): void {
    this.#part = part;
    this.#cursor = part.start;
    this.closers = "";
  }

  /** Mistakes, and keys that were recorded behind an accepted suggestion, leave the text as it should be in the end or on the way there. */
  press({ type, closes = "", over, back }: Key): void {
    if (back !== undefined) this.#replace(this.#cursor - back, this.#cursor, "", 0);
    else if (over !== undefined && this.closers.startsWith(over)) {
      this.closers = this.closers.slice(over.length);
      this.#replace(this.#cursor, this.#cursor + over.length, over, over.length);
    } else {
      const typed = type ?? over ?? "";
      this.#replace(this.#cursor, this.#cursor, typed + closes, typed.length);
      this.closers = closes + this.closers;
    }
  }

  /** How much of the part is there once the suggestion is accepted; undefined if that is not what the typist wants to write. */
  wanted({ text, start, end }: Visible): number | undefined {
    if (end > this.#cursor + this.closers.length) return undefined;
    const written = this.#text.slice(this.#part.start, start) + text;
    const left = this.closers.slice(end - this.#cursor);
    const goal = this.original.slice(this.#part.start, this.#part.end);
    const rest = goal.slice(written.length).split("\n")[0]!;
    return goal.startsWith(written) && left.split(/(?:)/u).every((closer) => rest.includes(closer)) ? written.length : undefined;
  }

  accept({ text, start, end }: Visible): void {
    this.closers = this.closers.slice(end - this.#cursor);
    this.#replace(start, end, text, text.length);
  }

  visible(text: string, range: Range): Visible {
    return { text, start: offsetAt(this.#text, range.start), end: offsetAt(this.#text, range.end) };
  }

  /** What is left of the suggestion after the key; undefined if the key contradicts it. */
  after({ text, start, end }: Visible, { type, over }: Key): Visible | undefined {
    const typed = type ?? over;
    const said = text.slice(this.#cursor - start);
    return typed !== undefined && said.startsWith(typed) && said.length > typed.length ? { text, start, end } : undefined;
  }

  #replace(start: number, end: number, text: string, forward: number): void {
    const range = { start: positionAt(this.#text, start), end: positionAt(this.#text, end) };
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
    this.#cursor = start + forward;
    this.client.changeDocument(this.uri, text, range);
  }
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length - 1, character: offset - lineStart };
}

function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  for (let i = 0; i < line; i += 1) start = text.indexOf("\n", start) + 1;
  return start + character;
}
