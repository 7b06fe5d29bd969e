// How fast a model will be on this machine, estimated from how fast another one was. Pure arithmetic: for a token all weights are read
// once, so that memory sets the pace; for a prompt they are used many times per reading, so that the processor does.

/** What this machine can do, from a measurement with a model whose size is known. */
export interface Measured {
  /** Bytes of weights that are read per second while a token is decoded. */
  bytesPerSecond: number;
  /** Multiplications with a weight per second while a prompt is evaluated. */
  weightsPerSecond: number;
  /** Milliseconds that a token takes even where there is next to nothing to read. */
  overheadMs: number;
}

export interface SizedModel {
  /** Of the file. */
  bytes: number;
  parameters: number;
}

export interface ExpectedSpeed {
  /** Milliseconds to decode one token. */
  tokenMs: number;
  /** Prompt tokens per second. */
  prefill: number;
  /** Milliseconds until a line is suggested while somebody types on: a few new tokens in the prompt, a line in the answer. */
  lineMs: number;
  /** Milliseconds until the first line is suggested in a file that was just opened. */
  firstMs: number;
}

const NEW_TOKENS = 6;
const LINE_TOKENS = 10;
/** The smallest prompt that is still worth asking with; a faster model gets a larger one in the same time. */
const FIRST_PROMPT = 256;
/** Tokens that the engine evaluates in one go. */
const CHUNK = 64;

export function expectedSpeed({ bytes, parameters }: SizedModel, { bytesPerSecond, weightsPerSecond, overheadMs }: Measured): ExpectedSpeed {
  const reading = (bytes / bytesPerSecond) * 1000;
  const pass = (tokens: number): number => overheadMs + Math.max(reading, (tokens * parameters * 1000) / weightsPerSecond);
  const tokenMs = pass(1);
  const answer = (LINE_TOKENS - 1) * tokenMs; // the first token comes with the prompt
  return {
    tokenMs,
    prefill: (CHUNK / pass(CHUNK)) * 1000,
    lineMs: pass(NEW_TOKENS) + answer,
    firstMs: (FIRST_PROMPT / CHUNK) * pass(CHUNK) + answer,
  };
}

/** A model that was run, and what it reached. */
export interface Run extends SizedModel {
  prefill: number;
  tokenMs: number;
}

/**
 * From two runs: a tiny model, whose weights cost next to nothing to read, tells the overhead of a token; a larger one tells what
 * reading and multiplying cost.
 */
export function measuredFrom(tiny: Run, large: Run): Measured {
  const bytes = large.bytes - tiny.bytes;
  const ms = Math.max(large.tokenMs - tiny.tokenMs, large.tokenMs / 4); // noise must not make reading free
  const bytesPerSecond = (bytes / ms) * 1000;
  const overheadMs = Math.max(0, large.tokenMs - (large.bytes / bytesPerSecond) * 1000);
  const chunkMs = (CHUNK / large.prefill) * 1000;
  const weightsPerSecond = (CHUNK * large.parameters * 1000) / Math.max(chunkMs - overheadMs, chunkMs / 2);
  return { bytesPerSecond, weightsPerSecond, overheadMs };
}

/** From what was run here: the probe, and the model in use where it differs enough from the probe to tell something else. */
export function machineFrom(probe: Run, current: Run | undefined): Measured {
  const weightless: Run = { bytes: 0, parameters: 0, prefill: Infinity, tokenMs: 0 };
  if (!current) return measuredFrom(weightless, probe);
  if (current.bytes < probe.bytes / 3) return measuredFrom(current, probe);
  // A larger model in use says more about large models than the probe does.
  return current.bytes > probe.bytes * 3 ? measuredFrom(probe, current) : measuredFrom(weightless, probe);
}

/** A pause that one does not notice while typing, and one that is bearable where a file was just opened. */
const LINE_LIMIT_MS = 400;
const FIRST_LIMIT_MS = 2500;

/** Whether typing with this model feels immediate. */
export function isFastEnough({ lineMs, firstMs }: ExpectedSpeed): boolean {
  return lineMs <= LINE_LIMIT_MS && firstMs <= FIRST_LIMIT_MS;
}

/** The model with the most parameters that is fast enough and fits into `memory` bytes; undefined where none does. */
export function recommend<M extends SizedModel>(models: readonly M[], measured: Measured, memory: number): M | undefined {
  return models
    .filter((model) => model.bytes < memory && isFastEnough(expectedSpeed(model, measured)))
    .sort((a, b) => b.parameters - a.parameters || b.bytes - a.bytes)[0];
}
