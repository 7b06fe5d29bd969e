// Every situation in one sentence with one thing to do about it.
import { l10n } from "vscode";
import type { ReasonCode } from "../../protocol/completion.js";
import { languageName } from "../language-name.js";
import { problemText } from "../reasons.js";
import { timeLeft } from "../snooze.js";
import type { Problem } from "../state.js";
import type { Situation } from "./situation.js";

export interface Remedy {
  title: string;
  command: string;
  arguments?: readonly unknown[];
}

export interface Explanation {
  sentence: string;
  remedy: Remedy;
}

export function explain(situation: Situation): Explanation {
  switch (situation.kind) {
    case "no-editor": return { sentence: l10n.t("No editor is active."), remedy: openFile() };
    case "unsupported": return {
      sentence: l10n.t("Inkling suggests in files, unsaved files and notebook cells, not in documents of the kind \"{0}\".", situation.scheme), remedy: saveAs(),
    };
    case "read-only": return { sentence: l10n.t("This file is read-only, so nothing can be inserted."), remedy: saveAs() };
    case "off-everywhere": return { sentence: l10n.t("Suggestions are turned off."), remedy: turnOn() };
    case "off-here": return { sentence: l10n.t("Suggestions are turned off for {0}.", languageName(situation.languageId)), remedy: turnOn() };
    case "snoozed": return { sentence: snoozeSentence(timeLeft(situation.snooze)), remedy: { title: l10n.t("End Snooze"), command: "inkling.endSnooze" } };
    case "editor-off": return {
      sentence: l10n.t("VS Code shows no inline suggestions here, because \"Editor: Inline Suggest Enabled\" is off."),
      remedy: { title: l10n.t("Turn On"), command: "inkling.showInlineSuggestions" },
    };
    case "several-cursors": return {
      sentence: l10n.t("There are {0} cursors, and VS Code suggests at one.", situation.count), remedy: { title: l10n.t("Keep One Cursor"), command: "removeSecondaryCursors" },
    };
    case "selection": return {
      sentence: l10n.t("Text is selected, and suggestions come at a cursor."), remedy: { title: l10n.t("Clear Selection"), command: "inkling.clearSelection" },
    };
    case "problem": return {
      sentence: problemText(situation.problem), remedy: remedyFor(situation.problem),
    };
    case "no-answer": return { sentence: l10n.t("The worker did not answer; it may just have been restarted."), remedy: askAgain() };
    case "list-open": return { sentence: l10n.t("VS Code's list of suggestions was open; until it is closed, only what continues its chosen entry is shown."), remedy: showIt() };
    case "late": return {
      sentence: l10n.t("There is a suggestion, but it took {0} ms, longer than VS Code waits for one.", Math.round(situation.ms)), remedy: chooseModel(l10n.t("Choose a Faster Model…")),
    };
    case "other-provider": return {
      sentence: l10n.t("There is a suggestion, but {0} suggests here as well, and VS Code shows one of them at a time.", situation.name),
      remedy: { title: l10n.t("Show Extensions"), command: "workbench.extensions.action.showEnabledExtensions" },
    };
    case "record": return explainReason(situation.record.reason);
  }
}

