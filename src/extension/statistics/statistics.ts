// Statistics of suggestions: counted in this window, kept in a file of this machine, shown on a page, cleared on request. Never sent anywhere.
import { commands, Disposable, l10n, type LogOutputChannel, type Uri, window } from "vscode";
import type { Pages } from "../page.js";
import { createCounter, type SuggestionCounter } from "./follow.js";
import { statisticsPage } from "./page.js";
import { openStatistics } from "./store.js";
import type { Tally } from "./tally.js";

const WRITE_EVERY_MS = 60_000;

export interface Statistics {
  readonly counter: SuggestionCounter;
  today(): Tally;
  /** To be awaited before the process ends. */
  flush(): Promise<void>;
  dispose(): void;
}

/** `onCount` is called after every count, for whoever shows today's. */
export function registerStatistics(folder: Uri, pages: Pages, log: LogOutputChannel, onCount: () => void): Statistics {
  const store = openStatistics(folder.fsPath);
  const counter = createCounter({
    count: (languageId, what) => {
      store.count(languageId, what);
      onCount();
    },
  });
  const flush = (): Promise<void> => store.flush().catch((error: unknown) => log.warn(`The statistics could not be written: ${String(error)}`));
  const timer = setInterval(() => void flush(), WRITE_EVERY_MS);
  void flush(); // reads what there is
  const all = Disposable.from(
    counter,
    { dispose: () => clearInterval(timer) },
    commands.registerCommand("inkling.showStatistics", async () => {
      await flush();
      pages.show(statisticsPage(store.days()));
    }),
    commands.registerCommand("inkling.clearStatistics", async () => {
      const clear = l10n.t("Clear");
      const question = l10n.t("Clear the statistics of all windows? They cannot be brought back.");
      if (await window.showWarningMessage(question, { modal: true }, clear) !== clear) return;
      await store.clear();
      pages.refresh(statisticsPage(store.days()));
    }),
  );
  return { counter, today: () => store.today(), flush, dispose: () => void all.dispose() };
}
