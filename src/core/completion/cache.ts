// Suggestions that may still be right: while somebody types through one, or goes back, the model need not be asked again.
import type { CompletionItem } from "./request.js";

export interface CompletionCache {
  /** A suggestion for this place in this text, as it would have been answered here. */
  find(text: string, offset: number): CompletionItem | undefined;
  remember(text: string, offset: number, item: CompletionItem): void;
}

/** A cache that remembers nothing, for evaluation. */
export const noCache: CompletionCache = { find: () => undefined, remember: () => undefined };
