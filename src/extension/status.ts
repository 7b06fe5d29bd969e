// The status item: one glance says which model, how fast, and whether suggestions can come. Shows a Status; decides nothing.
import { l10n, type MarkdownString, StatusBarAlignment, ThemeColor, window } from "vscode";
import { languageName } from "./language-name.js";
import { problemText, shortProblemText } from "./reasons.js";
import { timeLeft } from "./snooze.js";
import type { Status } from "./state.js";

/** Most answers come sooner; an icon that changes at every keystroke would only distract. */
const BUSY_AFTER_MS = 200;

export interface StatusItem {
  show(status: Status): void;
  dispose(): void;
}

/** `server` gives the address of the model server, if one is set up: it is shown whatever the status. */
export function createStatusItem(tooltipOf: (status: Status) => MarkdownString, server: () => string | undefined): StatusItem {
  const item = window.createStatusBarItem("inkling.status", StatusBarAlignment.Right, 100);
  item.name = "Inkling";
  item.command = "inkling.showMenu";
  let timer: NodeJS.Timeout | undefined;
  const render = (status: Status): void => {
    const address = server();
    item.text = address === undefined ? textOf(status) : `${textOf(status)} $(remote) ${address}`;
    item.tooltip = tooltipOf(status);
    item.backgroundColor = status.kind === "problem" ? new ThemeColor("statusBarItem.warningBackground") : undefined;
    item.accessibilityInformation = { label: address === undefined ? `Inkling: ${summaryOf(status)}` : l10n.t("Inkling: {0}; asks {1}", summaryOf(status), address), role: "button" };
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
    case "snoozed": return `$(bell-slash) ${timeLeft(status.snooze) ?? "Inkling"}`;
    case "idle": return "$(edit) Inkling";
    case "loading": return `$(loading~spin) ${status.model ?? "Inkling"}`;
    case "ready": return `$(edit) ${modelText(status)}`;
    case "busy": return `$(sync~spin) ${modelText(status)}`;
    case "problem": return `$(warning) Inkling: ${shortProblemText(status.problem)}`;
  }
}

/** Names of models can be long, and the status bar is everybody's. */
const LONGEST_NAME = 24;

function modelText({ model: { name }, speed }: Extract<Status, { kind: "ready" | "busy" }>): string {
  const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
  return speed === undefined ? short : `${short} ${speedText(speed)}`;
}

/** Two digits: more of them would change with every answer. */
export function speedText(tokensPerSecond: number): string {
  return l10n.t({ message: "{0} t/s", args: [Number(tokensPerSecond.toPrecision(2))], comment: ["Tokens per second, as short as can be"] });
}

/** The status in a few words; a problem in a sentence. */
export function summaryOf(status: Status): string {
  switch (status.kind) {
    case "off": return status.enablement.kind === "off-here"
      ? l10n.t("off for {0}", languageName(status.enablement.languageId))
      : l10n.t("off");
    case "snoozed": return snoozeText(timeLeft(status.snooze));
    case "idle": return l10n.t("starts when you type");
    case "loading": return status.model ? l10n.t("loading {0}", status.model) : l10n.t("starting");
    case "ready": return l10n.t("ready");
    case "busy": return l10n.t("looking for a suggestion");
    case "problem": return problemText(status.problem);
  }
}

function snoozeText(left: string | undefined): string {
  return left === undefined ? l10n.t("snoozed until the window is reloaded") : l10n.t("snoozed, {0} left", left);
}
