// What becomes of a choice: the setting of its role, and one sentence about the model, once it has been tried.
import { basename } from "node:path";
import { l10n, type LogOutputChannel, window } from "vscode";
import type { Role } from "../../models/catalog.js";
import { type FileReport, inspectFile } from "../../models/conformance.js";
import { verifyModel } from "../../models/verify.js";
import { modelMethods, type SelfTest } from "../../protocol/models.js";
import { chosenChatModelFile, chosenModelFile, setChatModelFile, setModelFile } from "../settings.js";
import type { Worker } from "../worker.js";

export interface ChooseDeps {
  worker: Worker;
  log: LogOutputChannel;
  /** Opens the picker once more. */
  again: (role: Role) => void;
}

export const currentFile = (role: Role): string | undefined => role === "completion" ? chosenModelFile() : chosenChatModelFile();

/** Undefined stands for the model that comes with Inkling, or for no model of its own in the chat. */
export async function use(file: string | undefined, role: Role, deps: ChooseDeps): Promise<void> {
  const refusal = file === undefined ? undefined : await refusalOf(file, role);
  if (refusal !== undefined) {
    const another = l10n.t("Choose Another Model");
    if (await window.showErrorMessage(refusal, another) === another) deps.again(role);
    return;
  }
  await (role === "completion" ? setModelFile(file) : setChatModelFile(file));
  if (role === "completion" && file !== undefined) await tryOut(file, deps);
}

/** Why a file cannot have a role, from its header, before it replaces a model that works. */
async function refusalOf(file: string, role: Role): Promise<string | undefined> {
  const damage = await verifyModel(file);
  if (damage) return damage.message;
  const report: FileReport = inspectFile(file);
  const name = report.facts.name || basename(file);
  if (role === "completion" && report.family === undefined) {
    return l10n.t("{0} was not trained to fill in code: its vocabulary has no markers for a gap.", name);
  }
  if (role === "chat" && !report.converses) return l10n.t("{0} was not trained to converse: it has no chat template.", name);
  return undefined;
}

const TRY_MS = 90_000;

/** The worker starts anew with the model and fills in one line with it. */
async function tryOut(file: string, { worker, log, again }: ChooseDeps): Promise<void> {
  const signal = AbortSignal.timeout(TRY_MS);
  await new Promise((resolve) => setTimeout(resolve, 300)); // whoever follows the setting stops the worker before
  const connection = await worker.ready(signal);
  const outcome = await connection?.request<SelfTest | null>(modelMethods.selfTest, {}, signal);
  if (outcome?.kind !== "answered" || !outcome.result) return; // the status item says what is wrong
  const { model, family, passed, simple, answer, ms } = outcome.result;
  log.info(`Self-test of ${file}: markers of ${family}, "${answer}", ${passed ? "passed" : simple ? "simple gaps only" : "failed"} after ${Math.round(ms)} ms.`);
  if (passed) {
    void window.showInformationMessage(l10n.t("{0} completes code from now on: it passed its test.", model));
    return;
  }
  if (simple) {
    void window.showInformationMessage(l10n.t("{0} completes code from now on. It is small: it fills in names and ends of lines, not whole statements.", model));
    return;
  }
  const another = l10n.t("Choose Another Model");
  const text = l10n.t("{0} is in use, but put \"{1}\" where \" + second\" belongs: it may not be good at filling in code.", model, answer.trim().slice(0, 40));
  if (await window.showWarningMessage(text, another) === another) again("completion");
}
