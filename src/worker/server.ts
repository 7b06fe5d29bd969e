// The worker as a language server: what it announces, which messages it knows, and which state outlives a request (documents, model, cache).
import { basename } from "node:path";
import {
  ErrorCodes, LSPErrorCodes, NotebookDocuments, ResponseError, TextDocuments, TextDocumentSyncKind,
  type CancellationToken, type Connection, type InitializeParams, type InitializeResult,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { benchMethods } from "../protocol/bench.js";
import { completionMethods, type Accepted, type ScoreParams } from "../protocol/completion.js";
import { gpuMethods } from "../protocol/gpu.js";
import { measureMethods, type MeasureParams } from "../protocol/measure.js";
import { methods, type WorkerOptions, type WorkerStatus } from "../protocol/worker.js";
import { createAhead } from "./ahead.js";
import { conversationFile, registerChat } from "./chat.js";
import { registerCommit } from "./commit.js";
import { createSpeakers } from "./speakers.js";
import { createConversationModels } from "./conversation.js";
import { answer, type Answer, type ModelState, type RequestParams, type Session } from "./completion.js";
import { completionDeps } from "./deps.js";
import { backendsWorthTrying, startRuntime } from "./engine.js";
import { registerExplain } from "./explain.js";
import { loadModel, type Loading } from "./loading.js";
import { measureMachine } from "./measure.js";
import { once } from "./once.js";
import { plainCompletion, plainCompletionCapability } from "./plain-completion.js";
import { openServer, serverConversation } from "./remote/index.js";
import { watchPower } from "./power.js";
import { scoreText } from "./score.js";
import { registerSelfTest } from "./self-test.js";
import { wellformed, wellformedNotebooks } from "./wellformed.js";
import { usageOf } from "./usage.js";
import { openWorkspace } from "./workspace.js";

/** Where the files that come with the worker lie. */
export interface Installation {
  /** Loaded for a client that names no model. */
  model: string;
  /** Folder of the grammars. */
  grammars: string;
}

/** What the editor has open. */
interface Editor {
  documents: TextDocuments<TextDocument>;
  notebooks: NotebookDocuments<TextDocument>;
}

export function serve(connection: Connection, installation: Installation): void {
  const documents = new TextDocuments(TextDocument);
  const notebooks = new NotebookDocuments(documents); // their cells are documents among the others
  let params: InitializeParams | undefined;
  let session: Session | undefined;

  connection.onInitialize((received) => {
    if (params) return new ResponseError(ErrorCodes.InvalidRequest, "already initialized");
    params = received;
    return capabilities(params);
  });
  connection.onInitialized(() => {
    if (params && !session) session = startSession(params, installation, { documents, notebooks }, connection);
  });
  connection.onRequest(methods.ping, () => true);
  connection.onNotification(completionMethods.accepted, (accepted: Accepted) => {
    if (session) session.accepted = accepted;
  });
  connection.onRequest(completionMethods.score, (request: ScoreParams) => session && scoreText(request, session));
  const speaker = createSpeakers(() => session);
  registerCommit(connection, { grammars: installation.grammars, speaker, log: (message) => connection.console.log(message) });
  connection.onRequest(measureMethods.measure, (request: MeasureParams, token: CancellationToken) => session ? cancellable(token, (signal) => session!.measure(request, signal)) : cancelled());
  registerSelfTest(connection, async () => {
    const state = await session?.loading;
    return state?.ok === true ? state.model : undefined;
  });
  registerExplain(connection, { session: () => session, speaker });
  registerChat(connection, { session: () => session, file: () => session?.chatModelFile });
  connection.onRequest(benchMethods.usage, () => session && usageOf(session));
  connection.languages.inlineCompletion.on((request, token) => session && respond(request, session, token));
  connection.onCompletion((request, token) => session && plainCompletion(request, documents.get(request.textDocument.uri), (inline) => respond(inline, session!, token)));
  documents.listen(wellformed(connection));
  notebooks.listen(wellformedNotebooks(connection));
  connection.listen();
}

function optionsOf(params: InitializeParams): Partial<WorkerOptions> {
  return (params.initializationOptions ?? {}) as Partial<WorkerOptions>;
}

function capabilities(params: InitializeParams): InitializeResult {
  const options = optionsOf(params);
  const { announceInlineCompletion = true } = options;
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      notebookDocumentSync: { notebookSelector: [{ notebook: "*" }] },
      ...announceInlineCompletion && { inlineCompletionProvider: true },
      ...plainCompletionCapability(params, options),
    },
    serverInfo: { name: "inkling" },
  };
}

