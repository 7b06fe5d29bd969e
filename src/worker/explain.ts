// Explain Selection and Document Selection as the worker serves them: the document, its tree, the facts at once, then what a model adds.
// What is found out and what is said is core's business.
import { type CancellationToken, type Connection, LSPErrorCodes, ProgressType, ResponseError } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { fenced } from "../core/chat/prompts.js";
import type { SourceDocument } from "../core/context/context.js";
import { refusalFor } from "../core/context/refuse.js";
import { redact } from "../core/context/secrets.js";
import { docEdit, docTarget, type Documentable } from "../core/explain/doc/document.js";
import { explain } from "../core/explain/explain.js";
import type { Facts } from "../core/explain/facts.js";
import { renderFacts } from "../core/explain/markdown.js";
import { explainInWords } from "../core/explain/prose.js";
import type { Speaker } from "../core/speaker.js";
import { refusals } from "../core/explain/refusals.js";
import { titleOf } from "../core/explain/summary.js";
import type { SyntaxTree } from "../core/syntax/parser.js";
import { type DocumentAnswer, type ExplainAnswer, type Explained, explainMethods, type ExplainParams, type ExplainPart, type Refused, type RefusedReason, type Words } from "../protocol/explain.js";
import type { Session } from "./completion.js";
import { docSentence, type DocSentence } from "./doc-sentence.js";
import { documentAt, sourceDocument } from "./documents.js";

/** Characters of code that go on with the conversation. */
const MOST_CODE = 6_000;

export interface ExplainDeps {
  session: () => Session | undefined;
  /** Undefined where there is no model for conversation; rejects where it cannot be loaded. */
  speaker: (signal: AbortSignal) => Promise<Speaker | undefined>;
}

export function registerExplain(connection: Connection, deps: ExplainDeps): void {
  const on = <R>(method: string, handle: (params: ExplainParams, session: Session, signal: AbortSignal) => Promise<R>): void => {
    connection.onRequest(method, async (params: ExplainParams, token: CancellationToken): Promise<unknown> => {
      const session = deps.session();
      if (!session) return new ResponseError(LSPErrorCodes.ServerCancelled, "not initialized");
      const controller = new AbortController();
      const listener = token.onCancellationRequested(() => controller.abort());
      if (token.isCancellationRequested) controller.abort();
      try {
        return await handle(params, session, controller.signal);
      } catch (error) {
        if (controller.signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
        throw error;
      } finally {
        listener.dispose();
        controller.abort(); // a generation that nobody waits for leaves the engine
      }
    });
  };
  on(explainMethods.explain, async (params, session, signal) => {
    const tell = (part: ExplainPart): void => {
      if (params.partialResultToken !== undefined && !signal.aborted) void connection.sendProgress(new ProgressType<ExplainPart>(), params.partialResultToken, part);
    };
    return answerExplain(params, session, deps, tell, signal);
  });
  on(explainMethods.document, answerDocument);
}

interface Asked {
  document: TextDocument;
  source: SourceDocument;
  span: { start: number; end: number };
  tree: SyntaxTree | undefined;
}

async function open(params: ExplainParams, { workspace }: Session, signal: AbortSignal): Promise<Asked | Refused> {
  const document = await documentAt(workspace.documents, params.textDocument.uri, params.version);
  if (typeof document === "string") return refused(document);
  const source = sourceDocument(document, workspace.folders); // a cell of a notebook by itself, with its own lines
  const reason = refusalFor(source.path, source.text);
  if (reason !== undefined && reason !== "generated") return refused(reason);
  await workspace.prepare(document.languageId);
  signal.throwIfAborted();
  const [start, end] = [document.offsetAt(params.range.start), document.offsetAt(params.range.end)];
  return { document, source, span: { start: Math.min(start, end), end: Math.max(start, end) }, tree: workspace.trees.of(source) };
}

function refused(reason: RefusedReason, name = ""): Refused {
  return { kind: "refused", reason, message: refusals[reason].replace("{0}", name) };
}

async function answerExplain(params: ExplainParams, session: Session, deps: ExplainDeps, tell: (part: ExplainPart) => void, signal: AbortSignal): Promise<ExplainAnswer> {
  const asked = await open(params, session, signal);
  if ("kind" in asked) return asked;
  const { document, source, span, tree } = asked;
  const begun = performance.now();
  const found = explain(source, span, tree);
  if (found === undefined) return refused("nothing-here");
  const markdown = renderFacts(found.facts);
  const explained: Explained = {
    title: titleOf(found.facts), markdown, facts: found.facts,
    context: `${markdown}\n${fenced(redact(source.text.slice(found.span.start, found.span.end)).slice(0, MOST_CODE), source.languageId)}`,
    range: { start: document.positionAt(found.span.start), end: document.positionAt(found.span.end) },
  };
  session.log(`explained ${found.facts.subject} in ${Math.round(performance.now() - begun)} ms`);
  tell({ kind: "facts", ...explained });
  const material = { path: source.path, languageId: source.languageId, text: source.text, span: found.span, facts: explained.markdown };
  const words = params.factsOnly === true ? { by: "nobody" } as const : await wordsFor(material, { ...asked, subject: found.facts.subject }, session, deps, (text) => tell({ kind: "text", text }), signal);
  return { kind: "explained", ...explained, words };
}

/** The facts stand without them: a model that cannot be loaded is said, and no reason to have nothing. */
async function wordsFor(material: Parameters<typeof explainInWords>[0], { subject, ...asked }: Asked & { subject: Facts["subject"] }, session: Session, deps: ExplainDeps, onText: (text: string) => void, signal: AbortSignal): Promise<Words> {
  try {
    const speaker = await deps.speaker(signal);
    if (speaker !== undefined) return { by: "chat-model", model: speaker.name, ...await explainInWords(material, speaker, signal, onText) };
    if (subject === "code") return { by: "nobody" }; // a comment would be one for the function around it, which nobody asked about
    const { start, end } = material.span;
    const target = docTarget(asked.source, { start, end }, asked.tree);
    if (target.kind === "refused") return { by: "nobody" };
    const sentence = await docSentence(asked.source, target.target, session, signal);
    return { by: sentence.by, model: sentence.model, comment: commentText(target.target, sentence) };
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    session.log(`explain without a model: ${message}`);
    return { by: "nobody", message };
  }
}

/** The comment alone, without the indentation of its place. */
function commentText(target: Documentable, { sentence }: DocSentence): string {
  const { text } = docEdit({ ...target, place: { ...target.place, indent: "", before: "", after: "" } }, sentence);
  return text;
}

async function answerDocument(params: ExplainParams, session: Session, signal: AbortSignal): Promise<DocumentAnswer> {
  const asked = await open(params, session, signal);
  if ("kind" in asked) return asked;
  const { document, source, span, tree } = asked;
  const target = docTarget(source, span, tree);
  if (target.kind === "refused") return refused(target.reason, target.name);
  const { sentence, by, model } = params.factsOnly === true ? { sentence: undefined, by: "facts" as const, model: session.modelName } : await docSentence(source, target.target, session, signal);
  const edit = docEdit(target.target, sentence);
  const newText = source.text.includes("\r\n") ? edit.text.replaceAll("\n", "\r\n") : edit.text;
  return { kind: "documented", edit: { range: { start: document.positionAt(edit.span.start), end: document.positionAt(edit.span.end) }, newText }, by, model, name: target.target.facts.name };
}
