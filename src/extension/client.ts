// One connection to one worker process, through the language client. A bundle of its own (dist/client.js), because the
// library is big and activation should not wait for it. It never shows anything: whoever connects decides what a person sees.
import { randomUUID } from "node:crypto";
import {
  type CancellationToken, CancellationTokenSource, type InlineCompletionContext, type InlineCompletionItem, type LogOutputChannel, type Position,
  type TextDocument,
} from "vscode";
import {
  CloseAction, ErrorAction, type InlineCompletionList as ProtocolList, type InlineCompletionParams, IPCMessageReader,
  IPCMessageWriter, LanguageClient, type LanguageClientOptions, ProgressType, ResponseError, RevealOutputChannelOn,
} from "vscode-languageclient/node";
import { type Accepted, type CompletionRecord, type CompletionRequestExtras, completionMethods } from "../protocol/completion.js";
import { gpuMethods, type GpuReport } from "../protocol/gpu.js";
import { methods, type WorkerOptions, workerRestrictions, type WorkerStatus } from "../protocol/worker.js";
import { type ServerOutcome, type ServerRequest, serverMethods } from "../protocol/server.js";
import { documentSelector } from "./documents.js";
import { startProcess, type WorkerProcess } from "./process.js";
import { relay } from "./server/relay.js";

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 1500;

export interface ModelServer {
  url: URL;
  /** How many bytes went to it with one request, and how many came. */
  onAsked: (sent: number, received: number) => void;
}

export interface ConnectOptions {
  workerFile: string;
  initialization: WorkerOptions;
  /** The model server that the worker's requests go to; without one they are not answered. */
  server?: ModelServer;
  log: LogOutputChannel;
  onStatus: (status: WorkerStatus) => void;
  onGpu: (report: GpuReport) => void;
}

export type CompletionExtras = Omit<CompletionRequestExtras, "version">;

export interface CompletionAnswer {
  items: InlineCompletionItem[];
  record: CompletionRecord | undefined;
}

/** How a request of Inkling's own came out. */
export type Outcome<R> =
  | { kind: "answered"; result: R }
  | { kind: "cancelled" }
  | { kind: "gone" }                      // the worker ended before it had answered
  | { kind: "failed"; message: string };

export interface Connection {
  readonly pid: number | undefined;
  /** Resolves with how the process ended; never rejects. */
  readonly exited: Promise<string>;
  /** Undefined when the request was cancelled or the worker is gone. */
  complete(document: TextDocument, position: Position, context: InlineCompletionContext, extras: CompletionExtras, signal: AbortSignal): Promise<CompletionAnswer | undefined>;
  accepted(what: Accepted): void;
  /** A request of Inkling's own; `onPart` gets the partial results, whose type only the caller knows; none after the outcome. Never rejects. */
  request<R>(method: string, params: object, signal: AbortSignal, onPart?: (part: never) => void): Promise<Outcome<R>>;
  ping(): Promise<unknown>;
  /** Requests that are not answered yet. */
  pending(): number;
  /** Asks the worker to end and makes sure that it has; never rejects. */
  close(): Promise<void>;
  /** Ends the process at once. */
  kill(): void;
}

/** Rejects, leaving no process behind, when the worker does not start in time or the signal fires meanwhile. */
export async function connect(options: ConnectOptions, signal: AbortSignal): Promise<Connection> {
  const restrictions = workerRestrictions();
  try {
    return await connectOnce(options, restrictions, signal);
  } catch (error) {
    // Refused by a Node that is built otherwise; whoever is killed or hangs at the start would be no better off without.
    if (signal.aborted || restrictions.length === 0 || !String(error).includes("exit code")) throw error;
    options.log.info(`The worker does not start with Node's permission model (${String(error)}); trying without.`);
    return connectOnce(options, [], signal);
  }
}

async function connectOnce(options: ConnectOptions, restrictions: readonly string[], signal: AbortSignal): Promise<Connection> {
  signal.throwIfAborted();
  const worker = startProcess(options.workerFile, options.log, restrictions);
  const client = new QuietClient("inkling", "Inkling", () => Promise.resolve({
    reader: new IPCMessageReader(worker.child),
    writer: new IPCMessageWriter(worker.child),
  }), clientOptions(options));
  client.onNotification(methods.status, options.onStatus);
  client.onNotification(gpuMethods.report, options.onGpu);
  if (options.server) relayRequests(client, options.server);
  const kill = (): void => void worker.child.kill("SIGKILL");
  const timer = setTimeout(kill, START_TIMEOUT_MS);
  signal.addEventListener("abort", kill, { once: true });
  try {
    await Promise.race([client.start(), worker.exited.then((how) => Promise.reject(new Error(`ended while starting: ${how}`)))]);
  } catch (error) {
    kill();
    await worker.exited;
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", kill);
  }
  return connection(client, worker, options.log);
}

