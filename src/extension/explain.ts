// `Inkling: Explain Selection` shows in the chat what the worker says about the code at the cursor; `Inkling: Document Selection` inserts a doc
// comment. Both also as code actions, and only for code that a person has selected.
import {
  CodeAction, CodeActionKind, type CodeActionProvider, commands, Disposable, l10n, languages, ProgressLocation, Range, Selection, type TextEditor, window,
} from "vscode";
import { type DocumentAnswer, type ExplainAnswer, type Explained, explainMethods, type ExplainParams, type ExplainPart, type Words } from "../protocol/explain.js";
import type { AnswerState } from "../protocol/panel.js";
import type { Chat } from "./chat/index.js";
import type { Connection, Outcome } from "./client.js";
import { documentSelector, isCompletable } from "./documents.js";
import type { Worker } from "./worker.js";

const EXPLAIN = "inkling.explainSelection";
const DOCUMENT = "inkling.documentSelection";
const SAID_MS = 5_000;

export interface ExplainDeps {
  worker: Pick<Worker, "connected">;
  chat: Pick<Chat, "showInChat">;
}

export function registerExplain(deps: ExplainDeps): Disposable {
  let current = new AbortController(); // a new request takes the one before back
  const run = async (work: (editor: TextEditor, connection: Connection, signal: AbortSignal) => Promise<string | undefined>): Promise<void> => {
    const editor = window.activeTextEditor;
    if (!editor || !isCompletable(editor.document.uri)) {
      void window.showInformationMessage(l10n.t("Open a file and select some code first."));
      return;
    }
    current.abort();
    const { signal } = current = new AbortController();
    const problem = await window.withProgress({ location: ProgressLocation.Window, title: l10n.t("Inkling reads the code") }, async () => {
      const connection = await deps.worker.connected(signal);
      return connection ? work(editor, connection, signal) : signal.aborted ? undefined : noWorker();
    });
    if (problem !== undefined && !signal.aborted) void window.showInformationMessage(problem);
  };
  return Disposable.from(
    commands.registerCommand(EXPLAIN, () => run((editor, connection, signal) => explain(editor, connection, deps.chat, signal))),
    commands.registerCommand(DOCUMENT, () => run(document)),
    languages.registerCodeActionsProvider(documentSelector, actions, { providedCodeActionKinds: [CodeActionKind.RefactorRewrite] }),
    { dispose: () => current.abort() },
  );
}

const noWorker = (): string => l10n.t("Inkling's worker could not be started. The log says why.");

function paramsFor({ document: { uri, version }, selection: { start, end } }: TextEditor): ExplainParams {
  const position = ({ line, character }: typeof start): { line: number; character: number } => ({ line, character });
  return { textDocument: { uri: uri.toString() }, range: { start: position(start), end: position(end) }, version };
}

/** Resolves when the facts are shown, or with why there are none; words may still come then. */
async function explain(editor: TextEditor, connection: Connection, chat: ExplainDeps["chat"], signal: AbortSignal): Promise<string | undefined> {
  const stop = new AbortController();
  const parts = createParts();
  let shown: Promise<void> | undefined;
  let resolve!: (outcome: Outcome<ExplainAnswer>) => void;
  const answered = new Promise<Outcome<ExplainAnswer>>((settle) => { resolve = settle; });
  const show = (explained: Explained): void => {
    shown = chat.showInChat({
      title: l10n.t("Explain {0}", explained.title), markdown: explained.markdown, facts: explained.context,
      rest: async (append, stopped) => {
        stopped.addEventListener("abort", () => stop.abort(), { once: true });
        parts.listen(append);
        return ended(await answered, append, editor.document.languageId);
      },
    });
  };
  const onPart = (part: ExplainPart): void => {
    if (part.kind === "facts") show(part);
    else parts.add(part.text);
  };
  const outcome = await connection.request<ExplainAnswer>(explainMethods.explain, paramsFor(editor), AbortSignal.any([signal, stop.signal]), onPart);
  resolve(outcome);
  await shown;
  if (shown !== undefined || outcome.kind === "cancelled") return undefined;
  if (outcome.kind === "answered") return outcome.result.kind === "refused" ? outcome.result.message : undefined;
  return outcome.kind === "gone" ? l10n.t("Inkling's worker stopped before it had answered. Try again.") : l10n.t("The code could not be explained: {0}", outcome.message);
}

