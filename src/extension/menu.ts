// The menu behind the status item: what can be done about what it says, the most useful first.
import { l10n, type QuickPickItem, QuickPickItemKind, type TextDocument, window } from "vscode";
import { chooseModelFile } from "./model-file.js";
import { problemText, shortProblemText } from "./reasons.js";
import { chosenModelFile, setEnabled, setModelFile } from "./settings.js";
import type { Problem, Status } from "./state.js";
import { summaryOf } from "./status.js";

export interface MenuDeps {
  restart: () => Promise<void>;
  showLog: () => void;
}

interface Action extends QuickPickItem {
  run?: () => Promise<void> | void;
}

export async function showMenu(status: Status, document: TextDocument | undefined, deps: MenuDeps): Promise<void> {
  const chosen = await window.showQuickPick(actionsFor(status, document, deps), {
    title: `Inkling: ${status.kind === "problem" ? shortProblemText(status.problem) : summaryOf(status)}`,
    placeHolder: l10n.t("What would you like to do?"),
  });
  await chosen?.run?.();
}

function actionsFor(status: Status, document: TextDocument | undefined, deps: MenuDeps): Action[] {
  const showLog: Action = { label: `$(output) ${l10n.t("Show Log")}`, run: deps.showLog };
  const restart: Action = { label: `$(refresh) ${l10n.t("Restart")}`, run: deps.restart };
  const separator: Action = { label: "", kind: QuickPickItemKind.Separator };
  if (status.kind === "off") return [...switches(status, document), separator, showLog];
  const remedies = status.kind === "problem" ? remediesFor(status.problem, restart, showLog) : [];
  const rest = [restart, showLog].filter((action) => !remedies.includes(action));
  return [...remedies, ...(remedies.length > 0 ? [separator] : []), ...switches(status, document), separator, ...rest];
}

/** The first one is what helps most often; it also says in full what is wrong. */
function remediesFor(problem: Problem, restart: Action, showLog: Action): Action[] {
  const detail = problemText(problem);
  if (problem.kind === "crashes") return [Object.assign(restart, { detail })];
  if (problem.problem.code === "no-engine") return [Object.assign(showLog, { detail })];
  const choose: Action = { label: `$(folder-opened) ${l10n.t("Choose Another Model File…")}`, detail, run: chooseModelFile };
  const builtIn: Action = { label: `$(discard) ${l10n.t("Use the Built-in Model")}`, run: () => setModelFile(undefined) };
  return chosenModelFile() === undefined ? [choose] : [choose, builtIn];
}

function switches(status: Status, document: TextDocument | undefined): Action[] {
  const language = document?.languageId;
  if (status.kind !== "off") {
    const everywhere: Action = { label: `$(circle-slash) ${l10n.t("Turn Off Everywhere")}`, run: () => setEnabled(false) };
    const here = language !== undefined && { label: `$(circle-slash) ${l10n.t("Turn Off for {0}", language)}`, run: () => setEnabled(false, language) };
    return here ? [everywhere, here] : [everywhere];
  }
  if (status.enablement.kind === "off-here") {
    const { languageId } = status.enablement;
    return [{ label: `$(check) ${l10n.t("Turn On for {0}", languageId)}`, run: () => setEnabled(true, languageId) }];
  }
  return [{ label: `$(check) ${l10n.t("Turn On")}`, run: () => setEnabled(true) }];
}