function relayRequests(client: LanguageClient, { url, onAsked }: ModelServer): void {
  client.onRequest<ServerOutcome, unknown>(serverMethods.request, async (request: ServerRequest, token: CancellationToken) => {
    const controller = new AbortController();
    const listener = token.onCancellationRequested(() => controller.abort());
    let received = 0;
    const outcome = await relay(url, request, (part) => {
      received += Buffer.byteLength(part.text);
      void client.sendNotification(serverMethods.part, part).catch(() => undefined);
    }, controller.signal);
    listener.dispose();
    onAsked(Buffer.byteLength(request.body ?? ""), received);
    return outcome;
  });
}

function connection(client: LanguageClient, worker: WorkerProcess, log: LogOutputChannel): Connection {
  const dropped = (error: unknown): undefined => {
    log.debug(`Not answered: ${String(error)}`); // cancelled, or the worker is gone; the status says so
    return undefined;
  };
  const kill = (): void => void worker.child.kill("SIGKILL");
  let pending = 0;
  const counted = async <T>(answer: Promise<T>): Promise<T> => {
    pending += 1;
    return answer.finally(() => { pending -= 1; });
  };
  return {
    pid: worker.child.pid,
    exited: worker.exited,
    complete: (document, position, context, extras, signal) => counted(complete(client, document, position, context, extras, signal)).catch(dropped),
    accepted: (what) => void client.sendNotification(completionMethods.accepted, what).catch(dropped),
    request: (method, params, signal, onPart) => counted(request(client, method, params, signal, onPart)),
    pending: () => pending,
    ping: () => client.sendRequest(methods.ping),
    kill,
    close: async () => {
      // The library gives up on a worker that does not answer, and leaves its process alone.
      const patience = setTimeout(kill, STOP_TIMEOUT_MS);
      await client.stop(STOP_TIMEOUT_MS).catch(dropped);
      await worker.exited;
      clearTimeout(patience);
    },
  };
}

async function complete(
  client: LanguageClient, document: TextDocument, position: Position, context: InlineCompletionContext, extras: CompletionExtras, signal: AbortSignal,
): Promise<CompletionAnswer> {
  const params: InlineCompletionParams & CompletionRequestExtras = {
    ...client.code2ProtocolConverter.asInlineCompletionParams(document, position, context),
    ...extras,
    version: document.version,
  };
  return withToken(signal, async (token) => {
    const list = await client.sendRequest<ProtocolList & { record?: CompletionRecord }>("textDocument/inlineCompletion", params, token);
    const { items } = await client.protocol2CodeConverter.asInlineCompletionResult(list, token);
    return { items, record: list.record };
  });
}

/** The library's codes for a connection that is closed, and for one that closed while an answer was awaited. */
const GONE = [-32096, -32097];
const CANCELLED = -32800;

async function request<R>(
  client: LanguageClient, method: string, params: object, signal: AbortSignal, onPart?: (part: never) => void,
): Promise<Outcome<R>> {
  const partialResultToken = onPart && randomUUID();
  const parts = onPart && client.onProgress(new ProgressType<never>(), partialResultToken!, onPart);
  try {
    const result = await withToken(signal, (token) => client.sendRequest<R>(method, { ...params, ...(onPart && { partialResultToken }) }, token));
    return signal.aborted ? { kind: "cancelled" } : { kind: "answered", result };
  } catch (error) {
    const code = error instanceof ResponseError ? error.code : undefined;
    if (signal.aborted || code === CANCELLED) return { kind: "cancelled" };
    // An error without a code is the library's own: the channel to the process broke.
    if (code === undefined || GONE.includes(code)) return { kind: "gone" };
    return { kind: "failed", message: (error as Error).message };
  } finally {
    parts?.dispose();
  }
}

async function withToken<T>(signal: AbortSignal, work: (token: CancellationToken) => Promise<T>): Promise<T> {
  const source = new CancellationTokenSource();
  const cancel = (): void => source.cancel();
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return await work(source.token);
  } finally {
    signal.removeEventListener("abort", cancel);
    source.dispose();
  }
}

/**
 * The library reports some failures in a pop-up whatever its options say. Here they go to the log, and those with an error's whole
 * stack to its depth: whoever started the worker says in a sentence how it ended.
 */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    if (data === undefined) super.error(message, undefined, false);
    else this.debug(message, data, false);
  }
}

function clientOptions({ initialization, log }: ConnectOptions): LanguageClientOptions {
  return {
    documentSelector,
    outputChannel: log,
    initializationOptions: initialization,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: CloseAction.DoNotRestart, handled: true, message: "The connection to the worker is closed." }),
    },
  };
}