/** The answer to a request that was made only to find out. */
export function explainReason(reason: ReasonCode): Explanation {
  switch (reason) {
    case "shown": return { sentence: l10n.t("There is a suggestion here; it shows as you type."), remedy: showIt() };
    case "cancelled": return { sentence: l10n.t("The question was taken back before there was an answer, because you typed or moved."), remedy: askAgain() };
    case "stale": return { sentence: l10n.t("The document changed before the worker had looked at it."), remedy: askAgain() };
    case "unknown-document": return { sentence: l10n.t("The worker does not know this document."), remedy: restart() };
    case "model-loading": return { sentence: l10n.t("The model is still loading."), remedy: askAgain() };
    case "no-model": return { sentence: l10n.t("There is no model that could be asked."), remedy: chooseModel() };
    case "inside-identifier": return { sentence: l10n.t("The cursor is inside a word; suggestions come at its end."), remedy: suggestAnyway() };
    case "text-after-cursor": return { sentence: l10n.t("There is code right of the cursor, which a suggestion would push away."), remedy: suggestAnyway() };
    case "in-comment": return { sentence: l10n.t("Suggestions in comments are turned off in the settings."), remedy: openSuggestIn() };
    case "in-string": return { sentence: l10n.t("Suggestions in strings are turned off in the settings."), remedy: openSuggestIn() };
    case "empty-document": return { sentence: l10n.t("The document is empty, so there is nothing to go on."), remedy: showRecord() };
    case "too-large": return { sentence: l10n.t("The document is larger than 1 MB, and Inkling leaves such files alone."), remedy: showRecord() };
    case "binary": return { sentence: l10n.t("The document is not text."), remedy: showRecord() };
    case "generated": return { sentence: l10n.t("The document says that a program wrote it, so edits by hand would be lost."), remedy: suggestAnyway() };
    case "secret-file": return { sentence: l10n.t("Files that usually hold passwords or keys never go into a prompt."), remedy: showRecord() };
    default: return explainDropped(reason);
  }
}

/** The model was asked, and nothing came of it. */
function explainDropped(reason: "no-suggestion" | "repetition" | "already-there" | "unbalanced" | "syntax-error" | "low-confidence" | "engine-error"): Explanation {
  const better = chooseModel(l10n.t("Choose a Better Model…"));
  switch (reason) {
    case "no-suggestion": return { sentence: l10n.t("The model had nothing to say here."), remedy: better };
    case "repetition": return { sentence: l10n.t("The model only repeated itself or the lines above, so its answer was dropped."), remedy: better };
    case "already-there": return { sentence: l10n.t("The model said what stands in the next lines already, so its answer was dropped."), remedy: showRecord() };
    case "unbalanced": return { sentence: l10n.t("The brackets in the model's answer did not match, so it was dropped."), remedy: better };
    case "syntax-error": return { sentence: l10n.t("The model's answer would have been a syntax error, so it was dropped."), remedy: better };
    case "low-confidence": return { sentence: l10n.t("The model was not sure enough of its answer, so it was dropped."), remedy: better };
    case "engine-error": return { sentence: l10n.t("The engine failed; the log says how."), remedy: showLog() };
  }
}

function remedyFor(problem: Problem): Remedy {
  if (problem.kind === "crashes") return restart();
  switch (problem.problem.code) {
    case "no-engine": return showLog();
    case "server": return { title: l10n.t("Open Setting"), command: "workbench.action.openSettings", arguments: ["inkling.server"] };
    default: return chooseModel();
  }
}

function snoozeSentence(left: string | undefined): string {
  return left === undefined ? l10n.t("Suggestions are snoozed until the window is reloaded.") : l10n.t("Suggestions are snoozed for another {0}.", left);
}

const openFile = (): Remedy => ({ title: l10n.t("Go to File…"), command: "workbench.action.quickOpen" });
const saveAs = (): Remedy => ({ title: l10n.t("Save As…"), command: "workbench.action.files.saveAs" });
const turnOn = (): Remedy => ({ title: l10n.t("Turn On"), command: "inkling.toggle" });
const restart = (): Remedy => ({ title: l10n.t("Restart"), command: "inkling.restart" });
const showLog = (): Remedy => ({ title: l10n.t("Show Log"), command: "inkling.showLog" });
const askAgain = (): Remedy => ({ title: l10n.t("Ask Again"), command: "inkling.whyNoSuggestion" });
const showIt = (): Remedy => ({ title: l10n.t("Show It"), command: "inkling.suggest" });
const suggestAnyway = (): Remedy => ({ title: l10n.t("Suggest Anyway"), command: "inkling.suggest" });
const showRecord = (): Remedy => ({ title: l10n.t("Show Record"), command: "inkling.showRecord" });
const openSuggestIn = (): Remedy => ({ title: l10n.t("Open Setting"), command: "workbench.action.openSettings", arguments: ["inkling.suggestIn"] });
const chooseModel = (title = l10n.t("Choose Model…")): Remedy => ({ title, command: "inkling.chooseModel" });
