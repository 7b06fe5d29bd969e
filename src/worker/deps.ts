// What core gets to know for its completions: everything that lives as long as the loaded model.
import { createCache, noCache } from "../core/completion/cache.js";
import type { CompletionDeps } from "../core/completion/request.js";
import { waitMs } from "../core/completion/wait.js";
import type { LoadedModel } from "./loading.js";
import type { Workspace } from "./workspace.js";

/** Tokens of a usual line, for what a suggestion will cost. */
const LINE_TOKENS = 10;

/** For the evaluation every request stands alone: nothing is remembered, nothing waits. */
export function completionDeps({ engine, format, budget, speed }: LoadedModel, workspace: Workspace, alone: boolean): CompletionDeps {
  const { trees } = workspace;
  const base: CompletionDeps = {
    model: engine, format, budget, trees, cache: noCache,
    compose: (document, offset, room) => workspace.compose(document, offset, room),
    now: () => performance.now(),
  };
  if (alone) return base;
  return {
    ...base,
    cache: createCache(),
    flights: { current: undefined },
    waitMs: (prompt) => {
      const expectedMs = ((prompt.length - engine.cached(prompt)) / speed.prefill) * 1000 + LINE_TOKENS * speed.tokenMs;
      return waitMs({ expectedMs, typicalGapMs: workspace.rhythm.typicalGapMs() });
    },
  };
}