/** Pieces of text that may come before somebody listens. The first one is set off from the facts. */
function createParts(): { add(text: string): void; listen(append: (text: string) => void): void } {
  let waiting = "";
  let listener: ((text: string) => void) | undefined;
  let begun = false;
  return {
    add(text) {
      const piece = begun ? text : `\n${text.trimStart()}`;
      begun ||= text.trim() !== "";
      if (!begun) return;
      if (listener) listener(piece);
      else waiting += piece;
    },
    listen(append) {
      listener = append;
      if (waiting !== "") append(waiting);
      waiting = "";
    },
  };
}

function ended(outcome: Outcome<ExplainAnswer>, append: (text: string) => void, languageId: string): AnswerState {
  if (outcome.kind === "cancelled") return { kind: "stopped" };
  if (outcome.kind !== "answered" || outcome.result.kind === "refused") return { kind: "done", note: l10n.t("The model stopped before it had explained this. The facts are computed from the code.") };
  const { words } = outcome.result;
  if ("comment" in words) append(`\n**${l10n.t("A doc comment for it")}**\n\n${fenced(words.comment, languageId)}\n`);
  return { kind: "done", note: noteOf(words) };
}

function fenced(code: string, languageId: string): string {
  return `\`\`\`\`${languageId}\n${code}\n\`\`\`\``;
}

/** Who said what. */
function noteOf(words: Words): string {
  switch (words.by) {
    case "chat-model": return [
      l10n.t("The facts are computed from the code; the words are by {0}.", words.model),
      ...words.dropped > 0 ? [l10n.t("Sentences left out because they named what is not in the code: {0}.", words.dropped)] : [],
      ...words.shortened ? [l10n.t("Only the beginning of the code fitted into the model's window.")] : [],
    ].join(" ");
    case "completion-model": return l10n.t("The facts are computed from the code. {0} cannot converse; the comment's first sentence is its.", words.model);
    case "facts": return l10n.t("Facts and comment are computed from the code. {0} cannot converse.", words.model);
    case "nobody": return words.message ?? l10n.t("Computed from the code.");
  }
}

async function document(editor: TextEditor, connection: Connection, signal: AbortSignal): Promise<string | undefined> {
  const { version } = editor.document;
  const outcome = await connection.request<DocumentAnswer>(explainMethods.document, paramsFor(editor), signal);
  if (outcome.kind === "cancelled") return undefined;
  if (outcome.kind === "gone") return l10n.t("Inkling's worker stopped before it had answered. Try again.");
  if (outcome.kind === "failed") return l10n.t("No comment could be written: {0}", outcome.message);
  if (outcome.result.kind === "refused") return outcome.result.message;
  if (editor.document.version !== version) return l10n.t("The document has changed meanwhile. Try again.");
  const { edit: { range: { start, end }, newText }, by, model, name } = outcome.result;
  const range = new Range(start.line, start.character, end.line, end.character);
  if (!await editor.edit((builder) => builder.replace(range, newText))) return l10n.t("The comment could not be inserted.");
  const last = start.line + newText.split("\n").length;
  editor.revealRange(new Range(start.line, 0, last, 0));
  window.setStatusBarMessage(by === "facts" ? l10n.t("Documented {0} from the code", name) : l10n.t("Documented {0} with {1}", name, model), SAID_MS);
  return undefined;
}

/** Offered for a selection that a person made, never for a cursor that happens to be somewhere. */
const actions: CodeActionProvider = {
  provideCodeActions(_, range) {
    if (!(range instanceof Selection) || range.isEmpty) return [];
    return [action(l10n.t("Explain with Inkling"), EXPLAIN), action(l10n.t("Document with Inkling"), DOCUMENT)];
  },
};

function action(title: string, command: string): CodeAction {
  const made = new CodeAction(title, CodeActionKind.RefactorRewrite);
  made.command = { command, title };
  return made;
}
