// The language model as core sees it, on top of node-llama-cpp: the only file that imports it. One context, one sequence, whose KV cache
// stays from one generation to the next. Everything runs in pieces of at most 64 tokens, because that is how often it can be stopped.
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import type { ControlledEvaluateInputItem, Llama, LlamaContext, LlamaContextSequence, LlamaModel, Token as LlamaToken } from "node-llama-cpp";
import type { Candidate, FimTokens, GenerateOptions, Generation, LanguageModel, Step, Token } from "../core/model.js";
import { createGate, type Gate } from "./gate.js";
import { chooseThreads, type Threads } from "./threads.js";

export interface EngineOptions {
  modelFile: string;
  maxThreads?: number;
  /** One line from the engine, meant for the log. */
  log: (message: string) => void;
}

export interface Engine extends LanguageModel {
  /** The most threads that it uses. */
  readonly threads: number;
  /** How many of the prompt's tokens the KV cache holds at this moment. */
  cached(prompt: readonly Token[]): number;
  /** Probability of each token of a given continuation, over the whole vocabulary; for evaluation, slow. */
  score(prompt: readonly Token[], continuation: readonly Token[], signal: AbortSignal): Promise<number[]>;
  dispose(): Promise<void>;
}

/** The native engine does not run on this machine: another libc, or a processor without a build. */
export class NoEngineError extends Error {}

/** Full speed of the prefill needs 64 tokens at a time, and no more; the longest wait for a cancelled request grows with it. */
const CHUNK = 64;
/** Longer contexts cost memory, and a prompt that long could not be evaluated while somebody types. Room for the largest budget and an answer. */
const MAX_CONTEXT = 2304;
/** Tokens that probabilities are computed over: sorting the whole vocabulary costs as much as evaluating a small model. */
const CANDIDATES = 64;

/** Loads the model. Throws {@link NoEngineError}, or what the engine says about the file. */
export async function loadEngine(options: EngineOptions): Promise<Engine> {
  const threads = chooseThreads(availableParallelism(), options.maxThreads);
  const llama = await startLlama(threads.most, options.log);
  const model = await llama.loadModel({ modelPath: options.modelFile });
  const context = await model.createContext({
    contextSize: Math.min(model.trainContextSize, MAX_CONTEXT),
    batchSize: CHUNK,
    threads: threads.most,
    flashAttention: headDimension(model) >= 64, // with smaller heads it triples the time of a token on a CPU
  });
  return new LlamaEngine(llama, model, context, threads);
}

async function startLlama(threads: number, log: (message: string) => void): Promise<Llama> {
  const { getLlama, LlamaLogLevel, NoBinaryFoundError } = await import("node-llama-cpp");
  try {
    return await getLlama({
      gpu: false, build: "never", skipDownload: true, progressLogs: false, maxThreads: threads,
      logLevel: LlamaLogLevel.warn, logger: (level, message) => log(`llama.cpp ${level}: ${message.trimEnd()}`),
    });
  } catch (error) {
    throw error instanceof NoBinaryFoundError ? new NoEngineError(error.message) : error;
  }
}

class LlamaEngine implements Engine {
  readonly name: string;
  readonly contextLength: number;
  readonly threads: number;
  readonly fim: FimTokens | undefined;
  private readonly sequence: LlamaContextSequence;
  private readonly gate: Gate = createGate();
  private readonly ends = new Map<Token, boolean>();
  /** SentencePiece vocabularies put a space before every text; these keep it out. */
  private readonly newline: LlamaToken[];

  constructor(private readonly llama: Llama, private readonly model: LlamaModel, context: LlamaContext, private readonly threadChoice: Threads) {
    this.threads = threadChoice.most;
    const { name } = model.fileInfo.metadata.general;
    this.name = typeof name === "string" && name !== "" ? name : basename(model.filename ?? "model");
    this.contextLength = Math.min(context.contextSize, model.trainContextSize);
    this.fim = fimTokens(model);
    this.sequence = context.getSequence();
    this.newline = model.detokenize(model.tokenize(" a")) === " a" ? [] : model.tokenize("\n", false, "trimLeadingSpace");
  }

  tokenize(text: string): Token[] {
    return this.newline.length === 0 ? this.model.tokenize(text) : this.model.tokenize(text, false, "trimLeadingSpace");
  }

  /** Bytes at the end that do not yet make a character are left out. */
  detokenize(tokens: readonly Token[]): string {
    return this.model.detokenize(tokens as readonly LlamaToken[], false, this.newline).replace(/\uFFFD+$/, "");
  }

  specialToken(text: string): Token | undefined {
    const [token, ...rest] = this.model.tokenize(text, true);
    return token !== undefined && rest.length === 0 && this.model.isSpecialToken(token) ? token : undefined;
  }

  async generate(prompt: readonly Token[], options: GenerateOptions): Promise<Generation> {
    const room = this.contextLength - prompt.length;
    if (prompt.length === 0 || room <= 0) throw new RangeError(`a prompt of ${prompt.length} tokens, with room for 1 to ${this.contextLength - 1}`);
    const { signal } = options;
    const turn = new Turn(await this.gate.enter(signal), signal);
    return turn.run(async () => {
      const started = performance.now();
      const { reused, rest } = await this.reuse(prompt);
      while (rest.length > CHUNK) {
        this.llama.maxThreads = this.threadChoice.count();
        await this.sequence.evaluateWithoutGeneratingNewTokens(rest.splice(0, CHUNK));
        signal.throwIfAborted();
      }
      const first = await this.next(rest, options);
      return { reused, prefillMs: performance.now() - started, steps: this.decode(first, { ...options, maxTokens: Math.min(options.maxTokens, room) }, turn) };
    });
  }

