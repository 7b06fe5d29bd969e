// Keeps the engine thinking about what comes after a suggestion for as long as the document goes the way of the suggestion, and no longer.
import { thinkAhead } from "../core/completion/ahead.js";
import type { CompletionDeps, CompletionItem } from "../core/completion/request.js";
import { withReplaced } from "../core/completion/selected.js";
import type { SourceDocument } from "../core/context/context.js";

export interface Ahead {
  /** Begins, in place of whatever was being thought. */
  think(document: SourceDocument, item: CompletionItem, deps: CompletionDeps): void;
  /** The document has changed, or is asked about: thinking goes on only while it is on its way to what was expected. */
  follow(uri: string, text: string): void;
  /** Resolves when it is known what comes in this document, if that is what is being thought of. */
  arriving(uri: string, text: string): Promise<void>;
  stop(): void;
}

export function createAhead(): Ahead {
  let current: { uri: string; before: string; after: string; controller: AbortController; thought: Promise<void> } | undefined;
  const stop = (): void => {
    current?.controller.abort();
    current = undefined;
  };
  return {
    think(document, item, deps) {
      stop();
      const controller = new AbortController();
      const [start, end] = item.range;
      const thought = thinkAhead(document, item, deps, controller.signal);
      current = { uri: document.uri, before: document.text, after: withReplaced(document, start, end, item.text).text, controller, thought };
    },
    follow(uri, text) {
      if (current && !(uri === current.uri && isBetween(text, current.before, current.after))) stop();
    },
    arriving: (uri, text) => current !== undefined && current.uri === uri && current.after === text ? current.thought : Promise.resolve(),
    stop,
  };
}

/** Whether a text has come some of the way, by typing, from one text to another that is longer in one place. */
function isBetween(text: string, before: string, after: string): boolean {
  if (text.length < before.length || text.length > after.length) return false;
  const shared = commonPrefix(text, after);
  return text.slice(shared) === before.slice(before.length - (text.length - shared));
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
