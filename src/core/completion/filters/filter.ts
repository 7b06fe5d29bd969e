// What a filter is. The filters themselves are one small file each, and their order is in index.ts.
import type { ReasonCode } from "../../../protocol/completion.js";
import type { Sureness } from "../decode.js";
import type { Place } from "../place.js";
import type { Range } from "../request.js";

export interface Suggestion {
  text: string;
  /** What it replaces, in the document's offsets: from the cursor to at most the end of the line. */
  range: Range;
  /** How sure the model was of each token, by the place of the token in its own words. */
  steps: readonly Sureness[];
}

/** Gives the suggestion back, unchanged or better, or the reason for dropping it. Pure. */
export type Filter = (suggestion: Suggestion, place: Place) => Suggestion | ReasonCode;
