// Why there is no explanation or no comment, in a sentence that says what to do.
import type { RefusedReason } from "../../protocol/explain.js";

/** `{0}` is the name of what was meant. */
export const refusals: Readonly<Record<RefusedReason, string>> = {
  "unknown-document": "Inkling does not know this document. Open it in an editor and try again.",
  "stale": "The document has changed meanwhile. Try again.",
  "nothing-here": "There is nothing to explain here. Select some code, or put the cursor into a function.",
  "secret-file": "This looks like a file with secrets, which Inkling never reads.",
  "too-large": "This file is too large to be explained (over 1 MB).",
  "binary": "This file is not text.",
  "language": "Inkling does not know how comments are written in this language.",
  "no-definition": "There is nothing to document here. Put the cursor into a function, a method or a type.",
  "documented": "{0} has a doc comment already.",
  "no-line": "There is no line of its own for a comment on {0}.",
};
