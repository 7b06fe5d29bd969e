// A language model as core sees it: one KV cache, which stays from one generation to the next, on weights that it may share. Everything
// runs in pieces of a few dozen tokens, because that is how often it can be stopped and how often something more urgent can go first.
import type { Llama, LlamaContext, LlamaModel } from "node-llama-cpp";
import type { Gpu } from "../protocol/gpu.js";
import type { Candidate, GenerateOptions, Generation, LanguageModel, Step, Token } from "../core/model.js";
import type { Cores, CoreUser, Priority } from "./cores.js";
import type { Pieces } from "./engine-context.js";
import { createSampler, NativeSequence, type NativeSampler, type Sampled, type Sampling } from "./engine-native.js";
import type { Vocabulary } from "./engine-vocabulary.js";
import { createGate, type Gate } from "./gate.js";
import type { Threads } from "./threads.js";
import { Turn } from "./turn.js";

export interface Engine extends LanguageModel {
  /** The most threads that it uses. */
  readonly threads: number;
  /** Absent where the processor computes. */
  readonly gpu?: Gpu | undefined;
  /** How many of the prompt's tokens the KV cache holds at this moment. */
  cached(prompt: readonly Token[]): number;
  /** Probability of each token of a given continuation, over the whole vocabulary; for evaluation, slow. */
  score(prompt: readonly Token[], continuation: readonly Token[], signal: AbortSignal): Promise<number[]>;
  /** Tokens that went through the model so far. */
  counted(): Counted;
  /** Resolves when nothing is being computed. */
  settled(): Promise<void>;
  /** Gives the KV cache back, and the weights if nobody else uses them. */
  dispose(): Promise<void>;
}

export interface Counted {
  /** Of prompts. */
  evaluated: number;
  /** Of answers. */
  generated: number;
}

export interface SequenceDeps extends Pieces {
  llama: Llama;
  model: LlamaModel;
  context: LlamaContext;
  vocabulary: Vocabulary;
  priority: Priority;
  threads: Threads;
  cores: Cores;
  gpu: Gpu | undefined;
  /** What else there is to give back. */
  onDispose: () => Promise<void>;
}

/** Tokens that probabilities are computed over: sorting the whole vocabulary costs as much as evaluating a small model. */
const CANDIDATES = 64;
const LIKELIEST: Sampling = { temperature: 1, topK: CANDIDATES, topP: 1, minP: 0, seed: 0 };
/** Where the answer is drawn by chance, it is drawn among these: the usual ones for conversation. */
const DRAWN = { topK: 40, topP: 0.95, minP: 0.05 };

export class SequenceModel implements Engine, CoreUser {
  readonly name: string;
  readonly contextLength: number;
  readonly threads: number;
  readonly gpu: Gpu | undefined;
  readonly priority: Priority;
  readonly fim: LanguageModel["fim"];
  readonly chatTemplate: string | undefined;
  readonly bosText: string | undefined;
  readonly eosText: string | undefined;
  readonly #deps: SequenceDeps;
  /** The one in use first, then by how long ago they were. */
  #sequences: NativeSequence[];
  readonly #sampler: NativeSampler;
  readonly #gate: Gate = createGate();
  readonly #counted: Counted = { evaluated: 0, generated: 0 };

  constructor(deps: SequenceDeps) {
    const { llama, model, context, vocabulary } = deps;
    this.#deps = deps;
    this.#sequences = Array.from({ length: deps.kept }, (_, id) => new NativeSequence(context, id));
    this.#sampler = createSampler(llama, model);
    this.contextLength = Math.min(context.contextSize, model.trainContextSize);
    this.threads = deps.threadsFor(deps.chunk.shared, deps.threads.most);
    this.gpu = deps.gpu;
    this.priority = deps.priority;
    this.name = vocabulary.name;
    this.fim = vocabulary.fim;
    this.chatTemplate = vocabulary.chatTemplate;
    this.bosText = vocabulary.bosText;
    this.eosText = vocabulary.eosText;
  }

  tokenize(text: string): Token[] {
    return this.#deps.vocabulary.tokenize(text);
  }

  tokenizeMarkup(text: string): Token[] {
    return this.#deps.vocabulary.tokenizeMarkup(text);
  }

  tokenizeAll(texts: readonly string[]): Token[][] {
    return this.#deps.vocabulary.tokenizeAll(texts);
  }

  detokenize(tokens: readonly Token[]): string {
    return this.#deps.vocabulary.detokenize(tokens);
  }

  specialToken(text: string): Token | undefined {
    return this.#deps.vocabulary.specialToken(text);
  }

