// A small model that does not know what to say says the same again: the line above, or its own words over and over.
import type { Filter } from "./filter.js";

export const repetition: Filter = (suggestion, { lineBefore, previousLine }) => {
  const lines = suggestion.text.split("\n");
  const first = (lineBefore + (lines[0] ?? "")).trim();
  if (first === previousLine.trim() && wordCount(first) >= 2) return "repetition";
  const again = lines.findIndex((line, i) => i > 0 && wordCount(line) >= 1 && line.trim() === lines[i - 1]?.trim());
  const text = again === -1 ? suggestion.text : lines.slice(0, again).join("\n");
  const kept = text.slice(0, stuckAt(text)).trimEnd();
  return kept === "" ? "repetition" : { ...suggestion, text: kept };
};

/** Where a piece of a line, of four characters or more, begins to come three times in a row at the end; undefined where none does. */
export function stuckAt(text: string): number | undefined {
  const found = /(?=([^\n]{4,40}?)\1\1+[^\n]{0,3}$)/u.exec(text.slice(-200));
  if (found?.[1] === undefined || !/\p{L}/u.test(found[1])) return undefined;
  return Math.max(0, text.length - 200) + found.index;
}

function wordCount(line: string): number {
  return line.match(/[\p{L}\p{N}_$]{2,}/gu)?.length ?? 0;
}
