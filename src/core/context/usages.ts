// Lines elsewhere in the file that say something like the line at the cursor: how the same names were used before. A small
// model copies well and remembers badly. Looks up the few words at hand instead of splitting the whole file.
import { lineEnd, lineStart } from "../syntax/lines.js";
import type { Span } from "../syntax/outline.js";
import { typedWordStart, wordCharacter, wordsOf } from "./words.js";

export interface Usage {
  /** Start of the line in its file. */
  start: number;
  /** The line without indentation and line break. */
  text: string;
  score: number;
}

const weights = { sameLine: 3, linesAbove: 1 };
const linesAbove = 3;
const longestLine = 160;
/** A word that stands in more lines than this says nothing. */
const tooCommon = 300;

export interface UsageRequest {
  /** Where to look. */
  text: string;
  /** What the prompt shows anyway. */
  hidden: Span;
  /** Lines, trimmed, that the prompt shows already. */
  shown: ReadonlySet<string>;
  /** Characters, at most. */
  room: number;
  /** Characters that each line costs beside its own. */
  overhead: number;
}

/** The words to look for, each with its weight: of the line at the cursor, less the one being typed, and of the lines above. */
export function wantedWords(text: string, offset: number): Map<string, number> {
  const start = lineStart(text, offset);
  const words = new Map<string, number>();
  let above = start;
  for (let lines = 0; lines < linesAbove && above > 0; lines += 1) above = lineStart(text, above - 1);
  for (const word of wordsOf(text.slice(above, start))) words.set(word, weights.linesAbove);
  for (const word of wordsOf(text.slice(start, typedWordStart(text, offset)))) words.set(word, weights.sameLine);
  return words;
}

/** Lines with the wanted words, best first. */
export function findUsages(wanted: ReadonlyMap<string, number>, { text, hidden, shown, room, overhead }: UsageRequest): Usage[] {
  const scores = new Map<number, number>();
  const lines = text.length / 35;
  for (const [word, weight] of wanted) {
    const found = linesWith(text, word, hidden);
    const value = weight * Math.log(1 + lines / found.size);
    for (const start of found) scores.set(start, (scores.get(start) ?? 0) + value);
  }
  const ranked = [...scores]
    .map(([start, score]) => {
      const line = text.slice(start, lineEnd(text, start)).trim();
      return { start, text: line, score: score / Math.sqrt(5 + line.length / 8) };
    })
    .filter(usage => usage.text.length <= longestLine)
    .sort((a, b) => b.score - a.score || a.start - b.start);
  return fit(ranked, shown, room, overhead);
}

function fit(ranked: readonly Usage[], shown: ReadonlySet<string>, room: number, overhead: number): Usage[] {
  const seen = new Set(shown);
  const kept: Usage[] = [];
  let left = room;
  for (const usage of ranked) {
    if (usage.text.length + overhead > left || seen.has(usage.text)) continue;
    left -= usage.text.length + overhead;
    seen.add(usage.text);
    kept.push(usage);
  }
  return kept;
}

/** Starts of the lines with this word, none where there are too many. */
function linesWith(text: string, word: string, hidden: Span): Set<number> {
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
