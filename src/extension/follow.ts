// Follows the editor and the settings: starts the worker before the first keystroke needs it (a cold answer takes longer than VS Code
// waits), ends it when Inkling is switched off, restarts it when another model is chosen.
import { Disposable, window, workspace } from "vscode";
import { isCompletable } from "./documents.js";
import { enablementOf } from "./settings.js";
import type { Enablement } from "./state.js";
import type { Worker } from "./worker.js";

/** A worker is told these when it starts. */
const NEED_ANOTHER_WORKER = ["inkling.modelFile", "inkling.chatModelFile", "inkling.threads", "inkling.gpu", "inkling.server"];

export function followEditor(worker: Worker, onChatModel: () => void, onEnablement: (enablement: Enablement) => void): Disposable {
  const look = (): Enablement => {
    const document = window.activeTextEditor?.document;
    const completable = document && isCompletable(document.uri) ? document : undefined;
    const enablement = enablementOf(completable);
    onEnablement(enablement);
    // One worker per window: a window in the background gets its own when somebody comes to work in it.
    if (completable && enablement.kind === "on" && window.state.focused) worker.warm();
    return enablement;
  };
  const first = setImmediate(look); // after activation
  return Disposable.from(
    { dispose: () => clearImmediate(first) },
    window.onDidChangeActiveTextEditor(look),
    window.onDidChangeWindowState(look),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("inkling")) return;
      const enablement = look();
      if (enablement.kind === "off-everywhere") void worker.stop();
      else if (NEED_ANOTHER_WORKER.some((setting) => event.affectsConfiguration(setting))) void worker.restart();
      if (event.affectsConfiguration("inkling.modelFile") || event.affectsConfiguration("inkling.chatModelFile")) onChatModel();
    }),
  );
}
