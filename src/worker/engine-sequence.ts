// A language model as core sees it: one KV cache, which stays from one generation to the next, on weights that it may share. Everything
// runs in pieces of at most 64 tokens, because that is how often it can be stopped and how often something more urgent can go first.
import type { ControlledEvaluateInputItem, LlamaContext, LlamaContextSequence, LlamaModel, Token as LlamaToken } from "node-llama-cpp";
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
  /** Gives the KV cache back, and the weights if nobody else uses them. */
  dispose(): Promise<void>;
}

export interface SequenceDeps {
  model: LlamaModel;
  context: LlamaContext;
  vocabulary: Vocabulary;
  priority: Priority;
  threads: number;
  cores: Cores;
  /** To be called before every evaluation: sets the number of threads to what is good now. */
  setThreads: () => void;
  /** What else there is to give back. */
  onDispose: () => Promise<void>;
}

/** Full speed of the prefill needs 64 tokens at a time, and no more; the longest wait for a cancelled request grows with it. */
export const CHUNK = 64;
/** Tokens that probabilities are computed over: sorting the whole vocabulary costs as much as evaluating a small model. */
const CANDIDATES = 64;
/** Where the answer is drawn by chance, it is drawn among these: the usual ones for conversation. */
const DRAWN = { topK: 40, topP: 0.95, minP: 0.05 };

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
      const first = await this.#next(rest, options);
      return { reused, prefillMs: performance.now() - started, steps: this.#decode(first, { ...options, maxTokens: Math.min(options.maxTokens, room) }, turn) };
    });
  }

  cached(prompt: readonly Token[]): number {
    return this.#sequence.compareContextTokens(prompt as LlamaToken[]).firstDifferentIndex;
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
  async #prefill(rest: LlamaToken[], signal: AbortSignal, left = CHUNK): Promise<void> {
    while (rest.length > left) {
      const chunk = rest.splice(0, Math.min(CHUNK, rest.length - 1));
      await this.#evaluate(signal, () => this.#sequence.evaluateWithoutGeneratingNewTokens(chunk));
      signal.throwIfAborted();
    }
  }

  async *#decode(first: Chosen, options: GenerateOptions, turn: Turn): AsyncGenerator<Step, void, undefined> {
    try {
      let chosen = first;
      for (let count = 1; !this.#deps.vocabulary.isEnd(chosen.step.token); count += 1) {
        yield chosen.step;
        if (count >= options.maxTokens) return;
        const { token } = chosen;
        chosen = await turn.run(() => this.#next([token], options));
      }
    } finally {
      turn.leave();
    }
  }

  /**
   * Evaluates the tokens and chooses what follows the last one. Sampling with `topK` sorts only the head of the vocabulary, which is why the
   * engine's own greedy mode, whose probabilities sort all of it, is not used; unless the token is to be drawn, what it sampled is ignored.
   */
  async #next(tokens: readonly LlamaToken[], { candidates, choose, temperature = 0, signal }: GenerateOptions): Promise<Chosen> {
    const input: ControlledEvaluateInputItem[] = [...tokens];
    const drawn = temperature > 0 && !choose;
    const sampling = drawn
      ? { ...DRAWN, temperature, seed: Math.floor(Math.random() * 2 ** 31) }
      : { temperature: 1, topK: Math.max(CANDIDATES, candidates ?? 0), topP: 1, minP: 0, seed: 0 };
    input[tokens.length - 1] = [tokens.at(-1)!, { generateNext: { token: drawn, probabilities: true, options: sampling } }];
    const outputs = await this.#evaluate(signal, () => this.#sequence.controlledEvaluate(input));
    const next = outputs.at(-1)?.next;
    const ranked = [...next?.probabilities ?? []];
    const likeliest = ranked[0];
    if (!likeliest) throw new Error("the engine gave no probabilities");
    const token = (drawn ? next?.token : undefined) ?? likeliest[0];
    if (candidates !== undefined || choose) return this.#pick(ranked, token, candidates, choose);
    return { token, step: { token, probability: next?.probabilities?.get(token) ?? 0 } };
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
