// What the model was not sure of is not worth reading: an unsure line ends a block, and an unsure suggestion is dropped.
import { textProbability, thresholds } from "../confidence.js";
import type { Filter } from "./filter.js";

export const lowConfidence: Filter = suggestion => {
  const { text, steps } = suggestion;
  const first = text.search(/\S/);
  let end = endOfLine(text, first);
  if ((textProbability(steps, 0, end) ?? 1) < thresholds.line) return "low-confidence";
  for (let next = endOfLine(text, end + 1); end < text.length; next = endOfLine(text, end + 1)) {
    if ((textProbability(steps, end, next) ?? 1) < thresholds.nextLine) break;
    end = next;
  }
  return { ...suggestion, text: text.slice(0, end) };
};

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}
