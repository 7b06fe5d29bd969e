// A sequence of tokens in a context's KV cache, on the native functions that the engine library's own classes call. Those classes are not
// used for it, because they take a third of a small model's time for a token, and because they evaluate a whole prompt at once, where
// nobody can stop it, when an architecture cannot forget its last tokens. The functions are pinned with the library's version.
import type { Llama, LlamaContext, LlamaModel } from "node-llama-cpp";
import type { Token } from "../core/model.js";

export interface NativeContext {
  setThreads(threads: number): void;
  initBatch(size: number): void;
  /** Returns where the outputs of the tokens will be whose positions in the batch are named. */
  addToBatch(sequence: number, first: number, tokens: Uint32Array, outputs: Uint32Array): ArrayLike<number>;
  decodeBatch(): Promise<void>;
  sampleToken(output: number, sampler: NativeSampler): Promise<Token>;
  /** The probabilities are tokens and numbers by turns, likeliest first. */
  sampleToken(output: number, sampler: NativeSampler, probabilities: true): Promise<[token: Token, probabilities: number[] | undefined]>;
  /** False where the architecture cannot do that. */
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
  disposeSequence(sequence: number): void;
  /** Models with sliding windows forget the beginning. */
  getSequenceKvCacheMinPosition(sequence: number): number;
}

export interface NativeSampler {
  applyConfig(config: Sampling): void;
  dispose(): void;
}

export interface Sampling { temperature: number; topK: number; topP: number; minP: number; seed: number }

export interface Sampled {
  token: Token;
  /** Likeliest first. */
  ranked: [Token, number][];
}

export function nativeContext(context: LlamaContext): NativeContext {
  return (context as unknown as { _ctx: NativeContext })._ctx;
}

export function createSampler(llama: Llama, model: LlamaModel): NativeSampler {
  const { AddonSampler } = (llama as unknown as { _bindings: { AddonSampler: new (native: unknown) => NativeSampler } })._bindings;
  return new AddonSampler((model as unknown as { _model: unknown })._model);
}

/** Nothing here may overlap: the caller lets one call finish before the next. */
export class NativeSequence {
  #tokens: Token[] = [];
  #output = 0;
  readonly #context: NativeContext;

  constructor(context: LlamaContext, private readonly id = 0) {
    this.#context = nativeContext(context);
  }

  get length(): number {
    return this.#tokens.length;
  }

  /** How many tokens at the beginning are the same. */
  shared(tokens: readonly Token[]): number {
    const most = Math.min(tokens.length, this.#tokens.length);
    let same = 0;
    while (same < most && tokens[same] === this.#tokens[same]) same += 1;
    return same;
  }

  /** Forgets what comes after so many tokens; everything, where the architecture cannot forget a part. */
  cut(length: number): void {
    if (length >= this.#tokens.length) return;
    const begins = Math.max(0, this.#context.getSequenceKvCacheMinPosition(this.id));
    const possible = length > begins && this.#context.removeTokenCellsFromSequence(this.id, length, this.#tokens.length);
    if (possible) this.#tokens.length = length;
    else this.#clear();
  }

  /** Appends the tokens. What follows the last one can be sampled afterwards. */
  async evaluate(tokens: readonly Token[], threads: number): Promise<void> {
    this.#context.setThreads(threads);
    this.#context.initBatch(tokens.length);
    const outputs = this.#context.addToBatch(this.id, this.#tokens.length, Uint32Array.from(tokens), Uint32Array.of(tokens.length - 1));
    try {
      await this.#context.decodeBatch();
    } catch (error) {
      this.#clear();
      throw error;
    }
    this.#output = outputs[0] ?? 0;
    this.#tokens.push(...tokens);
  }

  async sample(sampler: NativeSampler): Promise<Sampled> {
    const [token, probabilities = []] = await this.#context.sampleToken(this.#output, sampler, true);
    const ranked: [Token, number][] = [];
    for (let i = 0; i + 1 < probabilities.length; i += 2) ranked.push([probabilities[i]!, probabilities[i + 1]!]);
    if (ranked.length === 0) throw new Error("the engine gave no probabilities");
    return { token, ranked };
  }

  #clear(): void {
    this.#context.disposeSequence(this.id);
    this.#tokens = [];
  }
}
