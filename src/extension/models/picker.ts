// The picker of models: what is here, what could be, whether it fits and how fast it would be. Shows items and does what is chosen.
import { join } from "node:path";
import { env, l10n, type QuickPick, Uri, window } from "vscode";
import { pageOf, type Catalog, type CatalogModel, type Role } from "../../models/catalog.js";
import { shapeOfEntry } from "../../models/fit.js";
import { removePartial } from "../../models/partial.js";
import { removeModel, storedModels, unfinishedDownloads } from "../../models/store.js";
import type { Adapters } from "./adapters.js";
import { currentFile, use, type ChooseDeps } from "./choose.js";
import type { Downloads } from "./downloads.js";
import { fetchWithProgress } from "./fetch.js";
import { importFolder, pickFile } from "./files.js";
import { type Button, type Choice, type Item, itemsFor } from "./items.js";
import { fitFor, fitText, licenceText, type Machine } from "./texts.js";

export interface PickerDeps extends ChooseDeps {
  folder: string;
  catalog: Catalog;
  downloads: Downloads;
  machine: () => Machine;
  adapters: Adapters;
  /** The file that answers in a role; undefined where the chat has no model of its own. */
  modelOf: (role: Role) => string | undefined;
}

const REFRESH_MS = 1000;

export function showPicker(role: Role, deps: PickerDeps): void {
  const picker = window.createQuickPick<Item>();
  picker.title = role === "completion" ? l10n.t("Inkling: Model for Completions") : l10n.t("Inkling: Model for the Chat");
  picker.placeholder = l10n.t("Models run on this machine; a download asks the model's host for its file and nothing else.");
  picker.matchOnDescription = picker.matchOnDetail = true;
  const refresh = (): void => show(picker, role, deps);
  const timer = setInterval(() => { if (deps.downloads.running().length > 0) refresh(); }, REFRESH_MS);
  const changes = deps.downloads.onDidChange(refresh);
  picker.onDidAccept(() => {
    const choice = picker.activeItems[0]?.choice;
    if (choice?.kind === "running") return;
    picker.hide();
    if (choice) void follow(choice, role, deps);
  });
  picker.onDidTriggerItemButton(({ item, button }) => {
    press((button as Button).action, item, role, deps);
    refresh();
  });
  picker.onDidHide(() => {
    clearInterval(timer);
    changes.dispose();
    picker.dispose();
  });
  refresh();
  picker.show();
}

function show(picker: QuickPick<Item>, role: Role, { folder, catalog, downloads, machine, adapters, modelOf }: PickerDeps): void {
  const active = picker.activeItems[0]?.label.replace(/^\$\([^)]*\) /, "");
  picker.keepScrollPosition = true;
  picker.items = itemsFor({
    role, catalog, current: currentFile(role), stored: storedModels(folder, catalog), unfinished: unfinishedDownloads(folder, catalog),
    running: downloads.running(), adapter: adapters.of(role, modelOf(role)), canAdapt: modelOf(role) !== undefined, machine: machine(),
  });
  const same = picker.items.find(({ label }) => label.replace(/^\$\([^)]*\) /, "") === active);
  if (same) picker.activeItems = [same];
}

async function follow(choice: Choice, role: Role, deps: PickerDeps): Promise<void> {
  switch (choice.kind) {
    case "embedded": case "none": return use(undefined, role, deps);
    case "file": return use(choice.file, role, deps);
    case "running": return;
    case "role":
      showPicker(choice.role, deps);
      return;
    case "download": return downloadAndUse(choice.entry, role, deps);
    case "pick": {
      const file = await pickFile(currentFile(role));
      return file === undefined ? undefined : use(file, role, deps);
    }
    case "adapter": return changeAdapter(role, deps);
    case "import": return importFolder(deps.folder, deps.catalog, () => showPicker(role, deps));
  }
}

/** Takes away the one in use, or asks for one. */
async function changeAdapter(role: Role, { adapters, modelOf }: PickerDeps): Promise<void> {
  const model = modelOf(role);
  if (model === undefined) return;
  if (adapters.of(role, model) !== undefined) return adapters.use(undefined, role, model);
  const file = await pickFile(model);
  if (file !== undefined) await adapters.use(file, role, model);
}

async function downloadAndUse(entry: CatalogModel, role: Role, deps: PickerDeps): Promise<void> {
  const machine = deps.machine();
  if (await isWanted(entry, role, machine)) await startAndUse(entry, role, deps);
}

async function startAndUse(entry: CatalogModel, role: Role, deps: PickerDeps): Promise<void> {
  const file = await startOrSay(entry, deps);
  if (file !== undefined) await use(file, role, deps);
}

async function startOrSay(entry: CatalogModel, { downloads }: PickerDeps): Promise<string | undefined> {
  try {
    return await fetchWithProgress(entry, downloads);
  } catch (error) { // the mirror is no address
    void window.showErrorMessage(l10n.t("{0} was not downloaded: {1}.", entry.name, error instanceof Error ? error.message : String(error)));
    return undefined;
  }
}

/** A question only where a click may not have been enough: a licence that forbids things, a model that this machine cannot hold. */
async function isWanted(entry: CatalogModel, role: Role, machine: Machine): Promise<boolean> {
  const shape = shapeOfEntry(entry);
  const tooLarge = fitFor(shape, role, machine).fit === "too-large";
  if (!tooLarge && !entry.nonCommercial) return true;
  const detail = [...entry.nonCommercial ? [`${licenceText(entry).replace(/\$\(warning\) /, "– ")}.`] : [], ...tooLarge ? [`${fitText(shape, role, machine)}.`] : []].join("\n");
  const yes = l10n.t("Download");
  return await window.showWarningMessage(l10n.t("Download {0}?", entry.name), { modal: true, detail }, yes) === yes;
}

function press(action: Button["action"], { choice }: Item, role: Role, deps: PickerDeps): void {
  if (choice?.kind === "file" && action === "delete") return void deleteFile(choice.file, deps);
  if (choice?.kind !== "download" && choice?.kind !== "running") return;
  const { entry } = choice;
  switch (action) {
    case "page": return void openPage(entry, deps.catalog);
    case "pause":
      deps.downloads.pause(entry.id);
      return;
    case "resume": return void startAndUse(entry, role, deps);
    case "cancel":
      deps.downloads.cancel(entry.id);
      if (choice.kind === "download") removePartial(join(deps.folder, entry.file));
  }
}

function openPage(entry: CatalogModel, catalog: Catalog): Thenable<boolean> | undefined {
  const page = pageOf(entry, catalog);
  return page && env.openExternal(Uri.parse(page.href));
}

/** A model in use goes on as long as the worker has it open; the setting goes back to the built-in one. */
async function deleteFile(file: string, deps: PickerDeps): Promise<void> {
  const yes = l10n.t("Delete");
  if (await window.showWarningMessage(l10n.t("Delete this model file?"), { modal: true, detail: file }, yes) !== yes) return;
  for (const role of ["completion", "chat"] as const) if (currentFile(role) === file) await use(undefined, role, deps);
  removeModel(file);
}