  async generate(prompt: readonly Token[], options: GenerateOptions): Promise<Generation> {
    const room = this.contextLength - prompt.length;
    if (prompt.length === 0 || room <= 0) throw new RangeError(`a prompt of ${prompt.length} tokens, with room for 1 to ${this.contextLength - 1}`);
    const { signal } = options;
    const turn = new Turn(await this.#gate.enter(signal), signal);
    return turn.run(async () => {
      const started = performance.now();
      this.#sampler.applyConfig(samplingFor(options));
      const { reused, sampled } = await this.#prefill(prompt, signal);
      const first = this.#choose(sampled, options);
      return { reused, prefillMs: performance.now() - started, steps: this.#decode(first, { ...options, maxTokens: Math.min(options.maxTokens, room) }, turn) };
    });
  }

  cached(prompt: readonly Token[]): number {
    return bestFor(prompt, this.#sequences).shared(prompt);
  }

  counted(): Counted {
    return { ...this.#counted };
  }

  async score(prompt: readonly Token[], continuation: readonly Token[], signal: AbortSignal): Promise<number[]> {
    const turn = new Turn(await this.#gate.enter(signal), signal);
    return turn.run(async () => {
      this.#sampler.applyConfig({ ...LIKELIEST, topK: this.#deps.vocabulary.size });
      let { sampled } = await this.#prefill(prompt, signal);
      const probabilities: number[] = [];
      for (const token of continuation) {
        probabilities.push(probabilityOf(token, sampled));
        sampled = await this.#evaluate([token], signal);
      }
      return probabilities;
    }).finally(() => turn.leave());
  }

  settled(): Promise<void> {
    return this.#deps.cores.run(this, new AbortController().signal, () => Promise.resolve());
  }

  async dispose(): Promise<void> {
    await this.#deps.cores.run(this, new AbortController().signal, () => this.#deps.context.dispose());
    await this.#deps.onDispose();
  }

  /** Evaluates what the KV cache does not have; at least the last token, for what follows it. */
  async #prefill(prompt: readonly Token[], signal: AbortSignal): Promise<{ reused: number; sampled: Sampled }> {
    const sequence = bestFor(prompt, this.#sequences);
    this.#sequences = [sequence, ...this.#sequences.filter((other) => other !== sequence)];
    sequence.cut(Math.min(sequence.shared(prompt), prompt.length - 1));
    const reused = sequence.length;
    const { cores } = this.#deps;
    let at = reused;
    for (let piece = this.#piece(prompt.length - at); at + piece < prompt.length; piece = this.#piece(prompt.length - at)) {
      const tokens = prompt.slice(at, at + piece);
      await cores.run(this, signal, () => sequence.evaluate(tokens, this.#threads(piece)));
      this.#counted.evaluated += piece;
      at += piece;
      signal.throwIfAborted();
    }
    const sampled = await this.#evaluate(prompt.slice(at), signal);
    this.#counted.evaluated += prompt.length - at;
    return { reused, sampled };
  }

  /**
   * Tokens to evaluate next. Flash attention has its full speed for whole chunks alone; what does not fill one takes twice as long by the token, and so
   * goes in halves: nobody who takes a request back waits longer than for a whole one.
   */
  #piece(rest: number): number {
    const { chunk } = this.#deps;
    const whole = this.#threads(chunk.shared) > 1 ? chunk.shared : chunk.alone;
    return rest >= whole ? whole : whole / 2;
  }

  #threads(tokens: number): number {
    const { threadsFor, threads } = this.#deps;
    return threadsFor(tokens, threads.count());
  }

  /** Where the caller's work on a token is a good part of its time, the next one is evaluated meanwhile: at most one that nobody will ask for. */
  async *#decode(first: Step, options: GenerateOptions, turn: Turn): AsyncGenerator<Step, void, undefined> {
    let coming: Promise<Step> | undefined;
    try {
      let step = first;
      for (let count = 1; !this.#deps.vocabulary.isEnd(step.token); count += 1) {
        const { token } = step;
        const evaluate = (): Promise<Step> => turn.run(() => this.#next(token, options));
        if (this.#deps.eager && count < options.maxTokens) (coming = evaluate()).catch(() => undefined);
        yield step;
        if (count >= options.maxTokens) return;
        step = await (coming ?? evaluate());
      }
    } finally {
      await coming?.catch(() => undefined);
      turn.leave();
    }
  }

  async #next(token: Token, options: GenerateOptions): Promise<Step> {
    const sampled = await this.#evaluate([token], options.signal);
    this.#counted.generated += 1;
    return this.#choose(sampled, options);
  }

  /** Unless a token is to be drawn, what the engine has drawn is ignored. */
  #choose(sampled: Sampled, { candidates: count, choose, temperature = 0 }: GenerateOptions): Step {
    const { token: drawn, ranked } = sampled;
    if (count === undefined && !choose) {
      const token = temperature > 0 ? drawn : ranked[0]![0];
      return { token, probability: probabilityOf(token, sampled) };
    }
    const candidates: Candidate[] = ranked.slice(0, count).map(([token, probability]) => ({ token, probability, ends: this.#deps.vocabulary.isEnd(token) }));
    const token = choose ? choose(candidates) : candidates[0]!.token;
    return { token, probability: probabilityOf(token, sampled), ...count !== undefined && { candidates } };
  }

  /** Evaluates the tokens and samples what follows them. */
  #evaluate(tokens: readonly Token[], signal: AbortSignal): Promise<Sampled> {
    return this.#deps.cores.run(this, signal, async () => {
      const [sequence] = this.#sequences;
      await sequence!.evaluate(tokens, this.#threads(tokens.length));
      return sequence!.sample(this.#sampler);
    });
  }
}

/** Where the prompt is evaluated with the least work, counting twice what the sequence in use would forget, and older ones less. */
function bestFor(prompt: readonly Token[], sequences: readonly NativeSequence[]): NativeSequence {
  const costs = sequences.map((sequence, age) => {
    const shared = sequence.shared(prompt);
    return { sequence, cost: prompt.length - shared + 2 * (sequence.length - shared) / (1 + age) };
  });
  return costs.reduce((best, other) => other.cost < best.cost ? other : best).sequence;
}

function probabilityOf(token: Token, { ranked }: Sampled): number {
  return ranked.find(([other]) => other === token)?.[1] ?? 0;
}

/** Sampling with `topK` sorts only the head of the vocabulary; the engine's own greedy mode sorts all of it for the probabilities. */
function samplingFor({ candidates = 0, choose, temperature = 0 }: GenerateOptions): Sampling {
  if (temperature > 0 && !choose) return { ...DRAWN, temperature, seed: Math.floor(Math.random() * 2 ** 31) };
  return { ...LIKELIEST, topK: Math.max(CANDIDATES, candidates) };
}