/** Begins to load the model and says so; every later change of state goes to the client as well. */
function startSession(params: InitializeParams, installation: Installation, { documents, notebooks }: Editor, connection: Connection): Session {
  const given: WorkerOptions = { modelFile: installation.model, ...optionsOf(params) };
  const chatModelFile = conversationFile(given);
  const options: WorkerOptions = { ...given, ...chatModelFile !== undefined && { chatModelFile } };
  const { unfiltered = false } = options;
  const log = (message: string): void => connection.console.log(message);
  const tell = (status: WorkerStatus): void => void connection.sendNotification(methods.status, status);
  const tellOfChat = (status: WorkerStatus): void => void connection.sendNotification(methods.chatStatus, status);
  const folders = (params.workspaceFolders ?? []).map((folder) => folder.uri);
  const workspace = openWorkspace(documents, { notebooks, folders, grammars: installation.grammars, mode: options.context ?? "compact", log });
  const power = watchPower();
  const modelName = options.server?.address ?? basename(options.modelFile);
  tell({ state: "loading", model: modelName });
  const runtime = once(async () => startRuntime({
    log, ...options.maxThreads !== undefined && { maxThreads: options.maxThreads },
    gpu: { backends: await backendsWorthTrying(options), referenceModel: installation.model, report: (report) => connection.sendNotification(gpuMethods.report, report) },
  }));
  const become = (outcome: Loading): ModelState => {
    const { ngram, healing, budget } = { ...options, ...options.server && { ngram: false, healing: false } };
    const state = outcome.ok ? { ...outcome, deps: completionDeps(outcome.model, workspace, { power, alone: unfiltered, budget, ngram, healing }) } : outcome;
    session.loaded = state;
    tell(outcome.ok ? { state: "ready", model: outcome.model.summary } : { state: "problem", problem: outcome.problem });
    return state;
  };
  const loading = (options.server ? openServer(options.server, connection, become, log) : loadModel(options, runtime, log)).then(become);
  const ahead = unfiltered || options.server ? undefined : createAhead(); // a server may have others to answer
  documents.onDidChangeContent(({ document }) => {
    const { source } = workspace.place(document);
    ahead?.follow(source.uri, source.text);
  });
  documents.onDidClose(() => ahead?.stop());
  const session: Session = {
    measure: (request, signal) => measureMachine(request, { modelFile: options.modelFile, runtime, log }, signal),
    workspace, power, modelName, loading, loaded: undefined, accepted: undefined, ahead, running: new Map(), unfiltered, log, chatModelFile,
    ...options.server ? serverConversation(() => session.loaded ?? loading) : createConversationModels(options, runtime, tellOfChat, log),
  };
  return session;
}

/** The edge between LSP's cancellation and ours. A newer request for a document also takes back the one before, for clients that do not. */
async function respond(request: RequestParams, session: Session, token: CancellationToken): Promise<Answer | ResponseError> {
  const controller = new AbortController();
  const { uri } = request.textDocument;
  session.running.get(uri)?.abort();
  session.running.set(uri, controller);
  const listener = token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) controller.abort();
  try {
    const answered = await answer(request, session, controller.signal);
    return controller.signal.aborted ? cancelled() : answered;
  } catch (error) {
    if (controller.signal.aborted) return cancelled();
    throw error;
  } finally {
    listener.dispose();
    controller.abort(); // a generation that nobody pulls from any more leaves the engine
    if (session.running.get(uri) === controller) session.running.delete(uri);
  }
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}

async function cancellable<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T | ResponseError> {
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return cancelled();
    throw error;
  } finally {
    listener.dispose();
  }
}
