// What the rows of a bench add up to, as numbers and in words.
import type { Usage } from "../../protocol/bench.js";
import type { Replayed, Row } from "./replay.js";
import type { Compared } from "./speed.js";
import type { Speeds } from "./floor.js";
import { median, quantile, sum } from "./statistics.js";

/** What `--json` prints. Shares are 0 to 1, speeds tokens per second; null where nothing could be measured. */
export interface Report {
  model: string;
  /** From a request to its answer. */
  ms: { p50: number; p90: number; p99: number };
  /** Of the keys inside a shown suggestion, those answered without the model. */
  withoutModel: number;
  /** Of the prompt tokens while typing on one line. */
  reused: number;
  /** Prompt tokens evaluated, for what was asked and for what was thought ahead, against a client that evaluates every prompt. */
  evaluatedRatio: number;
  afterAcceptMs: { p50: number };
  cancelMs: { p50: number; p99: number };
  coldStartMs: number;
  rssMb: number;
  raw: Speeds;
  ratio: Speeds;
  keys: number;
  requests: number;
  cancelled: number;
  shown: number;
  accepts: number;
  /** Share of characters that did not have to be typed. */
  saved: number;
  origins: Record<string, number>;
  idleCpuPercent: number | null;
  threads: number | null;
}

export interface Measured {
  model: string;
  replayed: readonly Replayed[];
  before: Usage;
  after: Usage;
  compared: Compared;
  cancelMs: readonly number[];
  coldStartMs: number;
  memory: number;
  idleCpuPercent: number | null;
  threads: number | null;
}

export function report({ replayed, before, after, compared: { raw, worker }, cancelMs, memory, ...rest }: Measured): Report {
  const rows = replayed.flatMap((one) => one.rows);
  const answered = rows.filter((row) => !row.cancelled && row.record?.origin !== undefined);
  const times = answered.map(({ ms }) => ms);
  const inside = answered.filter((row) => row.inside);
  const onLine = answered.filter((row) => row.sameLine && row.record?.origin === "model").map(({ record }) => record!.tokens);
  const keys = sum(replayed.map((one) => one.keys));
  const saved = sum(replayed.map((one) => one.saved));
  return {
    ...rest,
    ms: { p50: quantile(times, 0.5), p90: quantile(times, 0.9), p99: quantile(times, 0.99) },
    withoutModel: inside.filter(fromMemory).length / inside.length,
    reused: sum(onLine.map(({ reused }) => reused)) / sum(onLine.map(({ prompt }) => prompt)),
    evaluatedRatio: (after.evaluated - before.evaluated) / withoutReuse(answered),
    afterAcceptMs: { p50: median(answered.filter((row) => row.after === "accept").map(({ ms }) => ms)) },
    cancelMs: { p50: quantile(cancelMs, 0.5), p99: quantile(cancelMs, 0.99) },
    rssMb: memory / 2 ** 20,
    raw,
    ratio: { prefill: worker.prefill / raw.prefill, decode: worker.decode / raw.decode },
    keys, saved: saved / (saved + keys),
    requests: rows.length, cancelled: rows.filter((row) => row.cancelled).length,
    shown: rows.filter((row) => row.shown).length, accepts: sum(replayed.map((one) => one.accepts)),
    origins: count(answered.map(({ record }) => record!.origin!)),
  };
}

function fromMemory({ record }: Row): boolean {
  return record?.origin === "cache" || record?.origin === "ahead";
}

/** A prompt that was not made, because the answer was known, would have been about as long as the last one. */
function withoutReuse(answered: readonly Row[]): number {
  let length = 0;
  return sum(answered.map(({ record }) => {
    if (record!.tokens.prompt > 0) length = record!.tokens.prompt;
    return length;
  }));
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

export function table(one: Report): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const share = (value: number): string => `${(100 * value).toFixed(1)}%`;
  const speed = (value: number): string => `${Math.round(value)} tokens/s`;
  const origins = Object.entries(one.origins).map(([name, n]) => `${name} ${n}`).join(", ");
  const lines: [string, string][] = [
    ["model", one.model],
    ["typed", `${one.keys} keys, ${one.accepts} suggestions accepted, ${share(one.saved)} of the characters saved`],
    ["requests", `${one.requests}, ${one.shown} with a suggestion, ${one.cancelled} overtaken by the next key; answers from ${origins}`],
    ["request to answer", `p50 ${ms(one.ms.p50)}, p90 ${ms(one.ms.p90)}, p99 ${ms(one.ms.p99)}`],
    ["after an accept", `p50 ${ms(one.afterAcceptMs.p50)}`],
    ["keys inside a suggestion answered without the model", share(one.withoutModel)],
    ["prompt tokens reused on one line", share(one.reused)],
    ["prompt tokens evaluated, against a client without reuse", share(one.evaluatedRatio)],
    ["cancelling", `p50 ${ms(one.cancelMs.p50)}, p99 ${ms(one.cancelMs.p99)}`],
    ["cold start to the first answer", ms(one.coldStartMs)],
    ["memory", `${one.rssMb.toFixed(0)} MB`],
    ["bare engine", `prefill ${speed(one.raw.prefill)}, decode ${speed(one.raw.decode)}`],
    ["the worker's share of it", `prefill ${one.ratio.prefill.toFixed(2)}, decode ${one.ratio.decode.toFixed(2)}`],
    ...one.idleCpuPercent === null ? [] : [["processor while nobody types", `${one.idleCpuPercent.toFixed(2)}%`] satisfies [string, string]],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}
