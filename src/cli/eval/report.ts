// The evaluation in words: tables for people, one object for programs. Computes nothing but differences between arms.
import { pairedBootstrap, type Interval } from "./bootstrap.js";
import { groupBy } from "./groups.js";
import { countReasons, precisionCoverage, summarize, type CurvePoint, type HoleResult, type Summary } from "./summary.js";

/** What one arm did; the holes are the same, and in the same order, for all. */
export interface ArmResults {
  /** How the arm differs, as it was asked for. */
  name: string;
  model: string;
  context: string;
  /** Tokens; null where the worker chose by the model's speed. */
  budget: number | null;
  results: readonly HoleResult[];
}

export interface ArmReport extends Summary {
  model: string;
  context: string;
  budget: number | null;
  byLanguage: Record<string, Summary>;
  byKind: Record<string, Summary>;
  byReach: Record<string, Summary>;
  reasons: Record<string, number>;
  curve: CurvePoint[];
}

/** Differences in the share of exact lines, second minus first, with 95 % intervals. */
export interface Comparison {
  name: string;
  exact: Interval;
  rawExact?: Interval;
  passAt1?: Interval;
  /** Only the holes that need a name which a plain window lacks, and only the others. */
  beyondWindow?: Interval;
  withinWindow?: Interval;
}

export function reportArm({ model, context, budget, results }: ArmResults): ArmReport {
  return {
    model, context, budget, ...summarize(results),
    byLanguage: summarizeBy(results, (result) => result.languageId),
    byKind: summarizeBy(results, (result) => result.kind),
    byReach: summarizeBy(results, reachOf),
    reasons: countReasons(results),
    curve: precisionCoverage(results),
  };
}

const reachOf = (result: HoleResult): string => (result.needsMore ? "beyond window" : "within window");

