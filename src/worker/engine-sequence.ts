// A language model as core sees it: one KV cache, which stays from one generation to the next, on weights that it may share. Everything
// runs in pieces of a few dozen tokens, because that is how often it can be stopped and how often something more urgent can go first.
import type { LlamaContext, LlamaContextSequence, LlamaModel, Token as LlamaToken } from "node-llama-cpp";
import type { Candidate, GenerateOptions, Generation, LanguageModel, Step, Token } from "../core/model.js";
import type { Cores, CoreUser, Priority } from "./cores.js";
import type { Vocabulary } from "./engine-vocabulary.js";
import { createGate, type Gate } from "./gate.js";
import { Turn } from "./turn.js";

export interface Engine extends LanguageModel {
  /** The most threads that it uses. */
  readonly threads: number;
  /** How many of the prompt's tokens the KV cache holds at this moment. */
  cached(prompt: readonly Token[]): number;
  /** Probability of each token of a given continuation, over the whole vocabulary; for evaluation, slow. */
  score(prompt: readonly Token[], continuation: readonly Token[], signal: AbortSignal): Promise<number[]>;
  /** Tokens that went through the model so far. */
  counted(): { evaluated: number; generated: number };
  /** Resolves when nothing is being computed. */
  settled(): Promise<void>;
  /** Gives the KV cache back, and the weights if nobody else uses them. */
  dispose(): Promise<void>;
}

export interface SequenceDeps {
  model: LlamaModel;
  context: LlamaContext;
  vocabulary: Vocabulary;
  priority: Priority;
  threads: number;
  /** Tokens evaluated at a time. */
  chunk: number;
  cores: Cores;
  /** To be called before every evaluation: sets the number of threads to what is good now. */
  setThreads: () => void;
  /** What else there is to give back. */
  onDispose: () => Promise<void>;
}

/** Tokens that probabilities are computed over: sorting the whole vocabulary costs as much as evaluating a small model. */
const CANDIDATES = 64;
/** Where the answer is drawn by chance, it is drawn among these: the usual ones for conversation. */
const DRAWN = { topK: 40, topP: 0.95, minP: 0.05 };

type Sampled = ReturnType<typeof LlamaContextSequence.prototype.evaluateWithMetadata<{ readonly probabilities: true }>>;

interface Chosen { token: LlamaToken; step: Step }

export class SequenceModel implements Engine, CoreUser {
  readonly name: string;
  readonly contextLength: number;
  readonly threads: number;
  readonly priority: Priority;
  readonly fim: LanguageModel["fim"];
  readonly chatTemplate: string | undefined;
  readonly bosText: string | undefined;
  readonly eosText: string | undefined;
  readonly #deps: SequenceDeps;
  readonly #sequence: LlamaContextSequence;
  readonly #gate: Gate = createGate();

