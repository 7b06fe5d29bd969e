// What core gets to know for its completions: everything that lives as long as the loaded model.
import { statSync } from "node:fs";
import { createCache, noCache } from "../core/completion/cache.js";
import type { Token } from "../core/model.js";
import type { WorkerOptions } from "../protocol/worker.js";
import type { CompletionDeps } from "../core/completion/request.js";
import { createVoices, openFiles, promptAlone } from "../core/completion/voice.js";
import { waitMs } from "../core/completion/wait.js";
import type { LoadedModel } from "./loading.js";
import { budgetFor } from "./warm-up.js";
import type { Power } from "./power.js";
import type { Workspace } from "./workspace.js";

/** Tokens of a usual line, for what a suggestion will cost. */
const LINE_TOKENS = 10;

export interface DepsOptions {
  power: Power;
  /** For the evaluation: every request stands alone, nothing is remembered, nothing waits. */
  alone: boolean;
  /** Size of prompts in tokens, instead of the one that follows from the speed. */
  budget: number | undefined;
  /** Whether the open files have a say; by default with small models, which they know better than. */
  ngram: WorkerOptions["ngram"];
  /** Whether a begun word is written again; by default with all others. */
  healing: boolean | undefined;
}

/** Tokens per second: slower models evaluate no more than what is typed while the cursor stays on a line. */
const STEADY_BELOW = 2500;

/** Bytes of a file with about 200 million parameters. */
const SMALL_MODEL = 220e6;

/** To be called for each request: the size of prompts grows when the model turns out to be faster than it seemed. */
export function completionDeps({ engine, format, speed, summary }: LoadedModel, workspace: Workspace, { power, alone, budget, ...options }: DepsOptions): () => CompletionDeps {
  const isSmall = (): boolean => statSync(summary.file).size < SMALL_MODEL; // a server's model has no file, and both options
  const { ngram = isSmall(), healing = !isSmall() } = options;
  const expectedMs = (prompt: readonly Token[]): number =>
    ((prompt.length - engine.cached(prompt)) / speed.prefill) * 1000 + LINE_TOKENS * speed.tokenMs;
  const lasting: Pick<CompletionDeps, "cache" | "flights" | "waitMs"> = alone ? { cache: noCache } : {
    cache: createCache(),
    flights: { current: undefined },
    waitMs: (prompt) => waitMs({ expectedMs: expectedMs(prompt), typicalGapMs: workspace.rhythm.typicalGapMs(), saving: power.onBattery() }),
  };
  const voiceOf = ngram === false ? undefined : createVoices(engine);
  return () => {
    const usual = budgetFor(speed, engine.contextLength);
    return {
      ...lasting, model: engine, format, heals: healing, trees: workspace.trees,
      budget: budget === undefined ? usual : { ...usual, tokens: budget },
      compose: (document, offset, room) => workspace.compose(document, offset, room, speed.prefill < STEADY_BELOW),
      ...voiceOf && { voice: (document, offset, prompt) =>
        voiceOf(ngram === "prompt" ? promptAlone(prompt) : openFiles(document, offset, workspace.neighbours(document))) },
      now: () => performance.now(),
    };
  };
}
