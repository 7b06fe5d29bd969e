// Which identifiers stand around the cursor. Splits text into words; knows no grammar, because the code at hand is half typed.
import { lineEnd, lineStart } from "../syntax/lines.js";

const word = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Identifiers, and what looks like one in strings and comments; not the keywords that stand everywhere. */
export function wordsOf(text: string): string[] {
  return (text.match(word) ?? []).filter(found => !keywords.has(found));
}

const keywords = new Set((
  "abstract and as async await bool boolean break case catch char class const continue def default defer del delete do double elif else end "
  + "enum except export extends extern false False final finally float fn for foreach from func function global go goto if impl implements "
  + "import in instanceof int interface is lambda let long match mod module mut namespace new nil none None not null number object of or "
  + "override package pass private protected pub public raise range readonly require return self static str string struct super switch this "
  + "throw throws trait true True try type typeof undefined use using var virtual void while with yield"
).split(" "));

/** Where the word that is being typed begins: it says nothing yet, and the context should not change with each of its letters. */
export function typedWordStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && wordCharacter.test(text.charAt(start - 1))) start -= 1;
  return start;
}

export const wordCharacter = /[\p{L}\p{N}_$]/u;

export interface Surroundings {
  /** In a few lines before and after the line at the cursor, but not in that line. */
  near: ReadonlySet<string>;
  /** Anywhere in the window but in the line at the cursor. */
  inWindow: ReadonlySet<string>;
}

const linesBefore = 6;
const linesAfter = 3;

/** The line at the cursor is left out, so that what depends on its surroundings stays as it is while the line is being typed. */
export function surroundings(text: string, offset: number, window: { start: number; end: number }): Surroundings {
  const start = Math.max(window.start, lineStart(text, offset));
  const end = Math.min(window.end, lineEnd(text, offset));
  let from = start;
  for (let lines = 0; lines < linesBefore && from > window.start; lines += 1) from = Math.max(window.start, lineStart(text, from - 1));
  let to = end;
  for (let lines = 0; lines < linesAfter && to < window.end; lines += 1) to = Math.min(window.end, lineEnd(text, to + 1));
  return {
    near: new Set(wordsOf(`${text.slice(from, start)} ${text.slice(end, to)}`)),
    inWindow: new Set(wordsOf(`${text.slice(window.start, start)} ${text.slice(end, window.end)}`)),
  };
}
