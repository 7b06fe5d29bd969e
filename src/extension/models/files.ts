// Models from the disk: a file where it lies, or copies from a folder.
import { basename } from "node:path";
import { l10n, ProgressLocation, Uri, window } from "vscode";
import type { Catalog } from "../../models/catalog.js";
import { importable, importModel, type ImportResult } from "../../models/store.js";

/** Undefined when nothing was picked. */
export async function pickFile(current: string | undefined): Promise<string | undefined> {
  const picked = await window.showOpenDialog({
    title: l10n.t("Pick a Model File"),
    openLabel: l10n.t("Use This Model"),
    filters: { [l10n.t("Model files")]: ["gguf"] },
    ...(current !== undefined && { defaultUri: Uri.file(current) }),
  });
  return picked?.[0]?.fsPath;
}

/** Copies what a person chooses of a folder; then the picker shows it. */
export async function importFolder(folder: string, catalog: Catalog, showPicker: () => void): Promise<void> {
  const picked = await window.showOpenDialog({ title: l10n.t("Import Models From a Folder"), openLabel: l10n.t("Import From Here"), canSelectFolders: true, canSelectFiles: false });
  if (!picked?.[0]) return;
  const found = importable(picked[0].fsPath);
  const files = found.length < 2 ? found : await chooseOf(found);
  if (found.length === 0) {
    const another = l10n.t("Choose Another Folder");
    if (await window.showWarningMessage(l10n.t("There is no GGUF file in {0}.", picked[0].fsPath), another) === another) await importFolder(folder, catalog, showPicker);
    return;
  }
  const results = await copyAll(files, folder, catalog);
  const failed = results.flatMap((result) => result.ok ? [] : [result.message]);
  if (failed.length > 0) void window.showErrorMessage(failed.join(" "));
  if (results.some(({ ok }) => ok)) showPicker();
}

async function chooseOf(found: readonly string[]): Promise<string[]> {
  const chosen = await window.showQuickPick(found.map((file) => ({ label: basename(file), file, picked: true })), { canPickMany: true, title: l10n.t("Models to Import") });
  return (chosen ?? []).map(({ file }) => file);
}

function copyAll(files: readonly string[], folder: string, catalog: Catalog): Thenable<ImportResult[]> {
  return window.withProgress({ location: ProgressLocation.Notification, title: l10n.t("Importing models"), cancellable: true }, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const results: ImportResult[] = [];
    for (const file of files) {
      progress.report({ message: basename(file), increment: 100 / files.length });
      results.push(await importModel(file, folder, catalog, stop.signal));
    }
    return results;
  });
}
