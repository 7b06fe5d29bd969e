// What the results of many holes add up to. Pure counting: shares are 0 to 1, times milliseconds.
import { mean, quantile } from "./bootstrap.js";
import type { HoleKind } from "./holes.js";
import type { Verdict } from "./judge.js";

/** One hole and what came of it; a line of the file that `--out` writes. */
export interface HoleResult extends Verdict {
  id: string;
  kind: HoleKind;
  languageId: string;
  project: string;
  /** The hole needs a name that a plain window around the cursor lacks. */
  needsMore: boolean;
  /** Why the request ended as it did: the worker's reason code, or `shown` for a baseline. */
  reason: string;
  shown: boolean;
  /** What was shown, or nothing. */
  text: string;
  /** What stood in the hole. */
  middle: string;
  /** No more parse errors with the suggestion than without it; only for what was shown, where there is a grammar. */
  parses?: boolean;
  /** The same once the brackets are closed that the suggestion opens: half of a statement is no error. */
  closes?: boolean;
  /** What the model said before the filters, and whether that was the rest of the line. */
  unfiltered?: string;
  rawExact?: boolean;
  confidence?: number;
  ms: number;
  promptTokens: number;
  generatedTokens: number;
  /** Information in the true text under the model, in bits. */
  bits?: number;
  /** Length of the true text in UTF-8. */
  bytes: number;
  /** The program with the suggestion in it passes its tests. */
  passed?: boolean;
  /** The same with what the model said before the filters. */
  rawPassed?: boolean;
}

export interface Summary {
  holes: number;
  exact: number;
  exactHole: number;
  editSimilarity: number;
  acceptedWords: number;
  shown: number;
  precision: number;
  parses?: number;
  closes?: number;
  rawExact?: number;
  bitsPerByte?: number;
  passAt1?: number;
  rawPassAt1?: number;
  ms: { p50: number; p90: number };
  tokens: { prompt: number; generated: number };
}

export function summarize(results: readonly HoleResult[]): Summary {
  const shown = results.filter((result) => result.shown);
  const times = results.map((result) => result.ms).sort((a, b) => a - b);
  return {
    holes: results.length,
    exact: share(results.map((result) => result.exact)),
    exactHole: share(results.map((result) => result.exactHole)),
    editSimilarity: mean(results.map((result) => result.editSimilarity)),
    acceptedWords: mean(results.map((result) => result.acceptedWords)),
    shown: share(results.map((result) => result.shown)),
    precision: share(shown.map((result) => result.exact)),
    ...optional("parses", known(shown, (result) => result.parses)),
    ...optional("closes", known(shown, (result) => result.closes)),
    ...optional("rawExact", known(results, (result) => result.rawExact)),
    ...optional("passAt1", known(results, (result) => result.passed)),
    ...optional("rawPassAt1", known(results, (result) => result.rawPassed)),
    ...bitsPerByte(results),
    ms: { p50: quantile(times, 0.5), p90: quantile(times, 0.9) },
    tokens: {
      prompt: mean(results.map((result) => result.promptTokens)),
      generated: mean(results.map((result) => result.generatedTokens)),
    },
  };
}

const share = (values: readonly boolean[]): number => mean(values.map(Number));

function known(results: readonly HoleResult[], of: (result: HoleResult) => boolean | undefined): boolean[] {
  return results.map(of).filter((value) => value !== undefined);
}

function optional<K extends string>(key: K, values: readonly boolean[]): Partial<Record<K, number>> {
  return values.length === 0 ? {} : ({ [key]: share(values) } as Record<K, number>);
}

function bitsPerByte(results: readonly HoleResult[]): { bitsPerByte?: number } {
  const scored = results.filter((result) => result.bits !== undefined);
  const bytes = scored.reduce((sum, result) => sum + result.bytes, 0);
  return bytes === 0 ? {} : { bitsPerByte: scored.reduce((sum, result) => sum + result.bits!, 0) / bytes };
}

/** How often each reason came up, most often first. */
export function countReasons(results: readonly HoleResult[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { reason } of results) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
}

export interface CurvePoint {
  /** Show only what the model is at least this sure of. */
  threshold: number;
  /** Share of all holes at which something would then be shown. */
  coverage: number;
  /** Share of what would be shown that is exact. */
  precision: number;
}

/**
 * Precision against coverage if nothing but the model's confidence decided what is shown: one point for each tenth of the holes.
 * Uses what the model said before the filters where that is known, else what was shown.
 */
export function precisionCoverage(results: readonly HoleResult[], points = 10): CurvePoint[] {
  const answers = results
    .filter((result) => result.confidence !== undefined && (result.shown || result.unfiltered?.trim()))
    .map((result) => ({ confidence: result.confidence!, exact: result.rawExact ?? result.exact }))
    .sort((a, b) => b.confidence - a.confidence);
  const curve: CurvePoint[] = [];
  for (let i = 1; i <= points; i++) {
    const kept = answers.slice(0, Math.round((i / points) * results.length));
    if (kept.length === 0 || curve.at(-1)?.coverage === kept.length / results.length) break;
    curve.push({
      threshold: kept.at(-1)!.confidence,
      coverage: kept.length / results.length,
      precision: share(kept.map((answer) => answer.exact)),
    });
  }
  return curve;
}
