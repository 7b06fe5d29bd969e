// Ghost text: one provider, registered for good, that asks the worker. It outlives every worker, so that the next keystroke can
// always start one. Nothing here shows a message: this runs because somebody typed.
import {
  commands, Disposable, type InlineCompletionContext, InlineCompletionItem, type InlineCompletionItemProvider, InlineCompletionTriggerKind, languages,
  type Position, Range, type TextDocument,
} from "vscode";
import type { Accepted, CompletionRecord } from "../protocol.js";
import { documentSelector } from "./documents.js";
import { isAtCursor, type Place, placeOf, samePlace } from "./place.js";
import { isEnabled } from "./settings.js";
import type { Worker } from "./worker.js";

/** VS Code drops an automatic suggestion about 750 ms after the keystroke, its own delay and rendering included. */
const BUDGET_MS = 500;

/** Runs when a suggestion was accepted; not contributed, so nobody meets it in the palette. */
const ACCEPTED_COMMAND = "inkling.accepted";

export interface CompletionsDeps {
  worker: Worker;
  onAsked: () => void;
  /** Follows each `onAsked`; without a record when the request was taken back or there was nobody to ask. */
  onAnswered: (record: CompletionRecord | undefined) => void;
}

export function registerCompletions(deps: CompletionsDeps): Disposable {
  return Disposable.from(
    languages.registerInlineCompletionItemProvider(documentSelector, provider(deps)),
    commands.registerCommand(ACCEPTED_COMMAND, (what: Accepted) => deps.worker.connection?.accepted(what)),
  );
}

function provider(deps: CompletionsDeps): InlineCompletionItemProvider {
  let current = new AbortController(); // the next request takes this one back
  let shownLate: Place | undefined;    // where an answer came after the budget, so that we made VS Code ask again
  return {
    async provideInlineCompletionItems(document, position, context, token) {
      current.abort();
      if (!isEnabled(document)) return [];
      const request = current = new AbortController();
      const place = placeOf(document, position);
      const again = shownLate !== undefined && samePlace(shownLate, place);
      shownLate = undefined;
      // To the worker our own trigger is no wish of a person: same question, so that it finds its own answer again.
      const asAsked = again ? { ...context, triggerKind: InlineCompletionTriggerKind.Automatic } : context;
      const answer = ask(deps, document, position, asAsked, request.signal);

      const link = token.onCancellationRequested(() => request.abort());
      const waitsForUs = context.triggerKind === InlineCompletionTriggerKind.Invoke;
      const items = await (waitsForUs ? answer : within(BUDGET_MS, answer));
      link.dispose(); // from here on only the next keystroke takes the request back
      if (items) return items;

      void answer.then((late) => {
        if (late.length === 0 || request.signal.aborted || !isAtCursor(place)) return;
        shownLate = place;
        void commands.executeCommand("editor.action.inlineSuggest.trigger");
      });
      return [];
    },
  };
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
