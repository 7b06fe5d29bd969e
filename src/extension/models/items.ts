// The entries of the picker, in their order. Makes them from facts and starts nothing.
import { basename } from "node:path";
import { l10n, type QuickInputButton, type QuickPickItem, QuickPickItemKind, ThemeIcon } from "vscode";
import type { Catalog, CatalogModel, Role } from "../../models/catalog.js";
import { inspectFile } from "../../models/conformance.js";
import { type ModelShape, shapeOfEntry, shapeOfFile } from "../../models/fit.js";
import { bytesText } from "../../models/meter.js";
import type { StoredModel, UnfinishedDownload } from "../../models/store.js";
import type { RunningDownload } from "./downloads.js";
import { fitText, isSuggested, licenceText, type Machine, percentText, progressText, speedTextFor } from "./texts.js";

export type Choice =
  | { kind: "embedded" } | { kind: "none" }
  | { kind: "file"; file: string }
  | { kind: "download"; entry: CatalogModel }
  | { kind: "running"; entry: CatalogModel }
  | { kind: "pick" } | { kind: "adapter" } | { kind: "import" } | { kind: "role"; role: Role };

export interface Item extends QuickPickItem {
  choice?: Choice;
  buttons?: Button[];
}

export interface Button extends QuickInputButton {
  action: "page" | "delete" | "pause" | "cancel" | "resume";
}

export interface PickerFacts {
  role: Role;
  catalog: Catalog;
  /** File in use for this role. */
  current: string | undefined;
  stored: readonly StoredModel[];
  unfinished: readonly UnfinishedDownload[];
  running: readonly RunningDownload[];
  machine: Machine;
  /** File of the LoRA adapter in use for this role. */
  adapter: string | undefined;
  /** Whether there is a model that one could be added to. */
  canAdapt: boolean;
}

const button = (action: Button["action"], icon: string, tooltip: string): Button => ({ action, iconPath: new ThemeIcon(icon), tooltip });

export function itemsFor(facts: PickerFacts): Item[] {
  const { role, catalog, stored, unfinished, running } = facts;
  const active = new Set([...running, ...unfinished].map(({ entry }) => entry.id));
  const here = new Set(stored.map(({ entry }) => entry?.id));
  const offered = catalog.models.filter(({ id, roles, embedded }) => roles.includes(role) && !embedded && !active.has(id) && !here.has(id));
  const paused = unfinished.filter(({ entry }) => !running.some((other) => other.entry.id === entry.id));
  return [
    ...section(l10n.t("Comes with Inkling"), role === "completion" ? catalog.models.filter(({ embedded }) => embedded).map((entry) => embeddedItem(entry, facts)) : [sameItem(facts)]),
    ...section(l10n.t("On this machine"), fileItems(facts)),
    ...section(l10n.t("Being downloaded"), [...running.map(runningItem), ...paused.map(pausedItem)]),
    ...section(l10n.t("Can be downloaded"), offered.sort((a, b) => rank(b, facts) - rank(a, facts)).map((entry, i) => offeredItem(entry, i === 0 && rank(entry, facts) > 0, facts))),
    ...section(l10n.t("More"), moreItems(facts)),
  ];
}

