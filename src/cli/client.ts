// The worker seen from outside: an LSP client over stdio, as small as one can be, for the command line, the evaluation and the tests.
// It knows the protocol and nothing of what the worker does inside.
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type CancellationToken, CancellationTokenSource, createProtocolConnection, ProgressType, StreamMessageReader, StreamMessageWriter,
  type InlineCompletionItem, type Position, type ProtocolConnection, type Range, type SelectedCompletionInfo,
} from "vscode-languageserver-protocol/node";
import { completionMethods, type Accepted, type CompletionRecord, type Score, type ScoreParams } from "../protocol/completion.js";
import { gpuMethods, type GpuReport } from "../protocol/gpu.js";
import { serverMethods, type ServerOutcome, type ServerPart, type ServerRequest } from "../protocol/server.js";
import { methods, workerNodeArguments, workerRestrictions, type ModelSummary, type WorkerOptions, type WorkerStatus } from "../protocol/worker.js";

export interface StartOptions extends WorkerOptions {
  /** Folder that paths are relative to. */
  folder?: string;
  /** The bundled worker; default the one beside the command line's own bundle. */
  workerFile?: string;
  /** Further arguments for node itself. */
  nodeArguments?: string[];
  /** Asks the model server for the worker, where `server` is set. */
  relay?: (request: ServerRequest, onPart: (part: ServerPart) => void, signal: AbortSignal) => Promise<ServerOutcome>;
  /** Receives what comes of trying the graphics processors in `gpu`. */
  onGpu?: (report: GpuReport) => void;
  /** Receives the worker's log lines; default nobody. */
  log?: (message: string) => void;
}

export interface Completion {
  items: InlineCompletionItem[];
  record: CompletionRecord;
}

export interface CompleteOptions {
  /** As if by key or command, which waits for the model; default true. False is as if by typing. */
  invoked?: boolean;
  /** Version that the position belongs to; default the one that this client sent last. */
  version?: number;
  /** The entry chosen in the editor's suggestion list. */
  selected?: SelectedCompletionInfo;
  /** Nothing from memory: for somebody who wants to know why. */
  explain?: boolean;
  signal?: AbortSignal;
}

export interface RequestOptions<P> {
  signal?: AbortSignal;
  onPart?: (part: P) => void;
}

export interface WorkerClient {
  readonly pid: number;
  /** The last status that the worker sent. */
  status(): WorkerStatus | undefined;
  /** Resolves with the loaded model; rejects with the problem's message, or when the worker ends. */
  readonly ready: Promise<ModelSummary>;
  /** Resolves when the process is gone, whatever ended it. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  openDocument(uri: string, languageId: string, text: string): void;
  /** Replaces a range, or everything. */
  changeDocument(uri: string, text: string, range?: Range): void;
  closeDocument(uri: string): void;
  /** Rejects when the signal fires, and when the worker ends. */
  complete(uri: string, position: Position, options?: CompleteOptions): Promise<Completion>;
  /** How likely a text is at a place; null without a model or document. */
  score(uri: string, position: Position, text: string): Promise<Score | null>;
  accepted(accepted: Accepted): void;
  /** A request of Inkling's own; `onPart` gets the partial results. Rejects when the signal fires, and when the worker ends. */
  request<R, P = never>(method: string, params: object, options?: RequestOptions<P>): Promise<R>;
  ping(): Promise<boolean>;
  /** Any other notification of the protocol. */
  notify(method: string, params: object): void;
  /** Ends the worker in good order; by force after two seconds. */
  close(): Promise<void>;
}

/** `dist/worker.mjs`, from the bundle beside it or from the sources. */
export function defaultWorkerFile(): string {
  const beside = join(__dirname, "worker.mjs");
  return existsSync(beside) ? beside : resolve(__dirname, "../../dist/worker.mjs");
}

/** The embedded model. */
export function defaultModelFile(): string {
  return resolve(defaultWorkerFile(), "../../models/inkling-nano.gguf");
}

/** Resolves when the worker answers; the model is then still loading. Rejects when the process cannot be started. */
export async function startWorker(options: StartOptions): Promise<WorkerClient> {
  const { folder, workerFile = defaultWorkerFile(), nodeArguments = [], log, relay, onGpu, ...workerOptions } = options;
  const child = spawn(process.execPath, [...workerNodeArguments, ...workerRestrictions(), ...nodeArguments, workerFile, "--stdio"], { stdio: ["pipe", "pipe", log ? "inherit" : "ignore"] });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((settle) => {
    child.once("exit", (code, signal) => settle({ code, signal }));
    child.once("error", () => settle({ code: null, signal: null }));
  });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const statuses = watchStatus(connection, exited);
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => log?.(message));
  connection.onNotification(gpuMethods.report, (report: GpuReport) => onGpu?.(report));
  connection.onUnhandledNotification(() => undefined);
  if (relay) relayRequests(connection, relay);
  void exited.then(() => connection.dispose()); // which rejects what is still waiting for an answer
  connection.onError(() => undefined); // a broken pipe is the worker's end, which `exited` reports
  connection.listen();
  const uri = folder === undefined ? null : pathToFileURL(folder).href;
  const gone = exited.then(({ code, signal }) => Promise.reject(new Error(`the worker ended at its start (${signal ?? code})`)));
  await Promise.race([gone, connection.sendRequest("initialize", {
    processId: process.pid, rootUri: uri, capabilities: {}, initializationOptions: workerOptions,
    workspaceFolders: uri === null ? null : [{ uri, name: "folder" }],
  })]);
  await connection.sendNotification("initialized", {});
  return { pid: child.pid!, ...statuses, exited, ...documentMessages(connection), ...otherMessages(connection), close: () => close(connection, child, exited) };
}