  cached(prompt: readonly Token[]): number {
    return this.sequence.compareContextTokens(prompt as LlamaToken[]).firstDifferentIndex;
  }

  async score(prompt: readonly Token[], continuation: readonly Token[], signal: AbortSignal): Promise<number[]> {
    const vocabulary = this.model.fileInfo.metadata.tokenizer.ggml.tokens.length;
    const options = { temperature: 1, topK: vocabulary, topP: 1, minP: 0, seed: 0 };
    const turn = new Turn(await this.gate.enter(signal), signal);
    return turn.run(async () => {
      const { rest } = await this.reuse(prompt);
      const known = rest.slice(0, -1);
      while (known.length > 0) await this.sequence.evaluateWithoutGeneratingNewTokens(known.splice(0, CHUNK));
      const probabilities: number[] = [];
      let before = rest.at(-1)!;
      for (const token of continuation as LlamaToken[]) {
        const [output] = await this.sequence.controlledEvaluate([[before, { generateNext: { probabilities: true, options } }]]);
        probabilities.push(output?.next.probabilities?.get(token) ?? 0);
        before = token;
      }
      return probabilities;
    }).finally(() => turn.leave());
  }

  dispose(): Promise<void> {
    return this.llama.dispose();
  }

  /** Cuts the KV cache back to what it shares with the prompt. At least the last token is left to evaluate, for what follows it. */
  private async reuse(prompt: readonly Token[]): Promise<{ reused: number; rest: LlamaToken[] }> {
    const tokens = prompt as LlamaToken[];
    await this.sequence.adaptStateToTokens(tokens.slice(0, -1), false);
    const reused = this.sequence.nextTokenIndex;
    return { reused, rest: tokens.slice(reused) };
  }

  private async *decode(first: Chosen, options: GenerateOptions, turn: Turn): AsyncGenerator<Step, void, undefined> {
    try {
      let chosen = first;
      for (let count = 1; !this.isEnd(chosen.step.token); count += 1) {
        yield chosen.step;
        if (count >= options.maxTokens) return;
        const { token } = chosen;
        chosen = await turn.run(() => this.next([token], options));
      }
    } finally {
      turn.leave();
    }
  }

  /**
   * Evaluates the tokens and chooses what follows the last one. Sampling with `topK` sorts only the head of the vocabulary, which is why the
   * engine's own greedy mode, whose probabilities sort all of it, is not used; what it sampled is ignored.
   */
  private async next(tokens: readonly LlamaToken[], { candidates, choose }: GenerateOptions): Promise<Chosen> {
    const input: ControlledEvaluateInputItem[] = [...tokens];
    const sampling = { temperature: 1, topK: Math.max(CANDIDATES, candidates ?? 0), topP: 1, minP: 0, seed: 0 };
    input[tokens.length - 1] = [tokens.at(-1)!, { generateNext: { probabilities: true, options: sampling } }];
    this.llama.maxThreads = this.threadChoice.count();
    const outputs = await this.sequence.controlledEvaluate(input);
    const ranked = [...outputs.at(-1)?.next.probabilities ?? []];
    const likeliest = ranked[0];
    if (!likeliest) throw new Error("the engine gave no probabilities");
    if (candidates === undefined && !choose) return { token: likeliest[0], step: { token: likeliest[0], probability: likeliest[1] } };
    return this.pick(ranked, candidates, choose);
  }

  private pick(ranked: readonly [LlamaToken, number][], count: number | undefined, choose: GenerateOptions["choose"]): Chosen {
    const candidates: Candidate[] = ranked.slice(0, count).map(([token, probability]) => ({ token, probability, ends: this.isEnd(token) }));
    const token = (choose ? choose(candidates) : ranked[0]![0]) as LlamaToken;
    const probability = candidates.find((candidate) => candidate.token === token)?.probability ?? 0;
    return { token, step: { token, probability, ...count !== undefined && { candidates } } };
  }

  /** End tokens and all other control tokens: none of them is text. */
  private isEnd(token: Token): boolean {
    let ends = this.ends.get(token);
    if (ends === undefined) {
      ends = this.model.isSpecialToken(token as LlamaToken);
      this.ends.set(token, ends);
    }
    return ends;
  }
}

interface Chosen { token: LlamaToken; step: Step }

/** One generation's time on the sequence. It ends when the caller stops pulling, or with the signal, but never in the middle of an evaluation. */
class Turn {
  private evaluating = false;

  constructor(readonly leave: () => void, private readonly signal: AbortSignal) {
    signal.addEventListener("abort", () => this.evaluating || leave(), { once: true });
  }

  async run<T>(evaluate: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    this.evaluating = true;
    try {
      const result = await evaluate();
      this.evaluating = false;
      this.signal.throwIfAborted();
      return result;
    } catch (error) {
      this.leave();
      throw error;
    } finally {
      this.evaluating = false;
    }
  }
}

function headDimension(model: LlamaModel): number {
  const { attention, embedding_length: width } = model.fileInfo.architectureMetadata;
  const heads = attention?.head_count;
  return attention?.key_length ?? (typeof heads === "number" && width ? width / heads : 64);
}

/** llama.cpp finds the markers by the metadata's ids or, in older files, by their usual texts. */
function fimTokens(model: LlamaModel): FimTokens | undefined {
  const { prefix, suffix, middle } = model.tokens.infill;
  if (prefix === null || suffix === null || middle === null) return undefined;
  const ids = model.fileInfo.metadata.tokenizer.ggml as unknown as Record<string, unknown> | undefined;
  const separator = ids?.["fim_sep_token_id"];
  return { prefix, suffix, middle, ...typeof separator === "number" && { fileSeparator: separator } };
}
