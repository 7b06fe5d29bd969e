// What the status item says when the mouse rests on it: the essentials in a small table, and what can be done about them.
import { l10n, MarkdownString } from "vscode";
import type { CompletionRecord } from "../protocol/completion.js";
import type { ModelSummary } from "../protocol/worker.js";
import { reasonText } from "./reasons.js";
import type { Status } from "./state.js";
import { speedText, summaryOf } from "./status.js";
import type { Tally } from "./statistics/tally.js";

const LINKED = [
  "inkling.chooseModel", "inkling.endSnooze", "inkling.restart", "inkling.showContacts", "inkling.showLog", "inkling.showMenu", "inkling.showStatistics",
  "inkling.toggle", "inkling.whyNoSuggestion",
];

/** `computes` says what a model runs on. */
export function tooltipOf(status: Status, today: Tally, computes: (model: ModelSummary) => string): MarkdownString {
  const tooltip = new MarkdownString(undefined, true);
  tooltip.isTrusted = { enabledCommands: LINKED };
  const headline = status.kind === "problem" ? summaryOf(status) : `Inkling: ${summaryOf(status)}`;
  tooltip.appendMarkdown("**").appendText(headline).appendMarkdown("**\n\n");
  const rows = rowsOf(status, today, computes);
  if (rows.length > 0) {
    tooltip.appendMarkdown("| | |\n|:--|:--|\n");
    for (const [name, value] of rows) tooltip.appendMarkdown(`| ${cell(name)} | ${cell(value)} |\n`);
    tooltip.appendMarkdown("\n");
  }
  return tooltip.appendMarkdown(linksOf(status).map(([title, command]) => `[${title}](command:${command})`).join(" · "));
}

/** A model may be called anything; in a table it is only text. */
function cell(text: string): string {
  return new MarkdownString().appendText(text).value.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function rowsOf(status: Status, today: Tally, computes: (model: ModelSummary) => string): [name: string, value: string][] {
  if (status.kind !== "ready" && status.kind !== "busy") return [];
  const { model, last, speed } = status;
  return [
    [l10n.t("Model"), model.name],
    [l10n.t("Runs on"), computes(model)],
    ...(speed === undefined ? [] : [[l10n.t("Speed"), speedText(speed)] as [string, string]]),
    ...(last ? [[l10n.t("Last request"), lastText(last)] as [string, string]] : []),
    [l10n.t("Today"), l10n.t("{0} shown, {1} accepted", today.shown, today.accepted)],
    [l10n.t("Network"), model.server === undefined ? l10n.t("0 bytes sent: the model has no network") : l10n.t("asks {0}", model.server)],
  ];
}

function linksOf(status: Status): [title: string, command: string][] {
  const showLog: [string, string] = [l10n.t("Show Log"), "inkling.showLog"];
  const restart: [string, string] = [l10n.t("Restart"), "inkling.restart"];
  const statistics: [string, string] = [l10n.t("Statistics"), "inkling.showStatistics"];
  switch (status.kind) {
    case "off": return [[l10n.t("Turn On"), "inkling.toggle"], showLog];
    case "snoozed": return [[l10n.t("End Snooze"), "inkling.endSnooze"], statistics];
    case "problem": return status.problem.kind === "model" ? [[l10n.t("Choose Another Model…"), "inkling.chooseModel"], restart, showLog] : [restart, showLog];
    default: return [[l10n.t("Why No Suggestion Here?"), "inkling.whyNoSuggestion"], statistics, [l10n.t("Network"), "inkling.showContacts"], [l10n.t("Menu"), "inkling.showMenu"]];
  }
}

/** For instance: a suggestion, after 45 ms */
export function lastText({ reason, origin, timings }: CompletionRecord): string {
  if (origin === "cache" || origin === "ahead") return l10n.t("{0}, from memory", reasonText(reason));
  return l10n.t("{0}, after {1} ms", reasonText(reason), Math.round(timings.totalMs));
}
