// Lines elsewhere that say something like the line at the cursor, in this file and its neighbours: how the same names were used
// before. A small model copies well and remembers badly. Looks up the few words at hand instead of splitting whole files.
import { lineEnd, lineStart } from "../syntax/lines.js";
import type { Span } from "../syntax/outline.js";
import { typedWordStart, wordCharacter, wordsOf } from "./words.js";

export interface Usage {
  /** The line without indentation and line break. */
  text: string;
  score: number;
}

/** A text to look into, and the part of it that the prompt shows anyway. */
export interface Searched {
  text: string;
  hidden: Span;
}

export interface Wanted {
  /** Words with their weights. */
  words: ReadonlyMap<string, number>;
  /** Nothing is written in the line yet: what is wanted is what came after lines like those above it. */
  following: boolean;
}

export interface Room {
  /** Characters, at most. */
  chars: number;
  /** Characters that each line costs beside its own. */
  perLine: number;
}

/** The last word before the cursor says most about what comes next. Chosen by how many words of held-out lines came into reach. */
const weights = { last: 12, sameLine: 6, above: 1 };
const linesAbove = 2;
const longestLine = 160;
/** A word that stands in more lines than this says nothing. */
const tooCommon = 300;
/** A line of another file must match that much better. */
const otherFile = 0.7;

/** The words of the line at the cursor, less the one being typed, and of the lines above. */
export function wantedAt(text: string, offset: number): Wanted {
  const start = lineStart(text, offset);
  const words = new Map<string, number>();
  let above = start;
  for (let lines = 0; lines < linesAbove && above > 0; lines += 1) above = lineStart(text, above - 1);
  for (const word of wordsOf(text.slice(above, start))) words.set(word, weights.above);
  const written = wordsOf(text.slice(start, typedWordStart(text, offset)));
  for (const word of written) words.set(word, weights.sameLine);
  const last = written.at(-1);
  if (last !== undefined) words.set(last, weights.last);
  return { words, following: last === undefined };
}

/** The lines that match best, the best first. `shown` are lines, trimmed, that the prompt has already. */
export function findUsages(wanted: Wanted, own: Searched, others: readonly string[], shown: ReadonlySet<string>, room: Room): Usage[] {
  const found = [own, ...others.map(text => ({ text, hidden: { start: 0, end: 0 } }))]
    .flatMap((searched, index) => matches(wanted, searched, index === 0 ? 1 : otherFile))
    .sort((a, b) => b.score - a.score);
  const seen = new Set(shown);
  let left = room.chars;
  return found.filter(({ text }) => {
    if (text === "" || text.length + room.perLine > left || seen.has(text)) return false;
    left -= text.length + room.perLine;
    seen.add(text);
    return true;
  });
}

function matches({ words, following }: Wanted, searched: Searched, factor: number): Usage[] {
  const { text } = searched;
  const scores = new Map<number, number>();
  const lines = text.length / 35;
  for (const [word, weight] of words) {
    const found = linesWith(word, searched);
    const value = factor * weight * Math.log(1 + lines / found.size);
    for (const start of found) scores.set(start, (scores.get(start) ?? 0) + value);
  }
  return [...following ? linesAfter(searched, scores) : scores].flatMap(([start, score]) => {
    const line = text.slice(start, lineEnd(text, start)).trim();
    return line.length > longestLine ? [] : [{ text: line, score: score / Math.sqrt(5 + line.length / 8) }];
  });
}

/** Passes each line's score on to the two lines after it, half of it to the second. */
function linesAfter({ text, hidden }: Searched, scores: ReadonlyMap<number, number>): Map<number, number> {
  const passed = new Map<number, number>();
  for (const [start, score] of scores) {
    let at = start;
    for (let lines = 1; lines <= 2; lines += 1) {
      at = text.indexOf("\n", at) + 1;
      if (at === 0 || (at >= hidden.start && at < hidden.end)) break;
      passed.set(at, (passed.get(at) ?? 0) + score / lines);
    }
  }
  return passed;
}

/** Starts of the lines with this word, none where there are too many. */
function linesWith(word: string, { text, hidden }: Searched): Set<number> {
  const found = new Set<number>();
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    if (at >= hidden.start && at < hidden.end) {
      at = hidden.end - 1;
      continue;
    }
    if (wordCharacter.test(text.charAt(at - 1)) || wordCharacter.test(text.charAt(at + word.length))) continue;
    found.add(lineStart(text, at));
    if (found.size > tooCommon) return new Set();
  }
  return found;
}
