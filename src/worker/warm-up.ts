// What a freshly loaded model is put through before the first real request: it makes memory and caches warm and tells how fast
// the model is here, from which the size of prompts follows.
import type { Budget } from "../core/context/context.js";
import type { LanguageModel } from "../core/model.js";
import type { CompletionRecord } from "../protocol/completion.js";

export interface Speed {
  charsPerToken: number;
  /** Tokens per second. */
  prefill: number;
  /** Milliseconds to decode one token. */
  tokenMs: number;
}

const ANSWER = 4;

/** Ordinary code; long enough for two full chunks of the engine with any vocabulary. */
const SAMPLE = `import { readFile } from "node:fs/promises";

interface Entry {
  name: string;
  size: number;
  children: Entry[];
}

/** Sum of the sizes of an entry and of everything below it. */
export function totalSize(entry: Entry): number {
  let total = entry.size;
  for (const child of entry.children) {
    total += totalSize(child);
  }
  return total;
}

export async function load(path: string): Promise<Entry> {
  const text = await readFile(path, "utf8");
  return JSON.parse(text) as Entry;
}
`;

/** Runs one short generation. Most models have something to say after the sample; one that has not counts as fast. */
export async function warmUp(model: LanguageModel): Promise<Speed> {
  const tokens = model.tokenize(SAMPLE);
  const prompt = tokens.slice(0, model.contextLength - ANSWER);
  const { prefillMs, steps } = await model.generate(prompt, { maxTokens: ANSWER, signal: new AbortController().signal });
  const times: number[] = [];
  let last = performance.now();
  for await (const { token } of steps) {
    model.detokenize([token]);
    times.push(performance.now() - last);
    last = performance.now();
  }
  return {
    charsPerToken: SAMPLE.length / tokens.length,
    prefill: (prompt.length / prefillMs) * 1000,
    tokenMs: times.length < 2 ? 0 : Math.min(...times.slice(1)), // the first one came with the prefill
  };
}

/** A prompt that nothing of is cached may take this long to evaluate; the next keys then cost a few tokens each. */
const PREFILL_SECONDS = 0.6;
const SMALLEST = 256;
const LARGEST = 2048;
/** Room for the answer. */
const ANSWER_TOKENS = 128;

/** The size of prompts: what the speed allows, in powers of two, so that small differences do not change what is asked. */
export function budgetFor(speed: Speed, contextLength: number): Budget {
  const affordable = 2 ** Math.round(Math.log2(speed.prefill * PREFILL_SECONDS));
  const tokens = Math.min(Math.max(affordable, SMALLEST), LARGEST, contextLength - ANSWER_TOKENS);
  return { tokens, charsPerToken: speed.charsPerToken };
}

/** Fewer tokens say little about the speed. */
const TELLING_PREFILL = 64;
const TELLING_DECODE = 4;

/** The best speed seen is the machine's; lower ones are its other work. So one busy moment at the start does not make all prompts small. */
export function learnSpeed(speed: Speed, { tokens, timings, origin }: Pick<CompletionRecord, "tokens" | "timings" | "origin">): void {
  if (origin !== "model") return; // what was decoded for the request before cost this one nothing
  const evaluated = tokens.prompt - tokens.reused;
  if (evaluated >= TELLING_PREFILL) speed.prefill = Math.max(speed.prefill, (evaluated / timings.prefillMs) * 1000);
  if (tokens.generated >= TELLING_DECODE) speed.tokenMs = Math.min(speed.tokenMs, timings.decodeMs / (tokens.generated - 1));
}
