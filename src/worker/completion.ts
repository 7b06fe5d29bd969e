// One `textDocument/inlineCompletion`: from LSP's words to core's and back. Decides nothing about suggestions; only what has to be known before
// core can be asked: is there a model, is this the document that was meant.
import type { InlineCompletionItem, InlineCompletionList, InlineCompletionParams, TextDocuments } from "vscode-languageserver";
import { InlineCompletionTriggerKind } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { complete } from "../core/completion/complete.js";
import type { CompletionAnswer, CompletionDeps, CompletionRequest } from "../core/completion/request.js";
import type { Accepted, CompletionRecord, CompletionRequestExtras, ReasonCode } from "../protocol.js";
import { documentAt, sourceDocument } from "./documents.js";
import { orAborted } from "./gate.js";
import type { LoadedModel, Loading } from "./loading.js";

export type RequestParams = InlineCompletionParams & CompletionRequestExtras;
export type Answer = InlineCompletionList & { record: CompletionRecord };

/** What the server knows when a request comes. */
export interface Session {
  documents: TextDocuments<TextDocument>;
  folders: readonly string[];
  /** Name of the model's file, for requests that end before it is loaded. */
  modelName: string;
  loading: Promise<Loading>;
  /** The outcome of `loading`, once it is there. */
  loaded: Loading | undefined;
  accepted: Accepted | undefined;
  /** What is being answered, by document. */
  running: Map<string, AbortController>;
  /** Say in every record what the model said before the filters. */
  unfiltered: boolean;
  deps: (model: LoadedModel) => CompletionDeps;
  log: (message: string) => void;
}

export async function answer(params: RequestParams, session: Session, signal: AbortSignal): Promise<Answer> {
  const asked = params.context.triggerKind === InlineCompletionTriggerKind.Invoked;
  const loading = session.loaded ?? (asked ? await orAborted(session.loading, signal) : undefined);
  if (!loading) return nothing("model-loading", session.modelName);
  if (!loading.ok) return nothing("no-model", session.modelName);
  const { engine } = loading.model;

  const document = await documentAt(session.documents, params.textDocument.uri, params.version);
  if (typeof document === "string") return nothing(document, engine.name);

  const offset = document.offsetAt(params.position);
  const request = toRequest(params, document, offset, asked, session.accepted);
  const result = await complete(sourceDocument(document, session.folders), offset, request, session.deps(loading.model), signal);
  if (result.error !== undefined) session.log(`engine: ${result.error instanceof Error ? result.error.stack ?? result.error.message : JSON.stringify(result.error)}`);
  return { items: result.items.map((item) => toItem(item, document)), record: toRecord(result, engine.name, session.unfiltered) };
}

function toRequest(params: RequestParams, document: TextDocument, offset: number, asked: boolean, accepted: Accepted | undefined): CompletionRequest {
  const chosen = params.context.selectedCompletionInfo;
  const justAccepted = accepted?.uri === document.uri && document.getText().startsWith(accepted.text, offset - accepted.text.length);
  return {
    automatic: !asked,
    ...chosen && { selected: { range: [document.offsetAt(chosen.range.start), document.offsetAt(chosen.range.end)], text: chosen.text } },
    ...justAccepted && { afterAccept: true },
  };
}

/** Always with a range: without one, VS Code replaces the word at the cursor. */
function toItem({ text, range: [start, end] }: CompletionAnswer["items"][number], document: TextDocument): InlineCompletionItem {
  return { insertText: text, range: { start: document.positionAt(start), end: document.positionAt(end) } };
}

function toRecord({ reason, timings, tokens, confidence, unfiltered }: CompletionAnswer, model: string, withUnfiltered: boolean): CompletionRecord {
  return {
    reason, model, timings, tokens,
    ...confidence !== undefined && { confidence },
    ...withUnfiltered && unfiltered !== undefined && { unfiltered },
  };
}

function nothing(reason: ReasonCode, model: string): Answer {
  const timings = { totalMs: 0, contextMs: 0, prefillMs: 0, decodeMs: 0 };
  return { items: [], record: { reason, model, timings, tokens: { prompt: 0, reused: 0, generated: 0 } } };
}
