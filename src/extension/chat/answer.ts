// Asks the worker for the answer to the last turn of a conversation, and says in a person's words how it came out.
import { l10n } from "vscode";
import { type ChatAnswer, type ChatParams, type ChatPart, chatMethods } from "../../protocol/chat.js";
import type { AnswerState } from "../../protocol/panel.js";
import type { Worker } from "../worker.js";

/** Resolves with how the answer ended; never rejects. */
export async function requestAnswer(worker: Worker, params: ChatParams, signal: AbortSignal, onPart: (part: ChatPart) => void): Promise<AnswerState> {
  const connection = await worker.connected(signal);
  if (signal.aborted) return { kind: "stopped" };
  if (!connection) return failed(l10n.t("Inkling's worker could not be started."));
  const outcome = await connection.request<ChatAnswer>(chatMethods.ask, params, signal, onPart);
  switch (outcome.kind) {
    case "answered": return ended(outcome.result);
    case "cancelled": return { kind: "stopped" };
    case "gone": return failed(l10n.t("The model stopped working before the answer was complete. What it wrote so far is kept."));
    case "failed": return failed(l10n.t("The model could not answer: {0}", outcome.message));
  }
}

function ended(answer: ChatAnswer): AnswerState {
  switch (answer.kind) {
    case "answered": return done(notesOf(answer));
    case "completed": return completed(answer);
    case "too-long": return {
      kind: "failed", remedy: "new",
      message: l10n.t("The question takes {0} tokens, and {1} has room for {2}. Shorten it, or attach less.", answer.tokens, answer.model, answer.window),
    };
    case "no-model": return { kind: "failed", remedy: "model", message: answer.message };
  }
}

function completed({ model, code, facts }: ChatAnswer & { kind: "completed" }): AnswerState {
  if (code) return done([l10n.t("{0} cannot converse: this is what it would go on with.", model)]);
  if (facts) return done([l10n.t("{0} cannot converse: this is what is known from the code.", model)]);
  return { kind: "done", note: l10n.t("{0} cannot converse. Paste code for it to go on with, attach a file with @, or get a chat model.", model), remedy: "model" };
}

function notesOf({ end, leftOut, model }: ChatAnswer & { kind: "answered" }): string[] {
  const notes: string[] = [];
  if (end === "length") notes.push(l10n.t("The answer was cut off at its longest length. Ask to go on."));
  if (end === "window") notes.push(l10n.t("The answer was cut off: the window of {0} is full.", model));
  if (end === "repetition") notes.push(l10n.t("Stopped, because the model repeated itself."));
  if (leftOut.turns > 0) notes.push(l10n.t("Earlier questions that no longer fitted into the model's window: {0}.", leftOut.turns));
  if (leftOut.facts.length > 0) notes.push(l10n.t("Shortened to fit: {0}.", leftOut.facts.join(", ")));
  return notes;
}

function done(notes: readonly string[]): AnswerState {
  return { kind: "done", ...notes.length > 0 && { note: notes.join(" ") } };
}

function failed(message: string): AnswerState {
  return { kind: "failed", message, remedy: "retry" };
}
