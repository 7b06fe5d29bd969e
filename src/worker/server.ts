// The worker as a language server: what it announces, which messages it knows, and which state outlives a request (documents, model, cache).
import { basename } from "node:path";
import {
  LSPErrorCodes, ResponseError, TextDocuments, TextDocumentSyncKind,
  type CancellationToken, type Connection, type InitializeParams, type InitializeResult,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { noCache } from "../core/completion/cache.js";
import { methods, type Accepted, type ScoreParams, type WorkerOptions, type WorkerStatus } from "../protocol.js";
import { answer, type Answer, type RequestParams, type Session } from "./completion.js";
import { loadModel, type Loading } from "./loading.js";
import { scoreText } from "./score.js";
import { windowContext } from "./window.js";

/** `embeddedModel` is loaded for a client that names no model. */
export function serve(connection: Connection, embeddedModel: string): void {
  const documents = new TextDocuments(TextDocument);
  let params: InitializeParams | undefined;
  let session: Session | undefined;

  connection.onInitialize((received) => {
    params = received;
    return capabilities(optionsOf(params));
  });
  connection.onInitialized(() => {
    if (params) session = startSession(params, { modelFile: embeddedModel, ...optionsOf(params) }, documents, connection);
  });
  connection.onRequest(methods.ping, () => true);
  connection.onNotification(methods.accepted, (accepted: Accepted) => {
    if (session) session.accepted = accepted;
  });
  connection.onRequest(methods.score, (request: ScoreParams) => session && scoreText(request, session));
  connection.languages.inlineCompletion.on((request, token) => session && respond(request, session, token));
  documents.listen(connection);
  connection.listen();
}

function optionsOf(params: InitializeParams): Partial<WorkerOptions> {
  return (params.initializationOptions ?? {}) as Partial<WorkerOptions>;
}

function capabilities({ announceInlineCompletion = true }: Partial<WorkerOptions>): InitializeResult {
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...announceInlineCompletion && { inlineCompletionProvider: true },
    },
    serverInfo: { name: "inkling" },
  };
}

/** Begins to load the model and says so; every later change of state goes to the client as well. */
function startSession(params: InitializeParams, options: WorkerOptions, documents: TextDocuments<TextDocument>, connection: Connection): Session {
  const log = (message: string): void => connection.console.log(message);
  const tell = (status: WorkerStatus): void => void connection.sendNotification(methods.status, status);
  const modelName = basename(options.modelFile);
  tell({ state: "loading", model: modelName });
  const loading = loadModel(options, log).then((outcome): Loading => {
    session.loaded = outcome;
    tell(outcome.ok ? { state: "ready", model: outcome.model.summary } : { state: "problem", problem: outcome.problem });
    return outcome;
  });
  const session: Session = {
    documents, modelName, loading, loaded: undefined, accepted: undefined, running: new Map(), log,
    unfiltered: options.unfiltered ?? false,
    folders: (params.workspaceFolders ?? []).map((folder) => folder.uri),
    deps: ({ engine, format, budget }) =>
      ({ model: engine, format, budget, compose: windowContext, cache: noCache, now: () => performance.now() }),
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
    return token.isCancellationRequested ? cancelled() : answered;
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
