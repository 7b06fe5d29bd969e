// Chat as the worker serves it: which model answers, what a question costs, the answer as it streams. How a prompt is made is core's
// business.
import { basename } from "node:path";
import { type CancellationToken, type Connection, LSPErrorCodes, ProgressType, ResponseError } from "vscode-languageserver";
import { type Converser, generateAnswer, openConverser, plan, reserveOf } from "../core/chat/answer.js";
import { TemplateError } from "../core/chat/template.js";
import type { LanguageModel, Token } from "../core/model.js";
import { type GgufHeader, readGgufHeader } from "../models/gguf.js";
import { type ChatAnswer, type ChatMeasure, type ChatModel, chatMethods, type ChatParams, type ChatPart, type FactsParams, type ResolvedFact } from "../protocol/chat.js";
import type { WorkerOptions } from "../protocol/worker.js";
import { completeInChat } from "./chat-code.js";
import { type FactRoom, resolveFact } from "./chat-facts.js";
import type { Session } from "./completion.js";
import { forConversation } from "./engine.js";

/** Of the window, what one attached file may take before it becomes an outline. */
const FACT_SHARE = 0.4;
/** Without a model to count for: what a person can read at a glance. */
const AT_A_GLANCE: FactRoom = { tokens: 700, charsPerToken: 3, outlineOnly: true };
const CHARS_PER_TOKEN = 3.2;
const PROGRESS_MS = 150;

export interface ChatDeps {
  session: () => Session | undefined;
  /** The model's file for conversation; undefined when there is none. */
  file: () => string | undefined;
}

export function registerChat(connection: Connection, deps: ChatDeps): void {
  const conversers = new WeakMap<LanguageModel, Converser>();
  const about = (): ChatModel => describe(deps.file(), deps.session()?.modelName ?? "");
  const converser = async (session: Session, signal: AbortSignal): Promise<Converser | undefined> => {
    if (about().kind !== "chat") return undefined;
    const model = await session.chatModel(signal);
    if (!model) return undefined;
    const opened = conversers.get(model) ?? openConverser(model, wantsBos(deps.file()!));
    if (opened) conversers.set(model, opened);
    return opened;
  };
  const on = (method: string, handle: (params: never, session: Session, signal: AbortSignal) => Promise<unknown>): void => {
    connection.onRequest(method, async (params: never, token: CancellationToken): Promise<unknown> => {
      const session = deps.session();
      return session ? cancellable(token, (signal) => handle(params, session, signal)) : new ResponseError(LSPErrorCodes.ServerCancelled, "not initialized");
    });
  };

  connection.onRequest(chatMethods.model, (): unknown => about());
  on(chatMethods.ask, async (params: ChatParams & { partialResultToken?: string }, session, signal): Promise<ChatAnswer> => {
    const tell = (part: ChatPart): void => {
      if (params.partialResultToken !== undefined && !signal.aborted) void connection.sendProgress(new ProgressType<ChatPart>(), params.partialResultToken, part);
    };
    const onText = (text: string): void => tell({ kind: "text", text });
    try {
      const found = await converser(session, signal);
      return found ? await answer(found, params, tell, signal) : await completeInChat(params, session, onText, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof Error)) throw error;
      session.log(`chat: ${error.stack ?? error.message}`);
      return { kind: "no-model", model: nameOf(about()), message: error instanceof TemplateError ? `${nameOf(about())} cannot be used: ${error.message}` : error.message };
    }
  });
  on(chatMethods.facts, async ({ items }: FactsParams, session, signal): Promise<ResolvedFact[]> => {
    const model = (await converser(session, signal))?.model;
    const room: FactRoom = model ? { tokens: model.contextLength * FACT_SHARE, charsPerToken: CHARS_PER_TOKEN } : AT_A_GLANCE;
    const facts = await Promise.all(items.map((item) => resolveFact(item, session.workspace, room)));
    return facts.map((fact) => (model && fact.kind === "fact" ? { ...fact, tokens: model.tokenize(fact.fact.text).length } : fact));
  });
  on(chatMethods.measure, async (params: ChatParams, session, signal): Promise<ChatMeasure | null> => {
    const found = await converser(session, signal);
    if (!found) return null;
    const { tokens, leftOut } = plan(found, params.messages, params.bare === true);
    const reserve = reserveOf(found.model);
    return { used: tokens + reserve, window: found.model.contextLength, answer: reserve, leftOut };
  });
}

