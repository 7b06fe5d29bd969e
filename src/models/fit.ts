// Forecasts the memory that the worker takes with a model, before anything is loaded, and says whether this machine has it. The constants are
// measured; `test/worker/memory-forecast.test.ts` compares them with what a worker really takes.
import { freemem, totalmem } from "node:os";
import type { CatalogModel, Role } from "./catalog.js";
import { number, factsOf } from "./gguf-facts.js";
import type { GgufHeader, TensorInfo } from "./gguf.js";

/** What memory depends on, from a file's header or from the catalogue. */
export interface ModelShape {
  weightBytes: number;
  /** Weights that the engine keeps once more, in the order in which this kind of processor multiplies fastest. */
  repackedBytes: number;
  /** Bytes of keys and values for so many tokens of context. */
  cacheBytes: (tokens: number) => number;
  vocabulary: number;
  context: number;
}

export interface Forecast {
  weights: number;
  cache: number;
  /** Buffers of the computation, the vocabulary, and the worker itself. */
  rest: number;
  total: number;
}

/** The worker without a model: Node, the engine's libraries, the grammars. */
const WORKER = 106 << 20;
/** Tables of texts, ids and merges for one token of the vocabulary. */
const PER_TOKEN = 500;
/** Tokens evaluated at a time; each has a logit for every token of the vocabulary. */
const BATCH = 64;
const GRAPH = 4 << 20;
/** Cells of the cache come in blocks. */
const CELLS = 256;

/** Weights of a model whose tokens take about as long as what JavaScript does with them. It keeps two prompts in its cache for completion. */
const TINY_BYTES = 40e6;

export function isTiny(weightBytes: number): boolean {
  return weightBytes <= TINY_BYTES;
}

/** Tokens of context that each role is used with, at most: room for the largest budget and an answer; a conversation with files in it. */
export const contextFor: Readonly<Record<Role, number>> = { completion: 2304, chat: 8192 };

export function forecast(shape: ModelShape, role: Role): Forecast {
  const tokens = Math.ceil(Math.min(shape.context, contextFor[role]) / CELLS) * CELLS;
  const weights = shape.weightBytes + shape.repackedBytes;
  const cache = shape.cacheBytes(tokens) * (role === "completion" && isTiny(shape.weightBytes) ? 2 : 1);
  const rest = WORKER + GRAPH + shape.vocabulary * (PER_TOKEN + 4 * BATCH);
  return { weights, cache, rest, total: weights + cache + rest };
}

export function shapeOfFile(header: GgufHeader, processor: string = process.arch): ModelShape {
  const { weightBytes, vocabulary, context } = factsOf(header);
  const isTied = !header.tensors.some(({ name }) => name === "output.weight");
  const repacked = header.tensors.filter((tensor) => isRepacked(tensor, isTied, processor));
  return {
    weightBytes, vocabulary, context,
    repackedBytes: repacked.reduce((sum, { bytes }) => sum + bytes, 0),
    cacheBytes: (tokens) => cacheBytes(header, tokens),
  };
}

export function shapeOfEntry({ bytes, quantization, vocabulary, context, cacheBytesPerToken }: CatalogModel, processor: string = process.arch): ModelShape {
  const isRepackedType = processor === "arm64" ? /^Q[4568]/ : /^Q4/;
  return {
    weightBytes: bytes, vocabulary, context,
    repackedBytes: isRepackedType.test(quantization) ? bytes * (quantization.includes("_K_") && processor !== "arm64" ? 0.75 : 1) : 0, // a mix has some tensors of other types
    cacheBytes: (tokens) => tokens * cacheBytesPerToken,
  };
}

/** Types that ggml's CPU backend repacks (ggml-cpu/repack.cpp), with AVX2 or with the dot product of ARM. */
const REPACKED: Readonly<Record<string, readonly number[]>> = { x64: [2, 12, 20, 39], arm64: [2, 8, 12, 13, 14, 20, 39] };

/** Matrices to multiply with. The embedding is only looked up, unless it is the output layer as well. */
function isRepacked({ name, shape, type }: TensorInfo, isTied: boolean, processor: string): boolean {
  if (name === "token_embd.weight" && !isTied) return false;
  return shape.length === 2 && shape[1]! % 8 === 0 && REPACKED[processor]?.includes(type) === true;
}

/** Keys and values in half precision. Layers with a window keep no more than it; layers with a state (Mamba) keep the state alone. */
function cacheBytes(header: GgufHeader, tokens: number): number {
  const { architecture, layers, width } = factsOf(header);
  const value = (key: string): number => number(header, `${architecture}.${key}`);
  const heads = value("attention.head_count");
  const perLayer = header.numbers.get(`${architecture}.attention.head_count_kv`);
  const kvHeads = (layer: number): number => perLayer?.[layer] ?? (value("attention.head_count_kv") || heads);
  const headSize = width / Math.max(1, heads);
  const perHead = ((value("attention.key_length") || headSize) + (value("attention.value_length") || headSize)) * 2;
  const state = (value("ssm.inner_size") * (value("ssm.state_size") + value("ssm.conv_kernel"))) * 4;
  let bytes = 0;
  for (let layer = 0; layer < layers; layer += 1) bytes += kvHeads(layer) === 0 ? state : kvHeads(layer) * perHead * cellsOf(layer, architecture, value("attention.sliding_window"), tokens);
  return bytes;
}

/** Every how many layers one looks at everything, where the others have a window. */
const WINDOW_PERIOD: Readonly<Record<string, number>> = { gemma2: 2, gemma3: 6 };

function cellsOf(layer: number, architecture: string, window: number, tokens: number): number {
  const period = WINDOW_PERIOD[architecture];
  if (period === undefined || window === 0 || (layer + 1) % period === 0) return tokens;
  return Math.min(tokens, Math.ceil((window + BATCH) / CELLS) * CELLS);
}

export interface Memory {
  /** Bytes that could be had now. */
  available: number;
  total: number;
}

/** What the machine has, or what this process is allowed of it. */
export function memoryNow(): Memory {
  const allowed = process.constrainedMemory() || Infinity; // 0 or absurdly large where nothing limits it
  const total = Math.min(totalmem(), allowed);
  // macOS counts as free only what nobody has touched; most of the rest is given back on demand.
  const available = process.platform === "darwin" ? Math.max(freemem(), total * 0.6) : freemem();
  return { available: Math.min(available, total), total };
}

export type Fit = "fits" | "tight" | "too-large";

/** `tight`: it fits into the machine, but not into what is free, with something left for everything else. */
export function fitOf(needed: number, { available, total }: Memory): Fit {
  if (needed <= available * 0.9) return "fits";
  return needed <= total * 0.8 ? "tight" : "too-large";
}
