// A download as a person sees it: progress while it runs, one message with one action when it is over.
import { l10n, ProgressLocation, window } from "vscode";
import type { CatalogModel } from "../../models/catalog.js";
import type { DownloadResult } from "../../models/download.js";
import type { Downloads, RunningDownload } from "./downloads.js";
import { failureText, percentText, progressText } from "./texts.js";

const REFRESH_MS = 500;

/**
 * Resolves with the file, or with nothing when it did not come to that. Cancelling the notice pauses: what has come is not lost
 * by a click, and a message says how to go on. Where the picker pauses it, the picker itself shows that.
 */
export async function fetchWithProgress(entry: CatalogModel, downloads: Downloads): Promise<string | undefined> {
  const running = downloads.start(entry);
  const notice = new AbortController();
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t("Downloading {0}", entry.name), cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => {
        notice.abort();
        downloads.pause(entry.id);
      });
      return whileRunning(running, (message, increment) => progress.report({ message, increment }));
    },
  );
  if (!result.ok && result.failure === "paused" && !notice.signal.aborted) return undefined;
  return result.ok ? result.file : afterwards(entry, result, downloads);
}

async function whileRunning(running: RunningDownload, report: (message: string, increment: number) => void): Promise<DownloadResult> {
  let shown = 0;
  const timer = setInterval(() => {
    const reading = running.reading();
    const percent = reading.total === undefined ? 0 : (reading.received / reading.total) * 100;
    report(progressText(reading), Math.max(0, percent - shown));
    shown = Math.max(shown, percent);
  }, REFRESH_MS);
  return running.result.finally(() => clearInterval(timer));
}

async function afterwards(entry: CatalogModel, result: Extract<DownloadResult, { ok: false }>, downloads: Downloads): Promise<string | undefined> {
  if (result.failure === "cancelled") return undefined;
  const again = result.kept > 0 ? l10n.t("Resume") : l10n.t("Try Again");
  const message = result.failure === "paused"
    ? l10n.t("The download of {0} is paused at {1}.", entry.name, percentText(result.kept, entry.bytes))
    : failureText(entry.name, result.message);
  const chosen = await (result.failure === "paused" ? window.showInformationMessage(message, again) : window.showErrorMessage(message, again));
  return chosen === again ? fetchWithProgress(entry, downloads) : undefined;
}
