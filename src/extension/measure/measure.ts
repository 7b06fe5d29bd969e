// `Inkling: Measure This Machine`: lets the worker run two models for a few seconds, keeps what came out, and says which model to take.
import { mkdtemp, rm } from "node:fs/promises";
import * as os from "node:os";
import { join } from "node:path";
import { commands, type Disposable, l10n, type Memento, ProgressLocation, window } from "vscode";
import { type CatalogModel, readCatalog } from "../../models/catalog.js";
import { writeProbe } from "../../models/probe.js";
import { machineFrom, type Measured, recommend, type Run } from "../../models/speed.js";
import { type MeasuredRun, measureMethods, type MeasureParams, type Measurement } from "../../protocol/measure.js";
import type { Outcome } from "../client.js";
import type { Pages } from "../page.js";
import type { Worker } from "../worker.js";
import { measurePage } from "./page.js";

const BUDGET_MS = 4000;
const KEY = "inkling.measured";
/** A model may take half of what the machine has: there are other programs. */
const MEMORY_SHARE = 0.5;

/** What is remembered of the last measurement. */
export interface Kept extends Measurement {
  measured: Measured;
  /** ISO 8601. */
  at: string;
}

export interface MeasureDeps {
  worker: Worker;
  pages: Pages;
  memory: Memento;
  /** Folder of the catalogue. */
  catalogFolder: string;
  /** Base name of the file of the model in use. */
  modelInUse: () => string;
}

/** How fast this machine is, once that was measured. */
export function lastMeasured(memory: Memento): Measured | undefined {
  return memory.get<Kept>(KEY)?.measured;
}

export function registerMeasure(deps: MeasureDeps): Disposable {
  return commands.registerCommand("inkling.measure", async () => {
    const outcome = await window.withProgress(
      { location: ProgressLocation.Notification, cancellable: true, title: l10n.t("Inkling: measuring this machine, about five seconds") },
      async (_progress, token) => {
        const controller = new AbortController();
        const listener = token.onCancellationRequested(() => controller.abort());
        return run(deps.worker, controller.signal).finally(() => void listener.dispose());
      },
    );
    if (outcome.kind === "cancelled") return;
    if (outcome.kind !== "answered") return void fail(outcome.kind === "failed" ? outcome.message : l10n.t("the worker is not running"));
    await keep(deps, outcome.result);
  });
}

async function run(worker: Worker, signal: AbortSignal): Promise<Outcome<Measurement>> {
  const folder = await mkdtemp(join(os.tmpdir(), "inkling-"));
  try {
    const probeFile = join(folder, "probe.gguf");
    writeProbe(probeFile);
    const params: MeasureParams = { budgetMs: BUDGET_MS, probeFile };
    return await (await worker.connected(signal))?.request<Measurement>(measureMethods.measure, params, signal) ?? { kind: "gone" };
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined); // Windows keeps a file that is mapped; the system clears it up
  }
}

async function fail(why: string): Promise<void> {
  const showLog = l10n.t("Show Log");
  const chosen = await window.showWarningMessage(l10n.t("Inkling could not measure this machine: {0}.", why.replace(/\.$/, "")), showLog);
  if (chosen === showLog) await commands.executeCommand("inkling.showLog");
}

async function keep({ memory, pages, catalogFolder, modelInUse }: MeasureDeps, measurement: Measurement): Promise<void> {
  const models = readCatalog(catalogFolder).models.filter(({ roles }) => roles.includes("completion"));
  const inUse = models.find(({ file }) => file === modelInUse());
  const runOf = (measured: MeasuredRun, parameters = measured.bytes): Run => ({ ...measured, parameters }); // about a byte a parameter, where nobody knows
  const measured = machineFrom(runOf(measurement.probe), measurement.current ? runOf(measurement.current, inUse?.parameters) : undefined);
  const kept: Kept = { ...measurement, measured, at: new Date().toISOString() };
  await memory.update(KEY, kept);
  pages.show(measurePage({ kept, models, recommended: best(models, measured), current: inUse?.id }));
}

function best(models: readonly CatalogModel[], measured: Measured): CatalogModel | undefined {
  return recommend(models.filter(({ nonCommercial }) => nonCommercial !== true), measured, os.totalmem() * MEMORY_SHARE);
}
