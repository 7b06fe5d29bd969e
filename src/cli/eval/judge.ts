// Holds one suggestion against what really stood in the hole. Pure; what many holes add up to is counted in summary.ts.
import { lex } from "../../core/completion/lexer.js";
import { endOfLine, holedText, middleOf, type Hole } from "./holes.js";

/** Text that would replace the offsets `start` to `end` of the holed document. */
export interface Suggestion {
  text: string;
  start: number;
  end: number;
}

export interface Verdict {
  /** The rest of the cursor's line is right, trailing white space aside. */
  exact: boolean;
  /** Everything that was taken out is back and nothing else. */
  exactHole: boolean;
  /** 1 - Levenshtein distance / length of the longer one, over the text that had to be filled in; 0 to 1. */
  editSimilarity: number;
  /** Share of the hole's words and signs that could be accepted one by one before the first wrong one, 0 to 1. */
  acceptedWords: number;
}

export const nothingShown: Verdict = { exact: false, exactHole: false, editSimilarity: 0, acceptedWords: 0 };

export function applySuggestion(hole: Hole, suggestion: Suggestion): string {
  const text = holedText(hole);
  return text.slice(0, suggestion.start) + suggestion.text + text.slice(suggestion.end);
}

/** What stands in the hole with the suggestion, and what stood there; both grow alike if the suggestion replaces text around it. */
export function fillings(hole: Hole, suggestion: Suggestion): { got: string; want: string } {
  const start = Math.min(hole.start, suggestion.start);
  const replaced = Math.max(suggestion.end - hole.start, 0);
  const after = applySuggestion(hole, suggestion);
  const suffixLength = hole.file.text.length - hole.end - replaced;
  return {
    got: after.slice(start, after.length - suffixLength),
    want: hole.file.text.slice(start, hole.end + replaced),
  };
}

export function judge(hole: Hole, suggestion: Suggestion): Verdict {
  const { got, want } = fillings(hole, suggestion);
  const rest = hole.file.text.slice(hole.start, endOfLine(hole.file.text, hole.start));
  const after = applySuggestion(hole, suggestion);
  const line = after.slice(hole.start, endOfLine(after, hole.start));
  const untouched = suggestion.start >= hole.start || got.startsWith(hole.file.text.slice(suggestion.start, hole.start));
  // In a line's hole only the line counts: whether going on below it was wanted, nobody can tell.
  const [judged, truth] = hole.kind === "line" && untouched ? [line, rest] : [got, want];
  return {
    exact: untouched && line.trimEnd() === rest.trimEnd(),
    exactHole: untouched && normalized(got) === normalized(want),
    editSimilarity: editSimilarity(judged.trim(), truth.trim()),
    acceptedWords: acceptedWords(judged, truth),
  };
}

const normalized = (text: string): string => text.replace(/[^\S\n]+$/gm, "").replace(/\r/g, "").trimEnd();

export function editSimilarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - levenshtein(a, b) / longest;
}

/** Edit distance in UTF-16 code units; time is the product of the lengths, memory the length of `b`. */
export function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** White space is free: an editor's accept-word command takes it along with the word. */
export function acceptedWords(got: string, want: string): number {
  const [ours, theirs] = [words(got), words(want)];
  if (theirs.length === 0) return 0;
  let same = 0;
  while (same < theirs.length && ours[same] === theirs[same]) same++;
  return same / theirs.length;
}

const words = (text: string): string[] => lex(text).map((token) => token.text).filter((word) => word !== "\n");

export const middleBytes = (hole: Hole): number => Buffer.byteLength(middleOf(hole));
