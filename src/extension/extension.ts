// Puts the parts together; they do not know each other. Nothing is started here that activation would have to wait for.
import { basename } from "node:path";
import { commands, Disposable, type ExtensionContext, type LogOutputChannel, window } from "vscode";
import { memoryNow } from "../models/fit.js";
import type { ModelSummary, WorkerOptions } from "../protocol/worker.js";
import type { InklingApi } from "./api.js";
import { registerChat } from "./chat/index.js";
import { registerCommit } from "./commit/commit.js";
import { registerCompletions } from "./completions.js";
import { computesText } from "./computes.js";
import { registerExplain } from "./explain.js";
import { noteAccepted, registerFirstRun } from "./first-run.js";
import { followEditor } from "./follow.js";
import { type GpuMemory, rememberGpu } from "./gpu.js";
import { lastMeasured, registerMeasure } from "./measure/measure.js";
import { stopWhenIdle } from "./idle.js";
import { showMenu } from "./menu.js";
import type { Adapters } from "./models/adapters.js";
import { serverContact } from "./models/contacts.js";
import { type Models, registerModels } from "./models/index.js";
import type { ServerChoice } from "./server/address.js";
import { chosenChatModelFile, chosenModelFile, isGpuWanted, maxThreads, serverChoice, toggleEnabled } from "./settings.js";
import { answered, type Facts, initialFacts, statusOf } from "./state.js";
import { createPages } from "./page.js";
import { registerSnooze } from "./snooze.js";
import { registerStatistics } from "./statistics/statistics.js";
import { createStatusItem, summaryOf } from "./status.js";
import { tooltipOf } from "./tooltip.js";
import type { Asked } from "./why/look.js";
import { registerWhy } from "./why/why.js";
import { Worker, type WorkerDeps } from "./worker.js";

const READY_TIMEOUT_MS = 60_000;

/** What `deactivate` has to wait for; VS Code does not wait for disposables. */
let wayOut: (() => Promise<unknown>) | undefined;

export function activate(context: ExtensionContext): InklingApi {
  const begun = performance.now();
  const log = window.createOutputChannel("Inkling", { log: true });
  const pages = createPages(context.extensionUri);
  const statistics = registerStatistics(context.globalStorageUri, pages, log, () => update({}));
  const { version } = context.extension.packageJSON as { version: string };
  const gpu = rememberGpu({ state: context.globalState, version, isWanted: isGpuWanted, warn: (message) => log.warn(message) });
  const computes = (model: ModelSummary): string => computesText(model, gpu.trouble());
  const statusItem = createStatusItem((status) => tooltipOf(status, statistics.today(), computes), serverAddress);
  let asked: Asked | undefined;
  let facts = initialFacts;
  const update = (changes: Partial<Facts>): void => {
    facts = { ...facts, ...changes };
    statusItem.show(statusOf(facts));
  };

  const worker = new Worker({ connect: lazyConnect(context, log, gpu, () => models), onState: (state) => update({ worker: state }), log });
  const chat = registerChat(context, worker);
  const models = registerModels(context, { worker, pages, log, server: serverAddress, machine: () => ({ memory: memoryNow(), measured: lastMeasured(context.globalState), gpu: gpu.seen() }) });
  wayOut = () => Promise.all([worker.dispose(), statistics.flush(), models.close()]);
  context.subscriptions.push(
    log, pages, statistics, statusItem, chat, models,
    registerCommit({ worker, log }),
    registerExplain({ worker, chat }),
    registerCompletions({
      worker,
      isSnoozed: () => facts.snooze !== undefined,
      counter: statistics.counter,
      onAccepted: noteAccepted,
      onAsked: (place, withList) => {
        asked = { place, withList };
        update({ pending: facts.pending + 1 });
      },
      onAnswered: (record) => update(answered(facts, record)),
    }),
    registerSnooze((snooze) => update({ snooze })),
    registerWhy({
      worker, pages, facts: () => facts, status: () => statusOf(facts), asked: () => asked, today: () => statistics.today(), version, computes,
    }),
    registerMeasure({
      worker, pages, memory: context.globalState, catalogFolder: context.asAbsolutePath("models"), modelInUse: () => basename(modelFileIn(context)),
    }),
    registerFirstRun(context),
    followEditor(worker, () => chat.modelChanged(), (enablement) => update({ enablement })),
    stopWhenIdle(worker, log),
    registerPlainCommands(worker, log),
    commands.registerCommand("inkling.showMenu", () => showMenu(statusOf(facts), window.activeTextEditor?.document, gpu.trouble() && (() => gpu.forget().then(() => worker.restart())))),
  );

  const activationMs = performance.now() - begun;
  return {
    activationMs,
    workerPid: () => worker.connection?.pid,
    status: () => statusOf(facts),
    ready: async () => {
      if (!await worker.ready(AbortSignal.timeout(READY_TIMEOUT_MS))) throw new Error(`Not ready: ${summaryOf(statusOf(facts))}`);
    },
  };
}

export async function deactivate(): Promise<void> {
  await wayOut?.();
}

function registerPlainCommands(worker: Worker, log: LogOutputChannel): Disposable {
  return Disposable.from(
    commands.registerCommand("inkling.toggle", () => toggleEnabled(window.activeTextEditor?.document)),
    commands.registerCommand("inkling.restart", () => worker.restart()),
    commands.registerCommand("inkling.showLog", () => log.show()),
    commands.registerCommand("inkling.openSettings", () => commands.executeCommand("workbench.action.openSettings", "@ext:inkling.inkling")),
  );
}

function lazyConnect(context: ExtensionContext, log: LogOutputChannel, gpu: GpuMemory, models: () => Models): WorkerDeps["connect"] {
  return async (onStatus, signal) => {
    const { connect } = await import("./client.js");
    const server = serverChoice();
    const initialization: WorkerOptions = { ...workerOptions(context, server, models().adapters), gpu: gpu.backends() };
    const trial = gpu.follow();
    const onAsked = (sent: number, bytes: number): void => models().contacts.record({ at: Date.now(), host: serverAddress() ?? "", sent, bytes, why: serverContact });
    const connection = await connect({
      workerFile: context.asAbsolutePath("dist/worker.mjs"), initialization, ...server.kind === "server" && { server: { url: server.url, onAsked } }, log, onStatus,
      onGpu: (report) => trial.report(report),
    }, signal);
    void connection.exited.then((how) => {
      if (!signal.aborted) trial.ended(how);
    });
    return connection;
  };
}

function serverAddress(): string | undefined {
  const server = serverChoice();
  return server.kind === "none" ? undefined : server.address;
}

function modelFileIn(context: ExtensionContext): string {
  return chosenModelFile() ?? context.asAbsolutePath("models/inkling-nano.gguf");
}

function workerOptions(context: ExtensionContext, server: ServerChoice, adapters: Adapters): WorkerOptions {
  const threads = maxThreads();
  const chatModelFile = chosenChatModelFile();
  const modelFile = modelFileIn(context);
  const [adapterFile, chatAdapterFile] = [adapters.of("completion", modelFile), adapters.of("chat", chatModelFile)];
  return {
    modelFile, ...(chatModelFile !== undefined && { chatModelFile }),
    ...(adapterFile !== undefined && { adapterFile }), ...(chatAdapterFile !== undefined && { chatAdapterFile }),
    announceInlineCompletion: false, // our provider is registered for good; the library's would come and go with the connection
    ...(threads !== undefined && { maxThreads: threads }),
    ...(server.kind === "server" && { server: { address: server.address, model: server.model } }),
    ...(server.kind === "refused" && { server: { address: server.address, model: "", refused: server.reason } }),
  };
}
