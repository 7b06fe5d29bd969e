// Which model answers in the chat, and the way to another one.
import { commands, l10n, Uri, window } from "vscode";
import { type ChatModel, chatMethods } from "../../protocol/chat.js";
import type { ModelView } from "../../protocol/panel.js";
import { chosenChatModelFile, setChatModelFile } from "../settings.js";
import type { Worker } from "../worker.js";

const ASK_MS = 30_000;

/** Starts the worker if need be, and loads no model. */
export async function modelView(worker: Worker): Promise<ModelView> {
  const signal = AbortSignal.timeout(ASK_MS);
  const connection = await worker.connected(signal);
  const outcome = await connection?.request<ChatModel>(chatMethods.model, {}, signal);
  return outcome?.kind === "answered" ? outcome.result : { kind: "unknown" };
}

/** The catalogue of models where there is one, else a file. */
export async function chooseChatModel(): Promise<void> {
  const known = await commands.getCommands(true);
  if (known.includes("inkling.chooseModel")) {
    await commands.executeCommand("inkling.chooseModel", "chat");
    return;
  }
  const current = chosenChatModelFile();
  const picked = await window.showOpenDialog({
    title: l10n.t("Choose a Chat Model"),
    openLabel: l10n.t("Use This Model"),
    filters: { [l10n.t("Model files")]: ["gguf"] },
    ...(current !== undefined && { defaultUri: Uri.file(current) }),
  });
  if (picked?.[0]) await setChatModelFile(picked[0].fsPath);
}