async function answer(converser: Converser, params: ChatParams, tell: (part: ChatPart) => void, signal: AbortSignal): Promise<ChatAnswer> {
  const { model } = converser;
  const { prompt, tokens, leftOut } = plan(converser, params.messages, params.bare === true);
  const window = model.contextLength;
  if (!prompt) return { kind: "too-long", model: model.name, tokens, window: window - reserveOf(model) };
  const stopProgress = tellProgress(model, prompt, tell);
  const answered = await generateAnswer(converser, prompt, {
    signal,
    onText(text) {
      stopProgress();
      tell({ kind: "text", text });
    },
    ...params.maxTokens !== undefined && { maxTokens: params.maxTokens }, ...params.temperature !== undefined && { temperature: params.temperature },
  }).finally(stopProgress);
  const { end, reused, generated } = answered;
  return { kind: "answered", model: model.name, end, leftOut, tokens: { prompt: prompt.length, reused, generated, window } };
}

/** How far the reading of the prompt has come, until the returned function is called. */
function tellProgress(model: LanguageModel, prompt: readonly Token[], tell: (part: ChatPart) => void): () => void {
  const look = (): void => tell({ kind: "reading", done: model.cached?.(prompt) ?? 0, total: prompt.length });
  const timer = setInterval(look, PROGRESS_MS);
  return () => clearInterval(timer);
}

function describe(file: string | undefined, completionModel: string): ChatModel {
  if (file === undefined) return { kind: "completion", name: completionModel.replace(/\.gguf$/i, "") };
  try {
    const header = readGgufHeader(file);
    const name = header.metadata.get("general.name");
    const shown = typeof name === "string" && name !== "" ? name : basename(file);
    if (typeof header.metadata.get("tokenizer.chat_template") !== "string") return { kind: "completion", name: shown };
    return { kind: "chat", name: shown, window: Math.min(trainedWindow(header), forConversation.contextLength) };
  } catch (error) {
    return { kind: "problem", name: basename(file), message: `${basename(file)} cannot be used: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

/** The file that a person chose for conversation, else the one that completes code, where it can converse. */
export function conversationFile({ modelFile, chatModelFile }: Pick<WorkerOptions, "modelFile" | "chatModelFile">): string | undefined {
  if (chatModelFile !== undefined) return chatModelFile;
  return describe(modelFile, "").kind === "chat" ? modelFile : undefined;
}

function trainedWindow({ metadata }: GgufHeader): number {
  const length = metadata.get(`${String(metadata.get("general.architecture"))}.context_length`);
  return typeof length === "number" ? length : forConversation.contextLength;
}

/** As llama.cpp decides it: what the metadata says, else what the kind of vocabulary usually wants. */
export function wantsBos(file: string): boolean {
  const { metadata } = readGgufHeader(file);
  const said = metadata.get("tokenizer.ggml.add_bos_token");
  return typeof said === "boolean" ? said : metadata.get("tokenizer.ggml.model") === "llama";
}

function nameOf({ name }: ChatModel): string {
  return name;
}

/** The edge between LSP's cancellation and ours. */
async function cancellable<R>(token: CancellationToken, work: (signal: AbortSignal) => Promise<R>): Promise<R | ResponseError> {
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    throw error;
  } finally {
    listener.dispose();
    controller.abort(); // a generation that nobody pulls from any more leaves the engine
  }
}
