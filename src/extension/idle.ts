// Ends the worker when nobody has worked for a while, because the end of its process is what gives all of its memory back, and starts it again
// with the first sign of work: a model takes longer to load than an editor waits for a suggestion.
import { Disposable, window, workspace } from "vscode";
import { isCompletable } from "./documents.js";
import { createIdleTimer } from "./idle-timer.js";
import { enablementOf } from "./settings.js";
import type { Worker } from "./worker.js";

/** A model that lies in memory unused is not missed after so long; loading it takes a second or a few. */
const IDLE_MS = 10 * 60_000;

export function stopWhenIdle(worker: Worker, log: { info(message: string): void }, idleMs = IDLE_MS): Disposable {
  const timer = createIdleTimer({
    idleMs,
    isBusy: () => (worker.connection?.pending() ?? 0) > 0,
    onIdle: () => {
      if (worker.state.kind !== "running") return false;
      log.info("Nobody has worked for a while: the worker ends, and its memory with it.");
      void worker.stop();
      return true;
    },
    onReturn: () => {
      if (enablementOf(window.activeTextEditor?.document).kind === "on") worker.warm();
    },
  });
  return Disposable.from(
    timer,
    window.onDidChangeTextEditorSelection(({ textEditor }) => isCompletable(textEditor.document.uri) && timer.active()),
    workspace.onDidChangeTextDocument(({ document }) => isCompletable(document.uri) && timer.active()),
    window.onDidChangeWindowState(({ focused }) => focused && timer.active()),
  );
}
