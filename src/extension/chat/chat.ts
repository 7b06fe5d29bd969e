// The chat: one conversation in the panel, the others on disk. What a person does in the panel changes the conversation; what the
// worker says goes into it, and from there to the panel, shown or not.
import { join } from "node:path";
import { commands, Disposable, type ExtensionContext, l10n, window } from "vscode";
import type { Worker } from "../worker.js";
import { type Attachments, createAttachments } from "./attachments.js";
import { registerCode } from "./code.js";
import { registerCommands } from "./commands.js";
import { showHistory } from "./history.js";
import { chooseChatModel } from "./model.js";
import { Session, type ShownTurn } from "./session.js";
import { openStore } from "./store.js";
import { perform } from "./perform.js";
import { registerModelProvider } from "./provider.js";
import { registerView } from "./view.js";

export type { ShownTurn } from "./session.js";

export interface Chat {
  /** Opens the panel with a finished turn, from which a person can ask on. */
  showInChat(turn: ShownTurn): Promise<void>;
  /** To be called when another model may answer from now on. */
  modelChanged(): void;
  dispose(): void;
}

export function registerChat(context: ExtensionContext, worker: Worker): Chat {
  const store = openStore(join((context.storageUri ?? context.globalStorageUri).fsPath, "chat"), sayUnsaved);
  const code = registerCode();
  const attachments: Attachments = createAttachments(worker, () => session.attachmentsChanged());
  const view = registerView(context.extensionUri, (message) => void perform(message, { session, attachments, code, view }));
  const session: Session = new Session({ worker, store, attachments, post: (message) => view.post(message), language: () => window.activeTextEditor?.document.languageId });
  const open = async (text?: string): Promise<void> => {
    await commands.executeCommand("inkling.chat.focus");
    session.focus(typeof text === "string" ? text : undefined);
  };
  const provider = registerModelProvider(worker);
  const registered = Disposable.from(view, code, session, provider, registerCommands({
    open,
    startNew: () => session.startNew(),
    showHistory: () => showHistory(store, session.id(), {
      open: (conversation) => void open().then(() => session.open(conversation.id)),
      renamed: (conversation) => session.rename(conversation),
      deleted: (id) => session.remove(id),
    }),
    attach: async (mentions) => {
      for (const mention of mentions) await attachments.add(mention);
    },
    chooseModel: chooseChatModel,
  }));
  return {
    async showInChat(turn) {
      session.showTurn(turn);
      await open();
    },
    modelChanged() {
      session.modelChanged();
      provider.changed();
    },
    dispose: () => { registered.dispose(); },
  };
}

/** Once: it is tried again with everything that is saved. */
function sayUnsaved(error: unknown): void {
  const why = (error as NodeJS.ErrnoException).code === "ENOSPC" ? l10n.t("the disk is full") : String(error);
  void window.showWarningMessage(l10n.t("The conversation is kept in this window only, because it cannot be saved: {0}.", why));
}