function relayRequests(connection: ProtocolConnection, relay: NonNullable<StartOptions["relay"]>): void {
  connection.onRequest<ServerOutcome, unknown>(serverMethods.request, async (request: ServerRequest, token: CancellationToken) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return relay(request, notifier(connection).bind(undefined, serverMethods.part), controller.signal);
  });
}

type Exited = WorkerClient["exited"];

function watchStatus(connection: ProtocolConnection, exited: Exited): Pick<WorkerClient, "status" | "ready"> {
  let last: WorkerStatus | undefined;
  const ready = new Promise<ModelSummary>((resolve, reject) => {
    connection.onNotification(methods.status, (status: WorkerStatus) => {
      last = status;
      if (status.state === "ready") resolve(status.model);
      if (status.state === "problem") reject(new Error(status.problem.message));
    });
    void exited.then(({ code, signal }) => reject(new Error(`the worker ended (${signal ?? code})`)));
  });
  ready.catch(() => undefined); // whoever does not wait for it learns the problem from the record of a request
  return { status: () => last, ready };
}

function documentMessages(connection: ProtocolConnection): Pick<WorkerClient, "openDocument" | "changeDocument" | "closeDocument" | "complete"> {
  const versions = new Map<string, number>();
  const send = notifier(connection);
  return {
    openDocument(uri, languageId, text) {
      versions.set(uri, 1);
      send("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
    },
    changeDocument(uri, text, range) {
      const version = (versions.get(uri) ?? 0) + 1;
      versions.set(uri, version);
      send("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [range ? { range, text } : { text }] });
    },
    closeDocument(uri) {
      versions.delete(uri);
      send("textDocument/didClose", { textDocument: { uri } });
    },
    async complete(uri, position, { invoked = true, version = versions.get(uri), selected, explain, signal } = {}) {
      signal?.throwIfAborted();
      const source = new CancellationTokenSource();
      const cancel = (): void => source.cancel();
      signal?.addEventListener("abort", cancel, { once: true });
      try {
        const context = { triggerKind: invoked ? 1 : 2, ...selected && { selectedCompletionInfo: selected } };
        const params = { textDocument: { uri }, position, context, version, ...explain && { explain } };
        return await connection.sendRequest<Completion>("textDocument/inlineCompletion", params, source.token);
      } finally {
        signal?.removeEventListener("abort", cancel);
        source.dispose();
      }
    },
  };
}

/** What is told to a worker that is gone is told to nobody; the next request says so. */
function notifier(connection: ProtocolConnection): (method: string, params: object) => void {
  return (method, params) => {
    try {
      connection.sendNotification(method, params).catch(() => undefined);
    } catch {
      // disposed, because the process has ended
    }
  };
}

function otherMessages(connection: ProtocolConnection): Pick<WorkerClient, "score" | "accepted" | "request" | "ping" | "notify"> {
  const notify = notifier(connection);
  return {
    notify,
    request: (method, params, options = {}) => request(connection, method, params, options),
    score: async (uri, position, text) => connection.sendRequest<Score | null>(completionMethods.score, { textDocument: { uri }, position, text } satisfies ScoreParams),
    accepted: (accepted) => notify(completionMethods.accepted, accepted),
    ping: async () => connection.sendRequest<boolean>(methods.ping),
  };
}

async function request<R, P>(connection: ProtocolConnection, method: string, params: object, { signal, onPart }: RequestOptions<P>): Promise<R> {
  signal?.throwIfAborted();
  const source = new CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  const partialResultToken = randomUUID();
  const progress = onPart && connection.onProgress(new ProgressType<P>(), partialResultToken, onPart);
  try {
    return await connection.sendRequest<R>(method, onPart ? { ...params, partialResultToken } : params, source.token);
  } finally {
    signal?.removeEventListener("abort", cancel);
    progress?.dispose();
    source.dispose();
  }
}

async function close(connection: ProtocolConnection, child: ChildProcess, exited: Exited): Promise<void> {
  const timer = setTimeout(() => child.kill("SIGKILL"), 2000);
  try {
    await Promise.race([connection.sendRequest("shutdown").then(() => connection.sendNotification("exit")), exited]);
  } catch {
    child.kill("SIGKILL"); // it was no longer listening
  }
  await exited;
  clearTimeout(timer);
}