  constructor(deps: SequenceDeps) {
    const { model, context, vocabulary } = deps;
    this.#deps = deps;
    this.#sequence = context.getSequence();
    this.contextLength = Math.min(context.contextSize, model.trainContextSize);
    this.threads = deps.threads;
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
      const { reused, rest } = await this.#reuse(prompt);
      await this.#prefill(rest, signal);
      const sampled = this.#sample(rest, options);
      const first = await this.#next(sampled, undefined, options);
      return { reused, prefillMs: performance.now() - started, steps: this.#decode(sampled, first, { ...options, maxTokens: Math.min(options.maxTokens, room) }, turn) };
    });
  }

  cached(prompt: readonly Token[]): number {
    return this.#sequence.compareContextTokens(prompt as LlamaToken[]).firstDifferentIndex;
  }

  counted(): { evaluated: number; generated: number } {
    const { usedInputTokens, usedOutputTokens } = this.#sequence.tokenMeter;
    return { evaluated: usedInputTokens, generated: usedOutputTokens };
  }

  settled(): Promise<void> {
    return this.#deps.cores.run(this, new AbortController().signal, () => Promise.resolve());
  }

  async score(prompt: readonly Token[], continuation: readonly Token[], signal: AbortSignal): Promise<number[]> {
    const options = { temperature: 1, topK: this.#deps.vocabulary.size, topP: 1, minP: 0, seed: 0 };
    const turn = new Turn(await this.#gate.enter(signal), signal);
    return turn.run(async () => {
      const { rest } = await this.#reuse(prompt);
      await this.#prefill(rest, signal, 1);
      const probabilities: number[] = [];
      let before = rest.at(-1)!;
      for (const token of continuation as LlamaToken[]) {
        const [output] = await this.#evaluate(signal, () => this.#sequence.controlledEvaluate([[before, { generateNext: { probabilities: true, options } }]]));
        probabilities.push(output?.next.probabilities?.get(token) ?? 0);
        before = token;
      }
      return probabilities;
    }).finally(() => turn.leave());
  }

  async dispose(): Promise<void> {
    await this.#deps.context.dispose();
    await this.#deps.onDispose();
  }

  /** Cuts the KV cache back to what it shares with the prompt. At least the last token is left to evaluate, for what follows it. */
  async #reuse(prompt: readonly Token[]): Promise<{ reused: number; rest: LlamaToken[] }> {
    const tokens = prompt as LlamaToken[];
    await this.#sequence.adaptStateToTokens(tokens.slice(0, -1), false);
    const reused = this.#sequence.nextTokenIndex;
    return { reused, rest: tokens.slice(reused) };
  }

  /** Evaluates from the front until no more than so many tokens are left. */
  async #prefill(rest: LlamaToken[], signal: AbortSignal, left = this.#deps.chunk): Promise<void> {
    while (rest.length > left) {
      const chunk = rest.splice(0, Math.min(this.#deps.chunk, rest.length - 1));
      await this.#evaluate(signal, () => this.#sequence.evaluateWithoutGeneratingNewTokens(chunk));
      signal.throwIfAborted();
    }
  }

  async *#decode(sampled: Sampled, first: Chosen, options: GenerateOptions, turn: Turn): AsyncGenerator<Step, void, undefined> {
    try {
      let chosen = first;
      for (let count = 1; !this.#deps.vocabulary.isEnd(chosen.step.token); count += 1) {
        yield chosen.step;
        if (count >= options.maxTokens) return;
        const { token } = chosen;
        chosen = await turn.run(() => this.#next(sampled, token, options));
      }
    } finally {
      turn.leave();
      void sampled.return();
    }
  }

  /**
   * The library's loop over tokens, which evaluates when it is pulled. Sampling with `topK` sorts only the head of the vocabulary, which is why
   * the engine's own greedy mode, whose probabilities sort all of it, is not used; unless the token is to be drawn, what it sampled is ignored.
   */
  #sample(tokens: LlamaToken[], { candidates = 0, temperature = 0 }: GenerateOptions): Sampled {
    const sampling = temperature > 0
      ? { ...DRAWN, temperature, seed: Math.floor(Math.random() * 2 ** 31) }
      : { temperature: 1, topK: Math.max(CANDIDATES, candidates), topP: 1, minP: 0, seed: 0 };
    return this.#sequence.evaluateWithMetadata(tokens, { probabilities: true }, { ...sampling, yieldEogToken: true });
  }

  /** Evaluates the token chosen before and chooses what follows it. */
  async #next(sampled: Sampled, before: LlamaToken | undefined, { candidates, choose, temperature = 0, signal }: GenerateOptions): Promise<Chosen> {
    const { value } = await this.#evaluate(signal, () => before === undefined ? sampled.next() : sampled.next(before));
    if (!value) throw new Error("the engine gave no probabilities");
    const ranked = value.probabilities.entries().next().value;
    if (!ranked) throw new Error("the engine gave no probabilities");
    const token = temperature > 0 ? value.token : ranked[0];
    if (candidates !== undefined || choose) return this.#pick([...value.probabilities], token, candidates, choose);
    return { token, step: { token, probability: value.probabilities.get(token) ?? 0 } };
  }

  #pick(ranked: readonly [LlamaToken, number][], sampled: LlamaToken, count: number | undefined, choose: GenerateOptions["choose"]): Chosen {
    const candidates: Candidate[] = ranked.slice(0, count).map(([token, probability]) => ({ token, probability, ends: this.#deps.vocabulary.isEnd(token) }));
    const token = (choose ? choose(candidates) : sampled) as LlamaToken;
    const probability = candidates.find((candidate) => candidate.token === token)?.probability ?? 0;
    return { token, step: { token, probability, ...count !== undefined && { candidates } } };
  }

  #evaluate<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return this.#deps.cores.run(this, signal, () => {
      this.#deps.setThreads();
      return work();
    });
  }
}
