// Ghost text: one provider, registered for good, that asks the worker. It outlives every worker, so that the next keystroke can
// always start one. Nothing here shows a message: this runs because somebody typed.
import {
  commands, Disposable, type InlineCompletionContext, InlineCompletionItem, type InlineCompletionItemProvider, InlineCompletionTriggerKind, languages,
  type Position, Range, type TextDocument, window,
} from "vscode";
import type { Accepted, CompletionRecord } from "../protocol/completion.js";
import { documentSelector, isCompletable } from "./documents.js";
import { isAtCursor, type Place, placeOf, samePlace } from "./place.js";
import { isEnabled, suggestIn } from "./settings.js";
import type { SuggestionCounter } from "./statistics/follow.js";
import type { Worker } from "./worker.js";

/** VS Code drops an automatic suggestion about 750 ms after the keystroke, its own delay and rendering included. */
const BUDGET_MS = 500;

/** Whoever stopped typing longer ago than this, before Inkling was loaded, is thinking of something else by now. */
const EARLIER_KEYSTROKE_MS = 5000;

/** Runs when a suggestion was accepted; not contributed, so nobody meets it in the palette. */
const ACCEPTED_COMMAND = "inkling.accepted";

export interface CompletionsDeps {
  worker: Worker;
  /** No automatic suggestions for a while; whoever asks by key gets one. */
  isSnoozed: () => boolean;
  counter: Pick<SuggestionCounter, "shown" | "accepted">;
  onAccepted: () => void;
  /** `withList`: an entry of VS Code's own list of suggestions was chosen. */
  onAsked: (place: Place, withList: boolean) => void;
  /** Follows each `onAsked`; without a record when the request was taken back or there was nobody to ask. */
  onAnswered: (record: CompletionRecord | undefined) => void;
}

export function registerCompletions(deps: CompletionsDeps): Disposable {
  let current = new AbortController(); // the next request takes this one back
  let triggered: { place: Place; begun: number } | undefined; // where we made VS Code ask, because an answer came after it had stopped waiting

  const trigger = (place: Place, begun = performance.now()): void => {
    if (!isAtCursor(place)) return;
    triggered = { place, begun };
    void commands.executeCommand("editor.action.inlineSuggest.trigger");
  };

  const provider: InlineCompletionItemProvider = {
    async provideInlineCompletionItems(document, position, context, token) {
      current.abort();
      const isPatient = context.triggerKind === InlineCompletionTriggerKind.Invoke;
      if (!isEnabled(document)) return [];
      const request = current = new AbortController();
      const place = placeOf(document, position);
      const byUs = triggered !== undefined && samePlace(triggered.place, place) ? triggered : undefined;
      triggered = undefined;
      if (deps.isSnoozed() && !(isPatient && !byUs)) return [];
      const begun = byUs?.begun ?? performance.now();
      // To the worker our own trigger is no wish of a person: the same question again, so that it finds its answer to it.
      const asAsked = byUs ? { ...context, triggerKind: InlineCompletionTriggerKind.Automatic } : context;
      const answer = ask(deps, document, position, asAsked, request.signal);

      const link = token.onCancellationRequested(() => request.abort());
      const items = await (isPatient ? answer : within(BUDGET_MS, answer));
      link.dispose(); // from here on only the next request takes this one back
      if (items) {
        const waitMs = performance.now() - begun;
        if (!token.isCancellationRequested) items.forEach((item) => deps.counter.shown({ document, range: item.range!, text: textOf(item), waitMs }));
        return items;
      }

      void answer.then((late) => {
        if (late.length > 0 && !request.signal.aborted) trigger(place, begun);
      });
      return [];
    },
  };

  void hearEarlierKeystroke(deps.worker, trigger);
  return Disposable.from(
    languages.registerInlineCompletionItemProvider(documentSelector, provider),
    commands.registerCommand(ACCEPTED_COMMAND, (what: Accepted, where: AcceptedWhere) => {
      deps.worker.connection?.accepted(what);
      deps.onAccepted();
      deps.counter.accepted(where.document, where.range.start, what.text, where.replaced);
    }),
    { dispose: () => current.abort() },
  );
}

/** Stays in this process, so it may be more than plain data. */
interface AcceptedWhere {
  document: TextDocument;
  range: Range;
  /** Characters that the suggestion took the place of. */
  replaced: number;
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
  deps.onAsked(placeOf(document, position), context.selectedCompletionInfo !== undefined);
  const answer = await connection.complete(document, position, context, { suggestIn: suggestIn(document) }, signal);
  deps.onAnswered(answer?.record);
  return answer?.items.map((item) => prepared(item, document, position)) ?? [];
}

function prepared(item: InlineCompletionItem, document: TextDocument, position: Position): InlineCompletionItem {
  const accepted: Accepted = { uri: document.uri.toString(), text: textOf(item) };
  const range = item.range ?? new Range(position, position); // without one VS Code replaces the word at the cursor
  const where: AcceptedWhere = { document, range, replaced: document.getText(range).length };
  return new InlineCompletionItem(item.insertText, range, { command: ACCEPTED_COMMAND, title: "", arguments: [accepted, where] });
}

function textOf({ insertText }: InlineCompletionItem): string {
  return typeof insertText === "string" ? insertText : insertText.value;
}

/** Undefined when the promise takes longer. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
