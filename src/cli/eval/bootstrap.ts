// How sure a difference between two arms is: holes are drawn again and again, in pairs, and the spread of the mean is the answer.
import { seeded } from "./random.js";

export interface Interval {
  /** Mean of the differences. */
  difference: number;
  low: number;
  high: number;
}

/** 95 % percentile interval of the mean difference `b - a` over the same holes (paired bootstrap; Efron and Tibshirani 1993). */
export function pairedBootstrap(a: readonly number[], b: readonly number[], resamples = 2000, seed = 1): Interval {
  if (a.length !== b.length) throw new Error(`Pairs needed, got ${a.length} and ${b.length} values.`);
  const differences = a.map((value, i) => b[i]! - value);
  const random = seeded(seed);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) sum += differences[Math.floor(random() * differences.length)]!;
    return sum / Math.max(differences.length, 1);
  }).sort((x, y) => x - y);
  return { difference: mean(differences), low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Nearest-rank quantile of values in rising order; 0 if there are none. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? 0;
}
