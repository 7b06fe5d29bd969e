// A prompt's context that is nothing but the text around the cursor.
import type { Budget, ComposedContext, SourceDocument } from "../core/context/context.js";

/** The window's start moves in steps of this share of it, so that the KV cache survives most keystrokes. */
const STEP = 4;

/** Three quarters of the budget before the cursor, one quarter behind it. */
export function windowContext(document: SourceDocument, offset: number, budget: Budget): ComposedContext {
  const room = Math.floor(budget.tokens * budget.charsPerToken);
  const before = Math.floor(room * 0.75);
  const step = Math.max(1, Math.floor(before / STEP));
  const start = lineStart(document.text, Math.max(0, Math.ceil((offset - before) / step) * step));
  const prefix = document.text.slice(start, offset);
  const suffix = document.text.slice(offset, offset + room - before);
  const { path } = document;
  return {
    neighbours: [], path, outline: "", prefix, suffix,
    parts: [{ kind: "window", path, chars: prefix.length }, { kind: "suffix", path, chars: suffix.length }],
  };
}

/** The next line's start, or the place itself in a line without an end. */
function lineStart(text: string, at: number): number {
  if (at === 0) return 0;
  const end = text.indexOf("\n", at - 1);
  return end === -1 ? at : end + 1;
}
