// Brackets and quotes: closers that stand right of the cursor, mostly because the editor put them there, are replaced by range rather
// than doubled; closers that close nothing are cut off; and what the suggestion leaves open before such closers is closed.
import { closing, type OuterCloser, type Scan, scan } from "../brackets.js";
import type { Place } from "../place.js";
import type { Filter } from "./filter.js";

export const balance: Filter = (suggestion, place) => {
  if (inComment(place)) return suggestion;
  const found = scan(suggestion.text, place.lexis, place.open);
  const { cut, taken } = settle(found, place);
  if (cut === 0) return "unbalanced";
  // What is cut off may have been what made a closer before it welcome.
  if (cut !== undefined) return balance({ ...suggestion, text: suggestion.text.slice(0, cut).trimEnd() }, place);
  const { text } = suggestion;
  if (text === "") return "unbalanced";
  const end = taken + overlap(text, place.lineAfter.slice(taken), taken > 0 ? lastCloser(found.closers) : 0);
  const complete = place.lineAfter.slice(end).trim() === "" ? text : closed(text, place);
  if (complete === undefined) return "unbalanced";
  return { ...suggestion, text: complete, range: [suggestion.range[0], Math.max(suggestion.range[1], place.offset + end)] };
};

function inComment({ open, lexis }: Place): boolean {
  const top = open.at(-1) ?? "";
  return lexis.lineComments.includes(top) || lexis.blockComments.some(([opener]) => opener === top);
}

/**
 * Goes through the closers that reach out of the suggestion. Each must close something that the document leaves open, or that the
 * suggestion opens again, as in `} else {`, or stand next right of the cursor; at the first that does not the suggestion is cut.
 * `taken` counts characters right of the cursor.
 */
export function settle(found: Scan, { open, unclosed, lineAfter }: Place): { cut: number | undefined; taken: number } {
  const free = new Map(unclosed);
  const stray = found.strays[0]?.at;
  const reopened = found.open.slice(found.closers.at(-1)?.depth ?? open.length);
  let taken = 0;
  for (const closer of found.closers) {
    if (stray !== undefined && stray < closer.at) break;
    const opener = open[closer.depth] ?? "";
    const left = free.get(opener) ?? 0;
    const gap = /^\s*/.exec(lineAfter.slice(taken))?.[0].length ?? 0;
    if (left > 0) free.set(opener, left - 1);
    else if (lineAfter.startsWith(closer.text, taken + gap)) taken += gap + closer.text.length;
    else if (!opensAgain(opener, closer.depth, found, reopened)) return { cut: closer.at, taken };
  }
  return { cut: stray, taken };
}

/** The outermost closers count as undone by what the suggestion opens after them, as far as the kinds agree. */
function opensAgain(opener: string, depth: number, { closers }: Scan, reopened: readonly string[]): boolean {
  return reopened[depth - (closers.at(-1)?.depth ?? 0)] === opener;
}

function lastCloser(closers: readonly OuterCloser[]): number {
  const last = closers.at(-1);
  return last === undefined ? 0 : last.at + last.text.length;
}

/** How much of what is right of the cursor the end of the suggestion says too, such as `;` or a closing tag, from `from` on. */
function overlap(text: string, right: string, from: number): number {
  const tail = text.slice(from).trim();
  const rest = right.trimEnd();
  if (tail === "" || rest === "" || isBracketText(rest)) return 0;
  const same = from > 0 ? rest.trimStart().startsWith(tail) : tail.endsWith(rest.trimStart());
  return same ? (from > 0 ? rest.indexOf(tail) + tail.length : rest.length) : 0;
}

function isBracketText(text: string): boolean {
  return /^[\s)\]}"'`]/.test(text);
}

/** With closers for what the suggestion itself leaves open. A comment to the end of the line would swallow them. */
function closed(text: string, place: Place): string | undefined {
  const { open, closers } = scan(text, place.lexis, place.open);
  const own = open.slice(closers.at(-1)?.depth ?? place.open.length);
  if (own.some(opener => place.lexis.lineComments.includes(opener))) return undefined;
  return text + own.map(closing).reverse().join("");
}
