// What the document says right after the cursor need not be said again: the rest of this line, and the next line.
import type { Place } from "../place.js";
import type { Filter } from "./filter.js";

export const alreadyThere: Filter = (suggestion, place) => {
  const { lineAfter } = place;
  const rest = lineAfter.trim();
  const cut = isWordy(rest) ? suggestion.text.indexOf(rest) : -1;
  const text = cut === -1 ? suggestion.text : suggestion.text.slice(0, cut).trimEnd();
  if (text === "") return "already-there";
  const lines = text.split("\n");
  const same = lines.findIndex((line, i) => isNextLine(i === 0 ? place.lineBefore + line : line, place));
  if (same === -1) return { ...suggestion, text };
  const kept = lines.slice(0, same).join("\n").trimEnd();
  return kept === "" ? "already-there" : { ...suggestion, text: kept };
};

/** Whether the document has this line next. A word alone, such as `end`, must stand at the same depth too. */
export function isNextLine(line: string, { nextLine, nextIndent, lineBefore }: Place): boolean {
  const words = nextLine.match(/[\p{L}\p{N}_$]{2,}/gu)?.length ?? 0;
  if (words < 2) return words === 1 && line.trimEnd() === nextIndent + nextLine;
  const [left, right] = [bare(line), bare(nextLine)];
  if (left === right) return left !== "";
  // Whoever has typed something else than the next line is not about to repeat it, however alike the two become.
  return nextLine.startsWith(lineBefore.trim()) && nearlyEqual(left, right);
}

/** In long lines a few characters may differ, unless they are digits: rows of a table are alike and yet wanted. */
function nearlyEqual(left: string, right: string): boolean {
  const limit = Math.floor(Math.min(left.length, right.length) / 20);
  return limit > 0 && left.replace(/\d+/g, "") !== right.replace(/\d+/g, "") && editDistance(left, right, limit) <= limit;
}

function bare(line: string): string {
  return line.replace(/\s+/g, "").replace(/[;,)}\]]+$/, "");
}

function isWordy(line: string): boolean {
  return /[\p{L}\p{N}_$]{2,}/u.test(line);
}

/** Insertions, deletions and substitutions from one to the other; anything over `limit` comes back as `limit` + 1. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
    if (Math.min(...row) > limit) return limit + 1;
  }
  return row[b.length] ?? 0;
}
