// "Why no suggestion here?": looks around, asks the worker as the editor would, and answers in one sentence with one thing to do. The record
// behind it is a page; a report of it without code can be copied.
import * as os from "node:os";
import {
  commands, ConfigurationTarget, Disposable, env, InlineCompletionTriggerKind, l10n, ProgressLocation, Selection, version, window, workspace,
} from "vscode";
import type { CompletionRecord } from "../../protocol/completion.js";
import type { ModelSummary } from "../../protocol/worker.js";
import { isCompletable } from "../documents.js";
import type { Pages } from "../page.js";
import { chosenModelFile, maxThreads, suggestIn } from "../settings.js";
import type { Facts, Status } from "../state.js";
import { speedText, summaryOf } from "../status.js";
import type { Tally } from "../statistics/tally.js";
import type { Worker } from "../worker.js";
import { type Asked, lookAround } from "./look.js";
import { recordPage } from "./record-page.js";
import { reportOf } from "./report.js";
import { explain, type Explanation } from "./sentences.js";
import { type Look, type Situation, situationAfter, situationBefore } from "./situation.js";

const ANSWER_TIMEOUT_MS = 15_000;

export interface WhyDeps {
  worker: Worker;
  pages: Pages;
  facts: () => Facts;
  status: () => Status;
  asked: () => Asked | undefined;
  today: () => Tally;
  /** Of Inkling. */
  version: string;
  /** What a model runs on. */
  computes: (model: ModelSummary) => string;
}

/** The question that was answered last. */
interface Answered {
  look: Look;
  situation: Situation;
  record: CompletionRecord | undefined;
  explanation: Explanation;
}

export function registerWhy(deps: WhyDeps): Disposable {
  let last: Answered | undefined;
  const showRecord = (): void => last && deps.pages.show(recordPage({ ...last, facts: machineFacts(deps) }));
  const why = async (): Promise<void> => {
    last = await find(deps);
    await tell(last, showRecord);
  };
  return Disposable.from(
    commands.registerCommand("inkling.whyNoSuggestion", why),
    commands.registerCommand("inkling.showRecord", showRecord),
    commands.registerCommand("inkling.showLastRequest", () => deps.pages.show(recordPage({ record: deps.facts().last, facts: machineFacts(deps) }))),
    commands.registerCommand("inkling.copyReport", async () => {
      await env.clipboard.writeText(await report(deps, last));
      window.setStatusBarMessage(l10n.t("Inkling: the report is in the clipboard."), 5000);
    }),
    commands.registerCommand("inkling.suggest", () => commands.executeCommand("editor.action.inlineSuggest.trigger")),
    commands.registerCommand("inkling.clearSelection", clearSelection),
    commands.registerCommand("inkling.showInlineSuggestions", showInlineSuggestions),
  );
}

async function find(deps: WhyDeps): Promise<Answered> {
  const { worker, snooze } = deps.facts();
  const look = await lookAround({ worker, snooze, asked: deps.asked() });
  const before = situationBefore(look);
  const record = before ? undefined : await ask(deps.worker);
  const situation = before ?? situationAfter(look, record);
  return { look, situation, record, explanation: explain(situation) };
}

/** The same request as for a key, but that the answer may take a while. */
async function ask(worker: Worker): Promise<CompletionRecord | undefined> {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  return window.withProgress({ location: ProgressLocation.Window, title: l10n.t("Inkling: asking the model") }, async () => {
    const connection = await worker.connected(signal);
    const context = { triggerKind: InlineCompletionTriggerKind.Automatic, selectedCompletionInfo: undefined };
    return (await connection?.complete(document, selection.active, context, { explain: true, suggestIn: suggestIn(document) }, signal))?.record;
  });
}

async function tell({ explanation: { sentence, remedy } }: Answered, showRecord: () => void): Promise<void> {
  const record = l10n.t("Show Record");
  const copy = l10n.t("Copy Report");
  const titles = remedy.command === "inkling.showRecord" ? [record, copy] : [remedy.title, record, copy];
  const chosen = await window.showInformationMessage(`Inkling: ${sentence}`, ...titles);
  if (chosen === record) showRecord();
  else if (chosen === copy) await commands.executeCommand("inkling.copyReport");
  else if (chosen === remedy.title) await commands.executeCommand(remedy.command, ...remedy.arguments ?? []);
}

async function report(deps: WhyDeps, last: Answered | undefined): Promise<string> {
  const { worker, snooze, last: lastRecord } = deps.facts();
  const look = last?.look ?? await lookAround({ worker, snooze, asked: deps.asked() });
  const document = window.activeTextEditor?.document;
  const { comments, strings } = suggestIn(document && isCompletable(document.uri) ? document : undefined);
  return reportOf({
    versions: { inkling: deps.version, vscode: version },
    machine: {
      platform: `${process.platform} ${os.release()}`, arch: process.arch, processor: os.cpus()[0]?.model.trim() ?? "unknown processor", cores: os.cpus().length,
      memory: os.totalmem(), remote: env.remoteName !== undefined,
    },
    settings: { builtInModel: chosenModelFile() === undefined, threads: maxThreads() ?? 0, comments, strings },
    status: deps.status(), look, situation: last?.situation, record: last?.record ?? lastRecord, today: deps.today(),
  });
}

function machineFacts({ status, version: inkling, computes }: WhyDeps): (readonly [string, string])[] {
  const now = status();
  const running = now.kind === "ready" || now.kind === "busy" ? now : undefined;
  return [
    [l10n.t("Status"), summaryOf(now)],
    ...(running ? [[l10n.t("Model"), l10n.t("{0}, {1} tokens of context", running.model.name, running.model.contextLength)] as const, [l10n.t("Runs on"), computes(running.model)] as const] : []),
    ...(running?.speed === undefined ? [] : [[l10n.t("Speed"), speedText(running.speed)] as const]),
    [l10n.t("Machine"), l10n.t("{0} cores, {1} GB of memory", os.cpus().length, Math.round(os.totalmem() / 2 ** 30))],
    [l10n.t("Version"), `Inkling ${inkling}, VS Code ${version}`],
  ];
}

function clearSelection(): void {
  const editor = window.activeTextEditor;
  if (editor) editor.selection = new Selection(editor.selection.active, editor.selection.active);
}

/** Where it was switched off, it is switched on. */
async function showInlineSuggestions(): Promise<void> {
  const document = window.activeTextEditor?.document;
  const config = workspace.getConfiguration("editor.inlineSuggest", document);
  const found = config.inspect<boolean>("enabled");
  const byLanguage = (found?.workspaceLanguageValue ?? found?.globalLanguageValue) !== undefined;
  const inWorkspace = (byLanguage ? found?.workspaceLanguageValue : found?.workspaceValue) !== undefined;
  await config.update("enabled", true, inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global, byLanguage);
}
