// Offers the chat model to VS Code's own chat and to other extensions, in those VS Codes that take models from extensions. Their requests
// go the same way as the panel's, without anything of ours in the prompt.
import { type CancellationToken, Disposable, type Event, EventEmitter, l10n, LanguageModelChatMessageRole, LanguageModelTextPart, lm, type Progress } from "vscode";
import { type ChatAnswer, type ChatMeasure, type ChatMessage, chatMethods, type ChatModel, type ChatPart } from "../../protocol/chat.js";
import type { Outcome } from "../client.js";
import { chosenChatModelFile, chosenModelFile } from "../settings.js";
import type { Worker } from "../worker.js";

const VENDOR = "inkling";
/** What an answer may take of the window at most; the worker keeps it free. */
const ANSWER_SHARE = 0.25;

interface Information { id: string; name: string; family: string; version: string; tooltip?: string; detail?: string; maxInputTokens: number; maxOutputTokens: number; capabilities: object }
interface RequestMessage { role: LanguageModelChatMessageRole; content: readonly unknown[] }

/** The part of VS Code 1.104's API that is used; the types of the oldest VS Code that Inkling runs in do not have it. */
interface Provider {
  onDidChangeLanguageModelChatInformation: Event<void>;
  provideLanguageModelChatInformation(options: unknown, token: CancellationToken): Promise<Information[]>;
  provideLanguageModelChatResponse(model: Information, messages: readonly RequestMessage[], options: unknown, progress: Progress<LanguageModelTextPart>, token: CancellationToken): Promise<void>;
  provideTokenCount(model: Information, text: string | RequestMessage, token: CancellationToken): Promise<number>;
}
type Register = (vendor: string, provider: Provider) => Disposable;

export interface ModelProvider {
  /** To be called when another model answers from now on. */
  changed(): void;
  dispose(): void;
}

export function registerModelProvider(worker: Worker): ModelProvider {
  const changes = new EventEmitter<void>();
  const { registerLanguageModelChatProvider: register } = lm as { registerLanguageModelChatProvider?: Register };
  const registered = register?.(VENDOR, {
    onDidChangeLanguageModelChatInformation: changes.event,
    provideLanguageModelChatInformation: (_, token) => withSignal(token, async (signal) => {
      if ((chosenChatModelFile() ?? chosenModelFile()) === undefined) return []; // the model that comes with Inkling does not converse: no reason to start a worker
      return informationOf(await request<ChatModel>(worker, chatMethods.model, {}, signal));
    }),
    provideLanguageModelChatResponse: (_, messages, __, progress, token) => withSignal(token, (signal) => respond(worker, messages, progress, signal)),
    provideTokenCount: (_, text, token) => withSignal(token, async (signal) => {
      const message: ChatMessage = { role: "user", text: typeof text === "string" ? text : textOf(text) };
      const measure = await request<ChatMeasure | null>(worker, chatMethods.measure, { messages: [message], bare: true }, signal);
      return measure ? measure.used - measure.answer : 0;
    }),
  });
  return {
    changed: () => changes.fire(),
    dispose: () => { Disposable.from(changes, ...registered ? [registered] : []).dispose(); },
  };
}

function informationOf(model: ChatModel | undefined): Information[] {
  if (model?.kind !== "chat") return []; // what only completes code is none that one can talk with
  const answer = Math.floor(model.window * ANSWER_SHARE);
  return [{
    id: "inkling-chat", name: model.name, family: model.name, version: "1", detail: "Inkling", tooltip: l10n.t("Runs on this machine; nothing leaves it."),
    maxInputTokens: model.window - answer, maxOutputTokens: answer, capabilities: {},
  }];
}

async function respond(worker: Worker, messages: readonly RequestMessage[], progress: Progress<LanguageModelTextPart>, signal: AbortSignal): Promise<void> {
  const onPart = (part: ChatPart): void => {
    if (part.kind === "text") progress.report(new LanguageModelTextPart(part.text));
  };
  const params = {
    bare: true,
    messages: messages.map((message): ChatMessage => ({ role: message.role === LanguageModelChatMessageRole.Assistant ? "assistant" : "user", text: textOf(message) })),
  };
  const answer = await request<ChatAnswer>(worker, chatMethods.ask, params, signal, onPart);
  if (answer?.kind === "too-long") throw new Error(l10n.t("The question takes {0} tokens, and {1} has room for {2}. Shorten it, or attach less.", answer.tokens, answer.model, answer.window));
  if (answer?.kind === "no-model") throw new Error(answer.message);
}

/** Undefined when it was cancelled. */
async function request<R>(worker: Worker, method: string, params: object, signal: AbortSignal, onPart?: (part: ChatPart) => void): Promise<R | undefined> {
  const connection = await worker.connected(signal);
  if (!connection && signal.aborted) return undefined;
  const outcome: Outcome<R> = await connection?.request<R>(method, params, signal, onPart) ?? { kind: "gone" };
  switch (outcome.kind) {
    case "answered": return outcome.result;
    case "cancelled": return undefined;
    case "gone": throw new Error(l10n.t("The model stopped working before the answer was complete."));
    case "failed": throw new Error(outcome.message);
  }
}

/** Pictures and calls of tools mean nothing to these models. */
function textOf({ content }: RequestMessage): string {
  return content.filter((part) => part instanceof LanguageModelTextPart).map(({ value }) => value).join("");
}

async function withSignal<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) controller.abort();
  return work(controller.signal).finally(() => { listener.dispose(); });
}
