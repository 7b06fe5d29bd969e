// What Inkling needs of a language model, for completion and for chat. The worker's engine implements it; tests implement it with a few lines.

/** Index into the model's vocabulary. */
export type Token = number;

/** Ids of the fill-in-the-middle markers, as the model's own metadata names them. */
export interface FimTokens {
  prefix: Token;
  suffix: Token;
  middle: Token;
  /** Begins another file in the prompt, where the model knows such a marker. */
  fileSeparator?: Token;
}

export interface LanguageModel {
  readonly name: string;
  /** Tokens that prompt and answer together may take. */
  readonly contextLength: number;
  /** Undefined for a model that was not trained to fill in the middle. */
  readonly fim: FimTokens | undefined;
  /** The model's own Jinja template, from its metadata; undefined for a model that was not trained to converse. */
  readonly chatTemplate?: string | undefined;
  /** Texts of the tokens that begin and end a document, which templates call `bos_token` and `eos_token`; undefined where there is none. */
  readonly bosText?: string | undefined;
  readonly eosText?: string | undefined;
  /** Plain text to tokens: marker texts inside it stay text. */
  tokenize(text: string): Token[];
  /** Text of ours to tokens: marker texts such as `<|im_start|>` become control tokens. Never for text that somebody else wrote. */
  tokenizeMarkup?(text: string): Token[];
  /** As {@link tokenize} for each of them, where many together are faster than one by one. */
  tokenizeAll?(texts: readonly string[]): Token[][];
  detokenize(tokens: readonly Token[]): string;
  /** The one control token whose text is exactly this, such as `<|fim_prefix|>`; undefined where the vocabulary has none. */
  specialToken(text: string): Token | undefined;
  /** How many of the prompt's tokens the KV cache holds at this moment: how far the evaluation of a prompt has come. */
  cached?(prompt: readonly Token[]): number;
  /** Evaluates the prompt (keeping what the KV cache shares with it), then decodes, token by token, as the caller pulls. */
  generate(prompt: readonly Token[], options: GenerateOptions): Promise<Generation>;
}

export interface GenerateOptions {
  maxTokens: number;
  /** Looked at between chunks of the prefill and between tokens; the promise or the iteration then throws its reason. */
  signal: AbortSignal;
  /** Report this many of the likeliest tokens with each step; without it only the chosen one. */
  candidates?: number;
  /** Above 0, tokens are drawn by chance, the more evenly the higher it is; for conversation. Default 0: always the likeliest. */
  temperature?: number;
  /** Picks the next token out of the candidates, likeliest first; without it the likeliest is taken. */
  choose?: (candidates: readonly Candidate[]) => Token;
}

/** A token that could come next. */
export interface Candidate {
  token: Token;
  /** Among the candidates that the engine looks at, which hold nearly all of the probability; 0 to 1. */
  probability: number;
  /** Choosing it ends the answer. */
  ends: boolean;
}

export interface Generation {
  /** Prompt tokens found in the KV cache. */
  readonly reused: number;
  readonly prefillMs: number;
  /** Milliseconds for tokens that were decoded before the first one is pulled; absent where each is decoded when it is pulled. */
  readonly aheadMs?: number;
  /** Ends at the model's own end token or at `maxTokens`. */
  readonly steps: AsyncIterable<Step>;
}

export interface Step {
  token: Token;
  /** Probability that the model gave this token, 0 to 1. */
  probability: number;
  /** Likeliest first; there when asked for. */
  candidates?: readonly Candidate[];
}
