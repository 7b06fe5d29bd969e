// Which model answers in the chat, and the way to another one.
import { commands } from "vscode";
import { type ChatModel, chatMethods } from "../../protocol/chat.js";
import type { ModelView } from "../../protocol/panel.js";
import type { Worker } from "../worker.js";

const ASK_MS = 30_000;

/** Starts the worker if need be, and loads no model. */
export async function modelView(worker: Worker): Promise<ModelView> {
  const signal = AbortSignal.timeout(ASK_MS);
  const connection = await worker.connected(signal);
  const outcome = await connection?.request<ChatModel>(chatMethods.model, {}, signal);
  return outcome?.kind === "answered" ? outcome.result : { kind: "unknown" };
}

/** Among the models of the catalogue, or any file. */
export async function chooseChatModel(): Promise<void> {
  await commands.executeCommand("inkling.chooseModel", "chat");
}
