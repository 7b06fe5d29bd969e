// The status item: one glance says whether suggestions can come and, if not, why. Shows a Status; decides nothing.
import { l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from "vscode";
import type { CompletionRecord } from "../protocol/completion.js";
import { problemText, reasonText, shortProblemText } from "./reasons.js";
import type { Status } from "./state.js";

/** Most answers come sooner; an icon that changes at every keystroke would only distract. */
const BUSY_AFTER_MS = 200;

export interface StatusItem {
  show(status: Status): void;
  dispose(): void;
}

export function createStatusItem(): StatusItem {
  const item = window.createStatusBarItem("inkling.status", StatusBarAlignment.Right, 100);
  item.name = "Inkling";
  item.command = "inkling.showMenu";
  let timer: NodeJS.Timeout | undefined;
  const render = (status: Status): void => {
    item.text = textOf(status);
    item.tooltip = tooltipOf(status);
    item.backgroundColor = status.kind === "problem" ? new ThemeColor("statusBarItem.warningBackground") : undefined;
    item.accessibilityInformation = { label: `Inkling: ${summaryOf(status)}`, role: "button" };
    item.show();
  };
  return {
    show(status) {
      clearTimeout(timer);
      if (status.kind === "busy") timer = setTimeout(render, BUSY_AFTER_MS, status);
      else render(status);
    },
    dispose() {
      clearTimeout(timer);
      item.dispose();
    },
  };
}

function textOf(status: Status): string {
  switch (status.kind) {
    case "off": return "$(circle-slash) Inkling";
    case "idle": return "$(edit) Inkling";
    case "loading": return "$(loading~spin) Inkling";
    case "ready": return "$(edit) Inkling";
    case "busy": return "$(sync~spin) Inkling";
    case "problem": return `$(warning) Inkling: ${shortProblemText(status.problem)}`;
  }
}

/** The status in a few words; a problem in a sentence. */
export function summaryOf(status: Status): string {
  switch (status.kind) {
    case "off": return status.enablement.kind === "off-here"
      ? l10n.t("off for {0}", status.enablement.languageId)
      : l10n.t("off");
    case "idle": return l10n.t("starts when you type");
    case "loading": return status.model ? l10n.t("loading {0}", status.model) : l10n.t("starting");
    case "ready": return l10n.t("ready");
    case "busy": return l10n.t("looking for a suggestion");
    case "problem": return problemText(status.problem);
  }
}

function tooltipOf(status: Status): MarkdownString {
  const tooltip = new MarkdownString(undefined, true);
  tooltip.isTrusted = { enabledCommands: ["inkling.chooseModelFile", "inkling.restart", "inkling.showLog", "inkling.toggle"] };
  for (const line of linesOf(status)) tooltip.appendText(line).appendMarkdown("\n\n");
  return tooltip.appendMarkdown(linksOf(status).join(" · "));
}

function linesOf(status: Status): string[] {
  const headline = status.kind === "problem" ? summaryOf(status) : `Inkling: ${summaryOf(status)}`;
  if (status.kind !== "ready" && status.kind !== "busy") return [headline];
  const model = l10n.t("Model: {0}, loaded in {1} ms", status.model.name, Math.round(status.model.loadMs));
  return status.last ? [headline, model, lastText(status.last)] : [headline, model];
}

function linksOf(status: Status): string[] {
  const choose = `[${l10n.t("Choose Another Model File…")}](command:inkling.chooseModelFile)`;
  const restart = `[${l10n.t("Restart")}](command:inkling.restart)`;
  const showLog = `[${l10n.t("Show Log")}](command:inkling.showLog)`;
  if (status.kind === "off") return [`[${l10n.t("Turn On")}](command:inkling.toggle)`, showLog];
  if (status.kind === "problem" && status.problem.kind === "model") return [choose, restart, showLog];
  return [`[${l10n.t("Turn Off")}](command:inkling.toggle)`, restart, showLog];
}

function lastText({ reason, timings }: CompletionRecord): string {
  return l10n.t("Last request: {0}, after {1} ms", reasonText(reason), Math.round(timings.totalMs));
}
