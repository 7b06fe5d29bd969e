// While the user reads a suggestion, finds out what would come after it, so that the next one is there when it is accepted. It is the
// same request that the editor will send then, asked early; the answer waits in the cache.
import type { SourceDocument } from "../context/context.js";
import { complete } from "./complete.js";
import type { CompletionDeps, CompletionItem } from "./request.js";
import { withReplaced } from "./selected.js";

/** Goes at most `depth` suggestions ahead; the signal fires at any key that does not type the suggestion. Never rejects. */
export async function thinkAhead(document: SourceDocument, item: CompletionItem, deps: CompletionDeps, signal: AbortSignal, depth = 1): Promise<void> {
  const quiet = { ...deps };
  delete quiet.flights;
  delete quiet.waitMs;
  const accepted = withReplaced(document, item.range[0], item.range[1], item.text);
  const { items: [next] } = await complete(accepted, item.range[0] + item.text.length, { automatic: true, afterAccept: true, ahead: true }, quiet, signal);
  if (next !== undefined && depth > 1 && !signal.aborted) await thinkAhead(accepted, next, deps, signal, depth - 1);
}
