// One `textDocument/inlineCompletion`: from LSP's words to core's and back. Decides nothing about suggestions; only what has to be known before
// core can be asked: is there a model, is this the document that was meant.
import {
  InlineCompletionTriggerKind, type InlineCompletionItem, type InlineCompletionList, type InlineCompletionParams, type Position,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { complete } from "../core/completion/complete.js";
import type { CompletionAnswer, CompletionDeps, CompletionRequest } from "../core/completion/request.js";
import type { Accepted, CompletionRecord, CompletionRequestExtras, ReasonCode } from "../protocol/completion.js";
import type { Measurement, MeasureParams } from "../protocol/measure.js";
import type { ModelProblem } from "../protocol/worker.js";
import type { Ahead } from "./ahead.js";
import type { ConversationModels } from "./conversation.js";
import type { Power } from "./power.js";
import { documentAt } from "./documents.js";
import { orAborted } from "./gate.js";
import type { LoadedModel } from "./loading.js";
import type { Placed } from "./notebooks.js";
import { learnSpeed } from "./warm-up.js";
import type { Workspace } from "./workspace.js";

export type RequestParams = InlineCompletionParams & CompletionRequestExtras;
export type Answer = InlineCompletionList & { record: CompletionRecord };

export type ModelState = { ok: true; model: LoadedModel; deps: () => CompletionDeps } | { ok: false; problem: ModelProblem };

/** What the server knows when a request comes. */
export interface Session extends ConversationModels {
  workspace: Workspace;
  /** Name of the model's file, for requests that end before it is loaded. */
  modelName: string;
  /** The GGUF that converses; undefined when there is none. */
  chatModelFile: string | undefined;
  loading: Promise<ModelState>;
  /** The outcome of `loading`, once it is there. */
  loaded: ModelState | undefined;
  accepted: Accepted | undefined;
  power: Power;
  /** Thinks while the user reads; absent in the evaluation. */
  ahead: Ahead | undefined;
  /** What is being answered, by document. */
  running: Map<string, AbortController>;
  /** Say in every record what the model said before the filters. */
  unfiltered: boolean;
  measure: (request: MeasureParams, signal: AbortSignal) => Promise<Measurement>;
  log: (message: string) => void;
}

export async function answer(params: RequestParams, session: Session, signal: AbortSignal): Promise<Answer> {
  const asked = params.context.triggerKind === InlineCompletionTriggerKind.Invoked;
  const loaded = session.loaded ?? (asked ? await orAborted(session.loading, signal) : undefined);
  if (!loaded) return nothing("model-loading", session.modelName);
  if (!loaded.ok) return nothing("no-model", session.modelName);
  const { name } = loaded.model.engine;

  const { workspace } = session;
  const document = await documentAt(workspace.documents, params.textDocument.uri, params.version);
  if (typeof document === "string") return nothing(document, name);
  await workspace.prepare(document.languageId);
  signal.throwIfAborted();

  const placed = workspace.place(document);
  const { source } = placed;
  session.ahead?.follow(source.uri, source.text);
  if (session.ahead) await orAborted(session.ahead.arriving(source.uri, source.text), signal); // the same work, already begun
  const deps = depsFor(params, loaded.deps());
  const offset = placed.shift + document.offsetAt(params.position);
  const result = await complete(source, offset, toRequest(params, document, placed, asked, session.accepted), deps, signal);
  learnSpeed(loaded.model.speed, result);
  if (result.error !== undefined) session.log(`engine: ${result.error instanceof Error ? result.error.stack ?? result.error.message : JSON.stringify(result.error)}`);
  if (result.items[0] && result.tokens.generated > 0 && !signal.aborted && !session.power.onBattery()) session.ahead?.think(source, result.items[0], deps);
  return { items: result.items.map((item) => toItem(item, document, placed)), record: toRecord(result, name, session.unfiltered) };
}

/** To somebody who wants to know why, what was found out before says less than finding it out again. */
function depsFor({ explain, suggestIn }: RequestParams, usual: CompletionDeps): CompletionDeps {
  const deps = { ...usual, ...suggestIn && { settings: { inComments: suggestIn.comments, inStrings: suggestIn.strings } } };
  if (explain !== true) return deps;
  delete deps.flights;
  delete deps.waitMs;
  return { ...deps, cache: { ...deps.cache, find: () => undefined } };
}

function toRequest(params: RequestParams, document: TextDocument, { shift }: Placed, asked: boolean, accepted: Accepted | undefined): CompletionRequest {
  const chosen = params.context.selectedCompletionInfo;
  const at = (position: Position): number => document.offsetAt(position);
  const justAccepted = accepted?.uri === document.uri && document.getText().startsWith(accepted.text, at(params.position) - accepted.text.length);
  return {
    automatic: !asked,
    ...chosen && { selected: { range: [shift + at(chosen.range.start), shift + at(chosen.range.end)], text: chosen.text } },
    ...justAccepted && { afterAccept: true },
  };
}

/** Always with a range: without one, VS Code replaces the word at the cursor. */
function toItem({ text, range: [start, end] }: CompletionAnswer["items"][number], document: TextDocument, { shift }: Placed): InlineCompletionItem {
  return { insertText: text, range: { start: document.positionAt(start - shift), end: document.positionAt(end - shift) } };
}

/** Without what the model said, unless somebody asked for it: a record has no code in it. */
function toRecord(answered: CompletionAnswer, model: string, withUnfiltered: boolean): CompletionRecord {
  const record: CompletionRecord & Partial<CompletionAnswer> = { ...answered, model };
  delete record.items;
  delete record.error;
  if (!withUnfiltered) delete record.unfiltered;
  return record;
}

function nothing(reason: ReasonCode, model: string): Answer {
  const timings = { totalMs: 0, contextMs: 0, prefillMs: 0, decodeMs: 0 };
  return { items: [], record: { reason, model, timings, tokens: { prompt: 0, reused: 0, generated: 0 } } };
}
