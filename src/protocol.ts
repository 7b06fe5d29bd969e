// What the worker and its clients (extension, CLI, other editors) say to each other beyond standard LSP.
// Methods are plain strings and messages plain data, because client and server use different copies of the LSP library.

/** Methods of Inkling's own; completion itself is the standard `textDocument/inlineCompletion`. */
export const methods = {
  /** Worker to client, notification: {@link WorkerStatus}, at every change. */
  status: "inkling/status",
  /** Client to worker, request without parameters: answered with `true` by a worker whose event loop is alive. */
  ping: "inkling/ping",
  /** Client to worker, notification: {@link Accepted}. */
  accepted: "inkling/accepted",
  /** Client to worker, request of the evaluation: {@link ScoreParams}, answered with a {@link Score}, or null without a model or document. */
  score: "inkling/score",
} as const;

/** Arguments for node where a worker is started: its objects die young, so more room for them would only be memory that lies idle. */
export const workerNodeArguments = ["--max-semi-space-size=2"] as const;

/** `initializationOptions` of the worker. All paths are absolute. */
export interface WorkerOptions {
  /** The GGUF to load. */
  modelFile: string;
  /** False where the client registers a provider of its own and sends the requests itself. Default true. */
  announceInlineCompletion?: boolean;
  /** Upper limit for engine threads; default from the number of cores. */
  maxThreads?: number;
  /** For evaluation: `raw` puts nothing but the window around the cursor into the prompt. Default `compact`. */
  context?: "compact" | "raw";
  /** Whether what the open files say is mixed with what the model says; by default with small models. */
  ngram?: boolean;
  /** For evaluation: prompt budget in tokens, instead of the one that follows from the model's speed. */
  budget?: number;
  /** For evaluation: say in every record what the model said before the filters. */
  unfiltered?: boolean;
}

export type WorkerStatus =
  | { state: "loading"; model: string }
  | { state: "ready"; model: ModelSummary }
  | { state: "problem"; problem: ModelProblem };

export interface ModelSummary {
  /** Name from the GGUF's metadata, or the file's name. */
  name: string;
  file: string;
  /** Tokens of context that the model is used with. */
  contextLength: number;
  /** Milliseconds from the start of loading to the first token. */
  loadMs: number;
}

export type ModelProblemCode =
  | "missing"       // no such file, or not readable
  | "empty"         // zero bytes
  | "truncated"     // a GGUF header whose tensors lie beyond the end of the file
  | "not-gguf"      // some other kind of file
  | "checksum"      // differs from the SHA-256 in the catalogue
  | "no-fim"        // loads, but names no fill-in-the-middle tokens
  | "no-engine"     // the native engine does not run on this machine
  | "load-failed";  // the engine refused it

export interface ModelProblem {
  code: ModelProblemCode;
  file: string;
  /** One sentence for the user, naming the file and what is wrong. */
  message: string;
}

/** Sent with `textDocument/inlineCompletion` beside the standard parameters. */
export interface CompletionRequestExtras {
  /** Version of the document that the position belongs to; the worker answers `stale` if it has another one. */
  version?: number;
}

/** Comes with the standard `InlineCompletionList`, under `record`. */
export interface CompletionRecord {
  reason: ReasonCode;
  /** Name of the model that was asked, or would have been. */
  model: string;
  timings: { totalMs: number; contextMs: number; prefillMs: number; decodeMs: number };
  tokens: { prompt: number; reused: number; generated: number };
  /** Mean probability of the generated tokens, 0 to 1; absent when nothing was generated. */
  confidence?: number;
  /** What the model said before the filters; only where the worker was asked for it. */
  unfiltered?: string;
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

/** Payload of {@link methods.accepted}. */
export interface Accepted {
  uri: string;
  text: string;
}

/** Payload of {@link methods.score}: how likely is this text at this place? The prompt is the one that a completion there would get. */
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
