// How a worker is started, and what it says about itself to its clients (extension, CLI, other editors). The other files of this
// folder hold one feature's messages each. Methods are plain strings and messages plain data, because client and server use different
// copies of the LSP library.
import type { Gpu, GpuBackend } from "./gpu.js";
import type { ServerOptions } from "./server.js";

/** Methods of Inkling's own; completion itself is the standard `textDocument/inlineCompletion`. */
export const methods = {
  /** Worker to client, notification: {@link WorkerStatus}, at every change. */
  status: "inkling/status",
  /** Worker to client, notification: {@link WorkerStatus} of the model for conversation, at every change; nothing until it is first needed. */
  chatStatus: "inkling/chatStatus",
  /** Client to worker, request without parameters: answered with `true` by a worker whose event loop is alive. */
  ping: "inkling/ping",
} as const;

/**
 * Arguments for node where a worker is started. Its objects die young, so more room for them would only be memory that lies idle; and nothing is
 * computed while nobody types, so that V8 has no memory to reduce then.
 */
export const workerNodeArguments = ["--max-semi-space-size=2", "--no-memory-reducer"] as const;

/**
 * Further arguments for node, where it knows them: the worker may read files and load the engine, but neither write nor start processes or
 * threads. Node's permission model holds for JavaScript only, and closes the network from Node 25 on; `src/worker/network.ts` does without it.
 */
export function workerRestrictions(known: Pick<ReadonlySet<string>, "has"> = process.allowedNodeEnvironmentFlags): string[] {
  const permission = ["--permission", "--experimental-permission"].find((flag) => known.has(flag));
  if (permission === undefined || !known.has("--disable-warning")) return [];
  return [permission, "--allow-fs-read=*", "--allow-addons", "--disable-warning=ExperimentalWarning", "--disable-warning=SecurityWarning"];
}

/** `initializationOptions` of the worker. All paths are absolute. */
export interface WorkerOptions {
  /** The GGUF to load. */
  modelFile: string;
  /** The GGUF for chat, explanations and commit messages, loaded when it is first needed; absent, there is none. May be the same as `modelFile`. */
  chatModelFile?: string;
  /** LoRA adapters (GGUF) for `modelFile` and for `chatModelFile`. */
  adapterFile?: string;
  chatAdapterFile?: string;
  /** A model server that answers instead of any model here; see server.ts. Absent, there is none. */
  server?: ServerOptions;
  /** False where the client registers a provider of its own and sends the requests itself. Default true. */
  announceInlineCompletion?: boolean;
  /** Upper limit for engine threads; default from the number of cores. */
  maxThreads?: number;
  /** Graphics processors that may be tried for models that are worth it, in this order; default none. */
  gpu?: readonly GpuBackend[];
  /** For evaluation: `raw` puts nothing but the window around the cursor into the prompt. Default `compact`. */
  context?: "compact" | "raw";
  /** Whether what the open files say is mixed with what the model says; by default with small models. For evaluation: what the `prompt` says alone. */
  ngram?: boolean | "prompt";
  /** Whether the model writes a begun word again from its start; by default all but small ones do. A model server never does. */
  healing?: boolean;
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
  /** Address of the server that answers instead of this machine; absent where nothing leaves the process. */
  server?: string;
  /** What computes, where it is not the processor. */
  gpu?: Gpu;
}

export type ModelProblemCode =
  | "missing"       // no such file, or not readable
  | "empty"         // zero bytes
  | "truncated"     // a GGUF header whose tensors lie beyond the end of the file
  | "not-gguf"      // some other kind of file
  | "checksum"      // differs from the SHA-256 in the catalogue
  | "no-fim"        // loads, but names no fill-in-the-middle tokens
  | "no-engine"     // the native engine does not run on this machine
  | "load-failed"   // the engine refused it
  | "server";       // the model server cannot be used; `file` is its address

export interface ModelProblem {
  code: ModelProblemCode;
  file: string;
  /** One sentence for the user, naming the file and what is wrong. */
  message: string;
}
