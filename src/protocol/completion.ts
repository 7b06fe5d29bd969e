// What a completion's request and answer carry beyond the standard `textDocument/inlineCompletion`. Plain data.

/** Methods of Inkling's own around completion. */
export const completionMethods = {
  /** Client to worker, notification: {@link Accepted}. */
  accepted: "inkling/accepted",
  /** Client to worker, request of the evaluation: {@link ScoreParams}, answered with a {@link Score}, or null without a model or document. */
  score: "inkling/score",
} as const;

/** Sent with `textDocument/inlineCompletion` beside the standard parameters. */
export interface CompletionRequestExtras {
  /** Version of the document that the position belongs to; the worker answers `stale` if it has another one. */
  version?: number;
  /** Asked by a person who wants to know why: the same as when typing, but nothing is taken from memory and nothing waits. */
  explain?: boolean;
  /** Where automatic suggestions are welcome; everywhere where nothing is said. */
  suggestIn?: SuggestIn;
}

export interface SuggestIn {
  comments: boolean;
  strings: boolean;
}

/** Comes with the standard `InlineCompletionList`, under `record`. */
export interface CompletionRecord {
  reason: ReasonCode;
  /** Name of the model that was asked, or would have been. */
  model: string;
  timings: { totalMs: number; contextMs: number; prefillMs: number; decodeMs: number };
  tokens: { prompt: number; reused: number; generated: number };
  /** Probability of what was generated as a whole, 0 to 1; absent when nothing was generated. */
  confidence?: number;
  /** What the model said before the filters; only where the worker was asked for it. */
  unfiltered?: string;
  /** Where the answer comes from; absent where the request ended before there could be one. */
  origin?: Origin;
  /** What the prompt was made of, in its order; the tokens together are `tokens.prompt`. Absent where no prompt was made. */
  parts?: PromptPart[];
  /** Tokens that a prompt may have at most. */
  budget?: number;
  /** How much the model said, before the filters looked at it. */
  said?: { chars: number; lines: number };
  place?: PlaceSummary;
}

export type Origin =
  | "model"    // generated for this request
  | "adopted"  // generated for the key before, which this one agreed with
  | "cache"    // remembered: what is left of a suggestion, or that there is none here
  | "ahead";   // found out while the suggestion before was being read

/** A part of the prompt, without its text. */
export interface PromptPart {
  kind: "neighbour" | "imports" | "scope" | "signature" | "skeleton" | "usage" | "window" | "suffix" | "markers";
  /** Of another file: relative to the workspace. */
  path?: string;
  /** Exact for neighbours, suffix and markers; what stands above the cursor is one text, whose tokens are shared out by length. */
  tokens: number;
}

/** Where it was asked, in numbers only. */
export interface PlaceSummary {
  languageId: string;
  /** Characters of the document. */
  chars: number;
  /** Characters on the cursor's line, left and right of it. */
  before: number;
  after: number;
  /** Brackets and quotes that are open at the cursor. */
  open: number;
  /** Lines that a suggestion may have here; absent where none is wanted. */
  lines?: number;
}

/** Why a request ended as it did. Every request ends with exactly one of these. */
export type ReasonCode =
  | "shown"              // there is a suggestion
  | "cancelled"          // a newer keystroke, or the editor, took the request back
  | "stale"              // the document changed before the request could be looked at
  | "unknown-document"   // the worker was never told about this document
  | "model-loading"      // asked while the model was still loading
  | "no-model"           // the model could not be loaded; the status says why
  | "inside-identifier"  // the character right of the cursor continues a word
  | "text-after-cursor"  // the rest of the line is more than closing brackets and punctuation
  | "in-comment"         // comments are switched off in the settings
  | "in-string"          // strings are switched off in the settings
  | "empty-document"     // nothing to go on
  | "too-large"          // the document is over 1 MB
  | "binary"             // no text
  | "generated"          // written by a program, so not by hand
  | "secret-file"        // .env, keys and the like never enter a prompt
  | "no-suggestion"      // the model ended at once or gave only white space
  | "repetition"         // the model repeated itself or the lines above
  | "already-there"      // what comes next in the document says the same
  | "unbalanced"         // brackets that neither the document nor the suggestion closes
  | "syntax-error"       // accepting it would add a parse error
  | "low-confidence"     // the model was not sure enough
  | "engine-error";      // the engine failed; the log says how

/** Payload of {@link completionMethods.accepted}. */
export interface Accepted {
  uri: string;
  text: string;
}

/** Payload of {@link completionMethods.score}: how likely is this text at this place? The prompt is the one that a completion there would get. */
export interface ScoreParams {
  textDocument: { uri: string };
  position: { line: number; character: number };
  text: string;
}

export interface Score {
  /** Information in the text under the model: the sum of -log2 of its tokens' probabilities. */
  bits: number;
  tokens: number;
}
