// The statistics as a page: what suggestions were worth, in total, by day and by language.
import { l10n } from "vscode";
import { button, escape, type Page, table } from "../page.js";
import { byLanguage, type Days, medianWait, type Tally, totalOf } from "./tally.js";

/** As many days fit side by side. */
const DRAWN_DAYS = 30;

export function statisticsPage(days: Days): Page {
  const total = totalOf(days);
  const first = Object.keys(days).sort()[0];
  const content = total.shown + total.accepted === 0
    ? `<p class="lead">${escape(l10n.t("Nothing has been counted yet: type in a file, and look again."))}</p>`
    : [tiles(total), section(l10n.t("By day"), chart(days)), section(l10n.t("By language"), languagesTable(days))].join("");
  const body = [
    `<h1>${escape(l10n.t("Statistics"))}</h1>`,
    `<p class="quiet">${escape(first === undefined ? l10n.t("Counted on this machine, for you alone.") : l10n.t("Counted on this machine since {0}, for you alone: nothing is sent.", first))}</p>`,
    content,
    ...(total.shown + total.accepted === 0 ? [] : [`<div class="buttons">${button(l10n.t("Clear Statistics"), "inkling.clearStatistics")}</div>`]),
    `<p class="quiet">${escape(l10n.t("A suggestion counts as shown when VS Code took it, once however long it is typed through; as kept when it still stands 30 seconds after it was accepted."))}</p>`,
  ].join("");
  return { kind: "statistics", title: l10n.t("Inkling: Statistics"), body, commands: ["inkling.clearStatistics"] };
}

function section(title: string, content: string): string {
  return `<h2>${escape(title)}</h2>${content}`;
}

function tiles(total: Tally): string {
  const { shown, accepted, partly, characters, kept, gone } = total;
  const median = medianWait(total);
  const all: [value: string, name: string][] = [
    [number(shown), l10n.t("shown")],
    [`${number(accepted)}${shown === 0 ? "" : ` · ${percent(accepted, shown)}`}`, l10n.t("accepted")],
    [number(partly), l10n.t("taken in part")],
    [number(characters), l10n.t("characters saved")],
    [kept + gone === 0 ? "–" : percent(kept, kept + gone), l10n.t("kept after 30 s")],
    [median === undefined ? "–" : `${median} ms`, l10n.t("half came within")],
  ];
  return `<div class="tiles">${all.map(([value, name]) => `<div class="tile"><b>${escape(value)}</b>${escape(name)}</div>`).join("")}</div>`;
}

/** Two bars a day, shown and accepted, drawn to the same measure. */
function chart(days: Days): string {
  const drawn = Object.keys(days).sort().slice(-DRAWN_DAYS).map((day) => ({ day, ...totalOf(days, day) }));
  const most = Math.max(1, ...drawn.map(({ shown }) => shown));
  const width = 100 / Math.max(7, drawn.length);
  const rect = (kind: string, x: number, value: number, title: string): string => {
    const height = (value / most) * 100;
    return `<rect class="${kind}" x="${x.toFixed(2)}" y="${(100 - height).toFixed(2)}" width="${(width * 0.36).toFixed(2)}" height="${height.toFixed(2)}"><title>${escape(title)}</title></rect>`;
  };
  const bars = drawn.map(({ day, shown, accepted }, i) => {
    const title = l10n.t("{0}: {1} shown, {2} accepted", day, shown, accepted);
    return rect("shown", i * width, shown, title) + rect("accepted", (i + 0.4) * width, accepted, title);
  });
  const key = (kind: string, name: string): string => `<span><svg viewBox="0 0 1 1"><rect class="${kind}" width="1" height="1"/></svg>${escape(name)}</span>`;
  return `<svg class="days" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="${escape(l10n.t("Suggestions by day"))}">${bars.join("")}</svg>
<div class="legend">${key("shown", l10n.t("shown"))}${key("accepted", l10n.t("accepted"))}</div>`;
}

function languagesTable(days: Days): string {
  const head = [l10n.t("Language"), l10n.t("Shown"), l10n.t("Accepted"), l10n.t("Characters"), l10n.t("Kept"), l10n.t("Half within")];
  const rows = byLanguage(days).map(([language, tally]) => {
    const { shown, accepted, characters, kept, gone } = tally;
    const median = medianWait(tally);
    return [escape(language), number(shown), number(accepted), number(characters), kept + gone === 0 ? "–" : percent(kept, kept + gone), median === undefined ? "–" : `${median} ms`];
  });
  return table(rows, head, "numbers");
}

function number(value: number): string {
  return value.toLocaleString("en");
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / Math.max(1, whole))}%`;
}
