// Ghost text: one provider, registered for good, that asks the worker. It outlives every worker, so that the next keystroke can
// always start one. Nothing here shows a message: this runs because somebody typed.
import {
  commands, Disposable, type InlineCompletionContext, InlineCompletionItem, type InlineCompletionItemProvider, InlineCompletionTriggerKind, languages,
  type Position, Range, type TextDocument, window,
} from "vscode";
import type { Accepted, CompletionRecord } from "../protocol/completion.js";
import { documentSelector, isCompletable } from "./documents.js";
import { isAtCursor, type Place, placeOf, samePlace } from "./place.js";
import { isEnabled } from "./settings.js";
import type { Worker } from "./worker.js";

/** VS Code drops an automatic suggestion about 750 ms after the keystroke, its own delay and rendering included. */
const BUDGET_MS = 500;

/** Whoever stopped typing longer ago than this, before Inkling was loaded, is thinking of something else by now. */
const EARLIER_KEYSTROKE_MS = 5000;

/** Runs when a suggestion was accepted; not contributed, so nobody meets it in the palette. */
const ACCEPTED_COMMAND = "inkling.accepted";

export interface CompletionsDeps {
  worker: Worker;
  onAsked: () => void;
  /** Follows each `onAsked`; without a record when the request was taken back or there was nobody to ask. */
  onAnswered: (record: CompletionRecord | undefined) => void;
}

export function registerCompletions(deps: CompletionsDeps): Disposable {
  let current = new AbortController(); // the next request takes this one back
  let triggered: Place | undefined;    // where we made VS Code ask, because an answer came after it had stopped waiting

  const trigger = (place: Place): void => {
    if (!isAtCursor(place)) return;
    triggered = place;
    void commands.executeCommand("editor.action.inlineSuggest.trigger");
  };

  const provider: InlineCompletionItemProvider = {
    async provideInlineCompletionItems(document, position, context, token) {
      current.abort();
      if (!isEnabled(document)) return [];
      const request = current = new AbortController();
      const place = placeOf(document, position);
      const byUs = triggered !== undefined && samePlace(triggered, place);
      triggered = undefined;
      // To the worker our own trigger is no wish of a person: the same question again, so that it finds its answer to it.
      const asAsked = byUs ? { ...context, triggerKind: InlineCompletionTriggerKind.Automatic } : context;
      const answer = ask(deps, document, position, asAsked, request.signal);

      const link = token.onCancellationRequested(() => request.abort());
      const isPatient = context.triggerKind === InlineCompletionTriggerKind.Invoke;
      const items = await (isPatient ? answer : within(BUDGET_MS, answer));
      link.dispose(); // from here on only the next request takes this one back
      if (items) return items;

      void answer.then((late) => {
        if (late.length > 0 && !request.signal.aborted) trigger(place);
      });
      return [];
    },
  };

  void hearEarlierKeystroke(deps.worker, trigger);
  return Disposable.from(
    languages.registerInlineCompletionItemProvider(documentSelector, provider),
    commands.registerCommand(ACCEPTED_COMMAND, (what: Accepted) => deps.worker.connection?.accepted(what)),
    { dispose: () => current.abort() },
  );
}

/** What was typed before the provider was there went unheard: VS Code asks those that it knows at the time. */
async function hearEarlierKeystroke(worker: Worker, trigger: (place: Place) => void): Promise<void> {
  const editor = window.activeTextEditor;
  const wasEdited = editor !== undefined && editor.document.version > 1;
  if (!wasEdited || !isCompletable(editor.document.uri) || !isEnabled(editor.document)) return;
  const place = placeOf(editor.document, editor.selection.active);
  if (await worker.ready(AbortSignal.timeout(EARLIER_KEYSTROKE_MS))) trigger(place);
}

/** Never rejects. While the model is still loading, waits for it. */
async function ask(
  deps: CompletionsDeps, document: TextDocument, position: Position, context: InlineCompletionContext, signal: AbortSignal,
): Promise<InlineCompletionItem[]> {
  const connection = await deps.worker.ready(signal);
  if (!connection) return [];
  deps.onAsked();
  const answer = await connection.complete(document, position, context, signal);
  deps.onAnswered(answer?.record);
  return answer?.items.map((item) => prepared(item, document, position)) ?? [];
}

function prepared(item: InlineCompletionItem, document: TextDocument, position: Position): InlineCompletionItem {
  const text = typeof item.insertText === "string" ? item.insertText : item.insertText.value;
  const accepted: Accepted = { uri: document.uri.toString(), text };
  // Without a range VS Code replaces the word at the cursor.
  return new InlineCompletionItem(item.insertText, item.range ?? new Range(position, position), {
    command: ACCEPTED_COMMAND, title: "", arguments: [accepted],
  });
}

/** Undefined when the promise takes longer. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
