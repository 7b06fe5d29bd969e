// Brackets and quotes: closers that stand right of the cursor, mostly because the editor put them there, are replaced by range rather
// than doubled; closers that close nothing are cut off; and what the suggestion leaves open before such closers is closed.
import { closing, type OuterCloser, type Scan, scan } from "../brackets.js";
import type { Place } from "../place.js";
import type { Filter } from "./filter.js";

export const balance: Filter = (suggestion, place) => {
  if (inComment(place)) return suggestion;
  const found = scan(suggestion.text, place.lexis, place.open);
  const { cut, taken, firstTaken } = settle(found, place);
  if (cut === 0) return "unbalanced";
  // What is cut off may have been what made a closer before it welcome.
  if (cut !== undefined) return balance({ ...suggestion, text: suggestion.text.slice(0, cut).trimEnd() }, place);
  const { text } = suggestion;
  if (text === "" || leftOpen(text, place).some(opener => isBlockComment(opener, place))) return "unbalanced"; // all below would be a comment
  const end = taken + overlap(text, place.lineAfter.slice(taken), taken > 0 ? lastCloser(found.closers) : 0);
  // Editors show a replacement only if it contains what it replaces, in order: `a)` cannot stand for ` )`.
  const replaced = place.lineAfter.slice(0, end);
  const blanks = replaced.search(/\S|$/);
  if (firstTaken !== undefined && !contains(text.slice(Math.max(0, firstTaken - blanks)), replaced)) return balance({ ...suggestion, text: text.slice(0, firstTaken).trimEnd() }, place);
  const complete = place.lineAfter.slice(end).trim() === "" ? text : closed(text, place);
  if (complete === undefined) return "unbalanced";
  return { ...suggestion, text: complete, range: [suggestion.range[0], Math.max(suggestion.range[1], place.offset + end)] };
};

function inComment(place: Place): boolean {
  const top = place.open.at(-1) ?? "";
  return place.lexis.lineComments.includes(top) || isBlockComment(top, place);
}

function isBlockComment(opener: string, { lexis }: Place): boolean {
  return lexis.blockComments.some(([begin]) => begin === opener);
}

/**
 * Goes through the closers that reach out of the suggestion. Each must close something that the document leaves open, or that the
 * suggestion opens again, as in `} else {`, or stand next right of the cursor; at the first that does not the suggestion is cut.
 * `taken` counts characters right of the cursor, `firstTaken` is the place in the suggestion of the first closer that takes one.
 */
export function settle(found: Scan, { open, unclosed, lineAfter }: Place): { cut: number | undefined; taken: number; firstTaken: number | undefined } {
  const free = new Map(unclosed);
  const stray = found.strays[0]?.at;
  const reopened = found.open.slice(found.closers.at(-1)?.depth ?? open.length);
  let taken = 0;
  let firstTaken: number | undefined;
  for (const closer of found.closers) {
    if (stray !== undefined && stray < closer.at) break;
    const opener = open[closer.depth] ?? "";
    const left = free.get(opener) ?? 0;
    const gap = /^\s*/.exec(lineAfter.slice(taken))?.[0].length ?? 0;
    if (left > 0) free.set(opener, left - 1);
    else if (lineAfter.startsWith(closer.text, taken + gap)) {
      taken += gap + closer.text.length;
      firstTaken ??= closer.at;
    } else if (!take(reopened, opener)) return { cut: closer.at, taken, firstTaken };
  }
  return { cut: stray, taken, firstTaken };
}

/** Whether one text can be had from the other by leaving characters out. */
function contains(text: string, part: string): boolean {
  let at = 0;
  for (const char of text) if (part.startsWith(char, at)) at += char.length;
  return at >= part.length;
}

/** What the suggestion opens again is closed by what closed the old one, of the same kind, even if others lay between: `({ a }) {`. */
function take(reopened: string[], opener: string): boolean {
  const at = reopened.indexOf(opener);
  if (at === -1) return false;
  reopened.splice(at, 1);
  return true;
}

function lastCloser(closers: readonly OuterCloser[]): number {
  const last = closers.at(-1);
  return last === undefined ? 0 : last.at + last.text.length;
}

/** How much of what is right of the cursor the end of the suggestion says too, such as `;` or a closing tag, from `from` on. */
function overlap(text: string, right: string, from: number): number {
  const tail = text.slice(from).trim();
  const rest = right.trimEnd();
  if (tail === "" || rest === "") return 0;
  if (from > 0) return rest.trimStart().startsWith(tail) ? rest.indexOf(tail) + tail.length : 0;
  return !/^[\s)\]}"'`]/.test(rest) && tail.endsWith(rest) ? rest.length : 0;
}

/** What the suggestion itself opens and does not close, innermost last. */
function leftOpen(text: string, place: Place): string[] {
  const { open, closers } = scan(text, place.lexis, place.open);
  return open.slice(closers.at(-1)?.depth ?? place.open.length);
}

/** With closers for what the suggestion itself leaves open. A comment to the end of the line would swallow them. */
function closed(text: string, place: Place): string | undefined {
  const own = leftOpen(text, place);
  if (own.some(opener => place.lexis.lineComments.includes(opener))) return undefined;
  return text + own.map(closing).reverse().join("");
}
