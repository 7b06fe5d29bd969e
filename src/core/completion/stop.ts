// Structural stops: where in the text so far a suggestion is complete. Pure functions of that text.
import type { StopRule } from "./decode.js";

/** A single line ends at its line break, once it has something on it. */
export const lineEnd: StopRule = text => {
  const start = text.search(/\S/);
  if (start === -1) return undefined;
  const end = text.indexOf("\n", start);
  return end === -1 ? undefined : end;
};
