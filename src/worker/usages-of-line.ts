// Remembers for the lines that were last typed on which usages their prompts had, so that the next prompt can keep them.
import type { Before } from "../core/context/compose.js";
import type { ComposedContext, SourceDocument } from "../core/context/context.js";
import { lineStart } from "../core/syntax/lines.js";

export interface UsagesOfLines {
  compose(document: SourceDocument, offset: number, always: boolean, compose: (before: Before | undefined) => ComposedContext): ComposedContext;
}

/** The cursor's line, and those that were thought of ahead. */
const REMEMBERED = 4;

export function rememberUsages(): UsagesOfLines {
  const known = new Map<string, readonly string[]>();
  return {
    compose({ uri, text }, offset, always, compose) {
      const line = `${lineStart(text, offset)} ${uri}`;
      const usages = known.get(line);
      const context = compose(usages && { usages, always });
      known.delete(line);
      if (context.usages) known.set(line, context.usages);
      const [eldest] = known.size > REMEMBERED ? known.keys() : [];
      if (eldest !== undefined) known.delete(eldest);
      return context;
    },
  };
}