function section(label: string, items: Item[]): Item[] {
  return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

function labelled(name: string, isCurrent: boolean): string {
  return isCurrent ? `$(check) ${name}` : name;
}

/** The largest that is fast enough first, then the others from small to large. */
function rank(entry: CatalogModel, { role, machine }: PickerFacts): number {
  return isSuggested(entry, shapeOfEntry(entry), role, machine) ? entry.parameters : -entry.parameters;
}

function embeddedItem(entry: CatalogModel, { current, machine }: PickerFacts): Item {
  return {
    label: labelled(entry.name, current === undefined), description: bytesText(entry.bytes),
    detail: [l10n.t("Always fits"), speedTextFor(entry, machine), entry.remark].join(" · "), choice: { kind: "embedded" },
  };
}

function sameItem({ current }: PickerFacts): Item {
  return {
    label: labelled(l10n.t("The model that completes code"), current === undefined),
    detail: l10n.t("Takes no further memory; answers only where that model can converse."), choice: { kind: "none" },
  };
}

function offeredItem(entry: CatalogModel, isBest: boolean, { role, machine }: PickerFacts): Item {
  const shape = shapeOfEntry(entry);
  const star = isBest ? "$(star-full) " : "";
  return {
    label: `$(cloud-download) ${entry.name}`, description: `${star}${bytesText(entry.bytes)} · ${licenceText(entry)}`,
    detail: [fitText(shape, role, machine), speedTextFor(entry, machine), entry.remark].join(" · "),
    buttons: [button("page", "link-external", l10n.t("Read About It on the Web"))], choice: { kind: "download", entry },
  };
}

function fileItems(facts: PickerFacts): Item[] {
  const { current, stored } = facts;
  const own = current !== undefined && !stored.some(({ file }) => file === current) ? [{ file: current, bytes: 0 } satisfies StoredModel] : [];
  return [...stored, ...own].flatMap((model) => fileItem(model, facts));
}

/** Models for the other role only are left out, unless they are in use. */
function fileItem({ file, bytes, entry }: StoredModel, { role, current, machine, stored }: PickerFacts): Item[] {
  const isCurrent = file === current;
  const isOurs = stored.some((model) => model.file === file);
  const choice: Choice = { kind: "file", file };
  const buttons = isOurs ? [button("delete", "trash", l10n.t("Delete the File"))] : [];
  try {
    const { facts, header, family, converses } = inspectFile(file);
    if (facts.kind === "adapter" || (!isCurrent && (role === "completion" ? family === undefined : !converses))) return [];
    const shape: ModelShape = shapeOfFile(header);
    const sized = { bytes: facts.weightBytes, parameters: facts.parameters };
    return [{
      label: labelled(entry?.name ?? (facts.name || basename(file)), isCurrent), description: [bytesText(bytes || facts.weightBytes), entry ? licenceText(entry) : file].join(" · "),
      detail: [fitText(shape, role, machine), speedTextFor(sized, machine), ...entry ? [entry.remark] : []].join(" · "), buttons, choice,
    }];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ label: `$(warning) ${basename(file)}`, description: bytesText(bytes), detail: l10n.t("Cannot be used: {0}", reason), buttons, choice }];
  }
}

function runningItem(running: RunningDownload): Item {
  const reading = running.reading();
  return {
    label: `$(sync~spin) ${running.entry.name}`, description: percentText(reading.received, running.entry.bytes), detail: progressText(reading),
    buttons: [button("pause", "debug-pause", l10n.t("Pause")), button("cancel", "close", l10n.t("Cancel and Delete What Has Come"))],
    choice: { kind: "running", entry: running.entry }, alwaysShow: true,
  };
}

function pausedItem({ entry, received }: UnfinishedDownload): Item {
  return {
    label: `$(debug-pause) ${entry.name}`, description: percentText(received, entry.bytes), detail: l10n.t("Paused; {0} are still to come.", bytesText(entry.bytes - received)),
    buttons: [button("resume", "debug-continue", l10n.t("Resume")), button("cancel", "trash", l10n.t("Cancel and Delete What Has Come"))],
    choice: { kind: "download", entry },
  };
}

function adapterItem(adapter: string | undefined): Item {
  return adapter === undefined
    ? { label: `$(layers) ${l10n.t("Add a LoRA Adapter…")}`, detail: l10n.t("A GGUF that changes the model in use, for instance to your own code."), choice: { kind: "adapter" } }
    : { label: `$(close) ${l10n.t("Take Away the LoRA Adapter")}`, description: basename(adapter), detail: adapter, choice: { kind: "adapter" } };
}

function moreItems({ role, adapter, canAdapt }: PickerFacts): Item[] {
  const other: Item = role === "completion"
    ? { label: `$(comment-discussion) ${l10n.t("Choose the Chat Model…")}`, choice: { kind: "role", role: "chat" } }
    : { label: `$(edit) ${l10n.t("Choose the Completion Model…")}`, choice: { kind: "role", role: "completion" } };
  return [
    { label: `$(file) ${l10n.t("Pick a GGUF File…")}`, detail: l10n.t("Any model of llama.cpp's format, where it lies."), choice: { kind: "pick" } },
    { label: `$(folder-opened) ${l10n.t("Import From a Folder…")}`, detail: l10n.t("Copies models from a disk or a share, for machines without a network."), choice: { kind: "import" } },
    ...canAdapt ? [adapterItem(adapter)] : [],
    other,
  ];
}
