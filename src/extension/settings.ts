// The only reader and writer of Inkling's settings.
import { ConfigurationTarget, type TextDocument, type Uri, workspace, type WorkspaceConfiguration } from "vscode";
import type { SuggestIn } from "../protocol/completion.js";
import type { ConventionChoice } from "../protocol/commit.js";
import { chooseServer, type ServerChoice, type ServerSetting } from "./server/address.js";
import type { Enablement } from "./state.js";

export function isEnabled(document: TextDocument): boolean {
  return workspace.getConfiguration("inkling", document).get<boolean>("enable", true);
}

export function enablementOf(document: TextDocument | undefined): Enablement {
  const everywhere = workspace.getConfiguration("inkling").get<boolean>("enable", true);
  if (document ? isEnabled(document) : everywhere) return { kind: "on" };
  return document && everywhere ? { kind: "off-here", languageId: document.languageId } : { kind: "off-everywhere" };
}

/** Switches every language, or one, for all workspaces; in this workspace only where the workspace has a say already. */
export async function setEnabled(enable: boolean, languageId?: string): Promise<void> {
  const config = workspace.getConfiguration("inkling", languageId === undefined ? undefined : { languageId });
  const found = config.inspect<boolean>("enable");
  const workspaceValue = languageId === undefined ? found?.workspaceValue : found?.workspaceLanguageValue;
  const target = workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await config.update("enable", enable, target, languageId !== undefined);
}

/** Changes what the person sees in `document`: the language's own value where it has one, else the value for all. */
export async function toggleEnabled(document: TextDocument | undefined): Promise<void> {
  const config = workspace.getConfiguration("inkling", document);
  const ownValue = document && hasLanguageValue(config);
  const enabled = config.get<boolean>("enable", true);
  await setEnabled(!enabled, ownValue ? document.languageId : undefined);
}

function hasLanguageValue(config: WorkspaceConfiguration): boolean {
  const found = config.inspect<boolean>("enable");
  return (found?.workspaceLanguageValue ?? found?.globalLanguageValue) !== undefined;
}

/** Where automatic suggestions are welcome; what the setting does not say is welcome. */
export function suggestIn(document: TextDocument | undefined): SuggestIn {
  const { comments = true, strings = true } = workspace.getConfiguration("inkling", document).get<Partial<SuggestIn>>("suggestIn", {});
  return { comments, strings };
}

/** Absolute path of a GGUF; undefined for the model that comes with Inkling. */
export function chosenModelFile(): string | undefined {
  return workspace.getConfiguration("inkling").get<string>("modelFile", "").trim() || undefined;
}

export async function setModelFile(file: string | undefined): Promise<void> {
  await workspace.getConfiguration("inkling").update("modelFile", file, ConfigurationTarget.Global);
}

/** Absolute path of a GGUF that can converse; undefined where none was chosen. */
export function chosenChatModelFile(): string | undefined {
  return workspace.getConfiguration("inkling").get<string>("chatModelFile", "").trim() || undefined;
}

export async function setChatModelFile(file: string | undefined): Promise<void> {
  await workspace.getConfiguration("inkling").update("chatModelFile", file, ConfigurationTarget.Global);
}

/** Whether commit messages follow the history of the repository. */
export function commitConvention(root: Uri): ConventionChoice {
  return workspace.getConfiguration("inkling", root).get<ConventionChoice>("commit.convention", "auto");
}

/** Empty where models come from the catalogue's own host. */
export function modelsMirror(): string {
  return workspace.getConfiguration("inkling").get<string>("models.mirror", "").trim();
}

/** The model server that a person has set up, if any, and whether it may be asked. */
export function serverChoice(): ServerChoice {
  return chooseServer(workspace.getConfiguration("inkling").get<ServerSetting>("server", {}));
}

/** Whether models may run on the graphics processor. */
export function isGpuWanted(): boolean {
  return workspace.getConfiguration("inkling").get<string>("gpu", "auto") !== "off";
}

/** Undefined leaves the number to the worker. */
export function maxThreads(): number | undefined {
  return workspace.getConfiguration("inkling").get<number>("threads", 0) || undefined;
}
