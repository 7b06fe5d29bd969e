// The chat's commands, in the palette, in the view's title and in the explorer's menu.
import { commands, Disposable, type Uri, window } from "vscode";
import type { Mention } from "../../protocol/panel.js";
import { fileMention } from "./context.js";

export interface CommandDeps {
  open: () => Promise<void>;
  startNew: () => void;
  showHistory: () => void;
  attach: (mentions: readonly Mention[]) => Promise<void>;
  chooseModel: () => Promise<void>;
}

export function registerCommands({ open, startNew, showHistory, attach, chooseModel }: CommandDeps): Disposable {
  const attachFiles = async (uri?: Uri, uris?: readonly Uri[]): Promise<void> => {
    const files = uris ?? [uri ?? window.activeTextEditor?.document.uri];
    await open();
    await attach(files.filter((file) => file !== undefined).map(fileMention));
  };
  const attachSelection = async (): Promise<void> => {
    await open();
    await attach([{ kind: "selection", label: "", detail: "" }]);
  };
  return Disposable.from(
    commands.registerCommand("inkling.openChat", open),
    commands.registerCommand("inkling.chat.new", async () => {
      startNew();
      await open();
    }),
    commands.registerCommand("inkling.chat.history", showHistory),
    commands.registerCommand("inkling.chat.addFile", attachFiles),
    commands.registerCommand("inkling.chat.addSelection", attachSelection),
    commands.registerCommand("inkling.chat.chooseModel", chooseModel),
  );
}
