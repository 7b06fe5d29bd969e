// The menu behind the status item: how it is going, and what can be done about it, the most useful first.
import { commands, l10n, type QuickPickItem, QuickPickItemKind, type TextDocument, window } from "vscode";
import type { CompletionRecord } from "../protocol/completion.js";
import { languageName } from "./language-name.js";
import { problemText, shortProblemText } from "./reasons.js";
import { chosenModelFile, setEnabled, setModelFile } from "./settings.js";
import type { Problem, Status } from "./state.js";
import { speedText, summaryOf } from "./status.js";
import { lastText } from "./tooltip.js";

interface Action extends QuickPickItem {
  run?: () => unknown;
}

/** `retryGpu` gives the graphics processor another try; absent where it is in no trouble. */
export async function showMenu(status: Status, document: TextDocument | undefined, retryGpu?: () => unknown): Promise<void> {
  const known = new Set(await commands.getCommands(true));
  const chosen = await window.showQuickPick(actionsFor(status, document, known, retryGpu), {
    title: `Inkling: ${status.kind === "problem" ? shortProblemText(status.problem) : titleOf(status)}`,
    placeHolder: l10n.t("What would you like to do?"),
  });
  await chosen?.run?.();
}

function titleOf(status: Status): string {
  if (status.kind !== "ready" && status.kind !== "busy") return summaryOf(status);
  const { model: { name }, speed } = status;
  return [name, summaryOf(status), ...(speed === undefined ? [] : [speedText(speed)])].join(", ");
}

function actionsFor(status: Status, document: TextDocument | undefined, known: ReadonlySet<string>, retryGpu: (() => unknown) | undefined): Action[] {
  const remedies = status.kind === "problem" ? remediesFor(status.problem) : [];
  const taken = new Set(remedies.map(({ label }) => label));
  return [
    ...remedies,
    ...section(l10n.t("Suggestions"), [...asks(status), ...switches(status, document), ...snoozes(status)]),
    ...section(l10n.t("Model"), models(status, known, retryGpu).filter(({ label }) => !taken.has(label))),
    ...section(l10n.t("More"), more(known).filter(({ label }) => !taken.has(label))),
  ];
}

function section(label: string, actions: Action[]): Action[] {
  return actions.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...actions];
}

function command(icon: string, title: string, id: string, more: Partial<Action> = {}): Action {
  return { label: `$(${icon}) ${title}`, run: () => commands.executeCommand(id), ...more };
}

const restart = (): Action => command("refresh", l10n.t("Restart"), "inkling.restart");
const showLog = (): Action => command("output", l10n.t("Show Log"), "inkling.showLog");

/** The first one is what helps most often; it also says in full what is wrong. */
function remediesFor(problem: Problem): Action[] {
  const detail = problemText(problem);
  if (problem.kind === "crashes") return [{ ...restart(), detail }];
  if (problem.problem.code === "no-engine") return [{ ...showLog(), detail }];
  const choose = command("symbol-misc", l10n.t("Choose Another Model…"), "inkling.chooseModel", { detail });
  const builtIn: Action = { label: `$(discard) ${l10n.t("Use the Built-in Model")}`, run: () => setModelFile(undefined) };
  return chosenModelFile() === undefined ? [choose] : [choose, builtIn];
}

function asks(status: Status): Action[] {
  const last = status.kind === "ready" || status.kind === "busy" ? status.last : undefined;
  return [
    ...(last ? [command("history", l10n.t("Last Request"), "inkling.showLastRequest", { description: lastText(last), ...lastDetail(last) })] : []),
    command("question", l10n.t("Why No Suggestion Here?"), "inkling.whyNoSuggestion"),
  ];
}

/** What was in the prompt and where the time went, in a line; nothing where the model was not asked. */
function lastDetail({ parts, tokens, timings }: CompletionRecord): { detail?: string } {
  if (!parts) return {};
  const of = (...kinds: string[]): number => parts.filter(({ kind }) => kinds.includes(kind)).reduce((sum, part) => sum + part.tokens, 0);
  const around = of("window", "suffix");
  const files = of("neighbour");
  return {
    detail: l10n.t(
      "{0} tokens read: {1} around the cursor, {2} of the outline, {3} of other files; {4} ms to read, {5} ms to write",
      tokens.prompt, around, tokens.prompt - around - files, files, Math.round(timings.prefillMs), Math.round(timings.decodeMs),
    ),
  };
}

function switches(status: Status, document: TextDocument | undefined): Action[] {
  const language = document?.languageId;
  if (status.kind !== "off") {
    const everywhere: Action = { label: `$(circle-slash) ${l10n.t("Turn Off Everywhere")}`, run: () => setEnabled(false) };
    const here = language !== undefined && { label: `$(circle-slash) ${l10n.t("Turn Off for {0}", languageName(language))}`, run: () => setEnabled(false, language) };
    return here ? [here, everywhere] : [everywhere];
  }
  if (status.enablement.kind === "off-here") {
    const { languageId } = status.enablement;
    return [{ label: `$(check) ${l10n.t("Turn On for {0}", languageName(languageId))}`, run: () => setEnabled(true, languageId) }];
  }
  return [{ label: `$(check) ${l10n.t("Turn On")}`, run: () => setEnabled(true) }];
}

function snoozes(status: Status): Action[] {
  if (status.kind === "off") return [];
  if (status.kind === "snoozed") return [command("bell", l10n.t("End Snooze"), "inkling.endSnooze", { description: summaryOf(status) })];
  return [command("bell-slash", l10n.t("Snooze…"), "inkling.snooze")];
}

function models(status: Status, known: ReadonlySet<string>, retryGpu: (() => unknown) | undefined): Action[] {
  const current = status.kind === "ready" || status.kind === "busy" ? { description: status.model.name } : {};
  const choose = command("symbol-misc", l10n.t("Choose Model…"), "inkling.chooseModel", current);
  return [
    choose,
    ...known.has("inkling.measure") ? [command("dashboard", l10n.t("Measure This Machine"), "inkling.measure")] : [],
    ...retryGpu ? [{ label: `$(circuit-board) ${l10n.t("Try the Graphics Processor Again")}`, description: l10n.t("it is left alone since it failed"), run: retryGpu }] : [],
  ];
}

function more(known: ReadonlySet<string>): Action[] {
  return [
    ...(known.has("inkling.openChat") ? [command("comment-discussion", l10n.t("Open Chat"), "inkling.openChat")] : []),
    command("graph", l10n.t("Statistics"), "inkling.showStatistics"),
    command("shield", l10n.t("Network"), "inkling.showContacts", { description: l10n.t("whom Inkling ever asked") }),
    command("clippy", l10n.t("Copy Report Without Code"), "inkling.copyReport"),
    showLog(),
    restart(),
    command("settings-gear", l10n.t("Settings"), "inkling.openSettings"),
  ];
}