function summarizeBy(results: readonly HoleResult[], keyOf: (result: HoleResult) => string): Record<string, Summary> {
  return Object.fromEntries([...groupBy(results, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => [key, summarize(group)]));
}

export function compare(first: ArmResults, second: ArmResults): Comparison {
  const figures = {
    rawExact: difference(first, second, (result) => result.rawExact),
    passAt1: difference(first, second, (result) => result.passed),
    beyondWindow: difference(first, second, (result) => result.exact, (result) => result.needsMore),
    withinWindow: difference(first, second, (result) => result.exact, (result) => !result.needsMore),
  };
  const there = Object.fromEntries(Object.entries(figures).filter(([, interval]) => interval !== undefined));
  return { name: second.name, exact: difference(first, second, (result) => result.exact)!, ...there };
}

type Figure = (result: HoleResult) => boolean | undefined;

function difference(first: ArmResults, second: ArmResults, of: Figure, which: Figure = () => true): Interval | undefined {
  const [a, b] = [first.results.filter(which).map(of), second.results.filter(which).map(of)];
  const both = a.map((value, i) => [value, b[i]] as const).filter((pair) => pair[0] !== undefined && pair[1] !== undefined);
  if (both.length < a.length || a.length === 0) return undefined;
  return pairedBootstrap(both.map((pair) => Number(pair[0])), both.map((pair) => Number(pair[1])));
}

/** The object of `--json`; figures of further arms under `against`, each with its difference to the first. */
export function toJson(suite: string, seed: number, arms: readonly ArmResults[], baseline: ArmResults): object {
  const [first, ...others] = arms;
  const base = { ngram: withoutCurve(reportArm(baseline)) };
  if (!first) return { suite, seed, model: null, holes: baseline.results.length, baseline: base };
  return {
    suite, seed, ...reportArm(first), baseline: { ngram: { ...base.ngram, difference: compare(baseline, first).exact } },
    against: others.map((arm) => ({ name: arm.name, ...reportArm(arm), difference: compare(first, arm) })),
  };
}

const withoutCurve = ({ exact, exactHole, editSimilarity, shown, precision, parses, closes, passAt1, byLanguage, byKind, ms }: ArmReport) =>
  ({ exact, exactHole, editSimilarity, shown, precision, parses, closes, passAt1, ms, byLanguage, byKind });

const columns: readonly [title: string, of: (summary: Summary) => string][] = [
  ["holes", (s) => String(s.holes)],
  ["exact", (s) => percent(s.exact)],
  ["raw", (s) => percent(s.rawExact)],
  ["whole", (s) => percent(s.exactHole)],
  ["similar", (s) => percent(s.editSimilarity)],
  ["words", (s) => percent(s.acceptedWords)],
  ["shown", (s) => percent(s.shown)],
  ["precise", (s) => percent(s.precision)],
  ["parses", (s) => percent(s.parses)],
  ["closes", (s) => percent(s.closes)],
  ["pass@1", (s) => percent(s.passAt1)],
  ["raw p@1", (s) => percent(s.rawPassAt1)],
  ["bits/byte", (s) => s.bitsPerByte?.toFixed(3) ?? ""],
  ["p50 ms", (s) => s.ms.p50.toFixed(1)],
  ["p90 ms", (s) => s.ms.p90.toFixed(1)],
  ["prompt", (s) => s.tokens.prompt.toFixed(0)],
  ["tokens", (s) => s.tokens.generated.toFixed(1)],
];

const percent = (share: number | undefined): string => (share === undefined ? "" : `${(share * 100).toFixed(1)} %`);

export function printTables(suite: string, seed: number, arms: readonly ArmResults[], baseline: ArmResults): string {
  const lines = [`${suite}, ${baseline.results.length} holes, seed ${seed}`, ""];
  const rows: [string, Summary][] = [];
  for (const arm of [...arms, baseline]) {
    const report = reportArm(arm);
    rows.push([arm.name, report]);
    const groups = { ...report.byLanguage, ...report.byKind, ...report.byReach };
    for (const [group, summary] of Object.entries(groups)) rows.push([`  ${group}`, summary]);
  }
  lines.push(...table(rows), "");
  const [first, ...others] = arms;
  if (first) {
    lines.push(...differenceLines(first.name, baseline.name, compare(baseline, first)));
    for (const other of others) lines.push(...differenceLines(other.name, first.name, compare(first, other)));
    for (const arm of arms) lines.push("", ...curveLines(arm), reasonLine(arm));
  }
  return lines.join("\n");
}

function table(rows: readonly [string, Summary][]): string[] {
  const cells = [["", ...columns.map(([title]) => title)], ...rows.map(([name, summary]) => [name, ...columns.map(([, of]) => of(summary))])];
  const used = cells[0]!.map((_, i) => i === 0 || cells.slice(1).some((row) => row[i] !== ""));
  const widths = cells[0]!.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)));
  return cells.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).filter((_, i) => used[i]).join("  "));
}

function differenceLines(name: string, other: string, { exact, rawExact, passAt1, beyondWindow, withinWindow }: Comparison): string[] {
  const points = (share: number): string => `${share < 0 ? "" : "+"}${(share * 100).toFixed(1)}`;
  const named: [string, Interval | undefined][] = [
    ["exact", exact], ["  beyond window", beyondWindow], ["  within window", withinWindow], ["  raw", rawExact], ["  pass@1", passAt1],
  ];
  return [`${name} against ${other}, points and 95 % interval`, ...named.flatMap(([figure, interval]) => (interval === undefined ? [] :
    [`  ${figure.padEnd(16)} ${points(interval.difference).padStart(6)}  (${points(interval.low)} to ${points(interval.high)})`]))];
}

function curveLines({ name, results }: ArmResults): string[] {
  const curve = precisionCoverage(results);
  if (curve.length === 0) return [];
  return [
    `precision against coverage, ${name}, if only the confidence decided:`,
    `  coverage   ${curve.map((point) => percent(point.coverage).padStart(7)).join(" ")}`,
    `  precision  ${curve.map((point) => percent(point.precision).padStart(7)).join(" ")}`,
    `  threshold  ${curve.map((point) => point.threshold.toFixed(3).padStart(7)).join(" ")}`,
  ];
}

const reasonLine = ({ name, results }: ArmResults): string =>
  `reasons, ${name}: ${Object.entries(countReasons(results)).map(([reason, count]) => `${reason} ${count}`).join(", ")}`;
