// The list of earlier conversations: opens one, gives it another name, deletes it.
import { l10n, type QuickInputButton, type QuickPickItem, ThemeIcon, window } from "vscode";
import { type Conversation, titleOf } from "./conversation.js";
import type { Store } from "./store.js";

interface Entry extends QuickPickItem {
  conversation: Conversation;
}

export interface History {
  open: (conversation: Conversation) => void;
  renamed: (conversation: Conversation) => void;
  deleted: (id: string) => void;
}

export function showHistory(store: Store, current: string, { open, renamed, deleted }: History): void {
  const rename: QuickInputButton = { iconPath: new ThemeIcon("edit"), tooltip: l10n.t("Rename") };
  const remove: QuickInputButton = { iconPath: new ThemeIcon("trash"), tooltip: l10n.t("Delete") };
  const picker = window.createQuickPick<Entry>();
  let asking = false; // a question about an entry hides the list for a moment
  const show = (): void => {
    picker.items = store.all().map((conversation) => ({
      conversation, label: `${conversation.id === current ? "$(comment-discussion) " : ""}${titleOf(conversation)}`,
      description: new Date(conversation.changed).toLocaleString(), buttons: [rename, remove],
    }));
  };
  picker.title = l10n.t("Conversations");
  picker.placeholder = l10n.t("Choose a conversation to go on with");
  picker.matchOnDescription = true;
  show();
  picker.onDidAccept(() => {
    const chosen = picker.activeItems[0];
    picker.hide();
    if (chosen) open(chosen.conversation);
  });
  picker.onDidTriggerItemButton(async ({ button, item: { conversation } }) => {
    asking = true;
    if (button === rename) {
      const name = await window.showInputBox({ title: l10n.t("Rename Conversation"), value: titleOf(conversation) });
      if (name !== undefined && name.trim() !== "") renamed({ ...conversation, name: name.trim() });
    } else if (await confirmed(titleOf(conversation))) {
      deleted(conversation.id);
    }
    asking = false;
    show();
    picker.show();
  });
  picker.onDidHide(() => { if (!asking) picker.dispose(); });
  picker.show();
}

async function confirmed(title: string): Promise<boolean> {
  const yes = l10n.t("Delete");
  return await window.showWarningMessage(l10n.t("Delete the conversation “{0}”?", title), { modal: true }, yes) === yes;
}
