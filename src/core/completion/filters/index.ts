// What the model said, on its way to the screen: small pure functions in a fixed order, each of which may change or drop it.
import type { Decoded } from "../decode.js";
import type { Place } from "../place.js";
import type { CompletionItem, TreeSource, Verdict } from "../request.js";
import { alreadyThere } from "./already-there.js";
import { balance } from "./balance.js";
import type { Filter, Suggestion } from "./filter.js";
import { indentation } from "./indentation.js";
import { lowConfidence } from "./low-confidence.js";
import { noNewErrors } from "./no-new-errors.js";
import { repetition } from "./repetition.js";
import { trim } from "./trim.js";

/** Cheap ones first. Cutting comes before balancing, so that what is cut off need not balance; what is left is parsed. */
export const filters: readonly Filter[] = [trim, lowConfidence, repetition, alreadyThere, indentation, balance];

export function filtersFor(trees: TreeSource | undefined): readonly Filter[] {
  return trees === undefined ? filters : [...filters, noNewErrors(trees)];
}

export function applyFilters(decoded: Decoded, place: Place, list: readonly Filter[]): Verdict {
  let suggestion: Suggestion = { text: decoded.text, range: [place.offset, place.offset], steps: decoded.steps };
  for (const filter of list) {
    const result = filter(suggestion, place);
    if (typeof result === "string") return { keep: false, reason: result };
    suggestion = result;
  }
  return { keep: true, item: { text: suggestion.text, range: suggestion.range } };
}

/** What is left of a suggestion that was shown before: only the brackets around it may have changed since. */
export function settled(text: string, place: Place): CompletionItem | undefined {
  const verdict = applyFilters({ text, tokens: 0, steps: [] }, place, [balance]);
  return verdict.keep ? verdict.item : undefined;
}
