// Indentation as the document has it: its tabs or spaces on every new line, and the first line no deeper than the code above allows.
import { indentOf, indentWidth, type Place } from "../place.js";
import type { Filter } from "./filter.js";

export const indentation: Filter = (suggestion, place) => {
  const [first = "", ...rest] = suggestion.text.split("\n");
  const lines = [place.lineBefore.trim() === "" ? withoutSurplus(first, place) : first, ...rest.map(line => reindent(line, place.unit))];
  return { ...suggestion, text: lines.join("\n") };
};

/** On a blank line the model may write the whole indentation again, though the cursor stands behind it. Two steps in are still plausible. */
function withoutSurplus(line: string, { lineBefore, previousLine, unit }: Place): string {
  const surplus = indentOf(line);
  if (surplus === "" || lineBefore === "") return line;
  const deepest = indentWidth(indentOf(previousLine) + unit.repeat(2), tabWidth(unit));
  return indentWidth(lineBefore + surplus, tabWidth(unit)) <= deepest ? line : line.slice(surplus.length);
}

/** The same depth in the document's unit. What is left over of a unit stays spaces, as alignment does. */
export function reindent(line: string, unit: string): string {
  const indent = indentOf(line);
  if (unit === "\t" ? !indent.includes(" ") : !indent.includes("\t")) return line;
  const width = indentWidth(indent, tabWidth(unit));
  const made = unit === "\t" ? "\t".repeat(Math.floor(width / 4)) + " ".repeat(width % 4) : " ".repeat(width);
  return made + line.slice(indent.length);
}

/** A tab that turns up in a document of spaces stands for one step. */
function tabWidth(unit: string): number {
  return unit === "\t" ? 4 : unit.length;
}
