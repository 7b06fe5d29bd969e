// `inkling/measure`: how fast this machine runs the model in use, and a larger one that knows nothing, from which the speed of models that are
// not here follows. Both run in the background: whoever types meanwhile comes first.
import { stat } from "node:fs/promises";
import type { LanguageModel, Token } from "../core/model.js";
import type { MeasuredRun, MeasureParams, Measurement } from "../protocol/measure.js";
import type { Engine, Runtime, Use } from "./engine.js";
import { openModel } from "./loading.js";

const inBackground: Use = { priority: "background", contextLength: 512 };
/** Two full chunks of the engine, or more. */
const PROMPT = 128;
const ANSWER = 12;

export interface MeasureDeps {
  /** The model in use. */
  modelFile: string;
  runtime: () => Promise<Runtime>;
  log: (message: string) => void;
}

/** Rejects with a sentence where nothing can be run. */
export async function measureMachine({ budgetMs, probeFile }: MeasureParams, deps: MeasureDeps, signal: AbortSignal): Promise<Measurement> {
  const current = await measureFile(deps.modelFile, budgetMs / 3, deps, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    deps.log(`measuring ${deps.modelFile}: ${String(error)}`);
    return undefined;
  });
  const probe = await measureFile(probeFile, (budgetMs * 2) / 3, deps, signal);
  return { current: current?.run ?? null, probe: probe.run, threads: probe.threads };
}

async function measureFile(file: string, budgetMs: number, { runtime, log }: MeasureDeps, signal: AbortSignal): Promise<{ run: MeasuredRun; threads: number }> {
  const opened = await openModel(file, inBackground, runtime, log);
  if (!opened.ok) throw new Error(opened.problem.message);
  const engine: Engine = opened.model;
  try {
    const speed = await bestOf(engine, budgetMs, signal);
    return { run: { model: engine.name, bytes: (await stat(file)).size, ...speed }, threads: engine.threads };
  } finally {
    await engine.dispose();
  }
}

/** Repeats until the time is used up, twice at least: the first round also warms up. */
async function bestOf(model: LanguageModel, budgetMs: number, signal: AbortSignal): Promise<Pick<MeasuredRun, "prefill" | "tokenMs">> {
  const end = performance.now() + budgetMs;
  let best = { prefill: 0, tokenMs: Infinity };
  for (let round = 0; round < 2 || performance.now() < end; round += 1) {
    const { prefill, tokenMs } = await oneRound(model, round, signal);
    best = { prefill: Math.max(best.prefill, prefill), tokenMs: Math.min(best.tokenMs, tokenMs) };
  }
  return best;
}

async function oneRound(model: LanguageModel, round: number, signal: AbortSignal): Promise<Pick<MeasuredRun, "prefill" | "tokenMs">> {
  const [first, ...rest] = model.tokenize(`${round}\nlet total = 0;\n`.repeat(PROMPT));
  const prompt: Token[] = [first!, ...rest.slice(round % 7)].slice(0, PROMPT); // another one each time, so that the KV cache has no part in it
  const { prefillMs, reused, steps } = await model.generate(prompt, {
    maxTokens: ANSWER, signal, candidates: 4,
    choose: (candidates) => (candidates.find(({ ends }) => !ends) ?? candidates[0]!).token, // goes on to the end of the measurement
  });
  const times: number[] = [];
  let last = performance.now();
  for await (const { token } of steps) {
    model.detokenize([token]); // as for a real answer
    times.push(performance.now() - last);
    last = performance.now();
  }
  const decoded = times.slice(1).sort((a, b) => a - b); // the first one came with the prompt
  return { prefill: ((prompt.length - reused) / prefillMs) * 1000, tokenMs: decoded[Math.floor(decoded.length / 2)] ?? Infinity };
}
