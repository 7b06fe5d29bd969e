// Memory and descriptors of a process, from Linux's own books, and whether they grow.
import { readdirSync, readFileSync } from "node:fs";

export interface Sample {
  seconds: number;
  requests: number;
  /** Bytes that belong to the process alone or in part: what its end would give back. */
  worker: number;
  /** The heap of this process after a collection where `--expose-gc` allows one. */
  client: number;
  descriptors: number;
}

export async function sampleOf(pid: number, seconds: number, requests: number): Promise<Sample> {
  (globalThis as { gc?: () => void }).gc?.();
  await new Promise((done) => setImmediate(done));
  return { seconds, requests, worker: proportionalMemory(pid), client: process.memoryUsage().heapUsed, descriptors: readdirSync(`/proc/${pid}/fd`).length };
}

/** Proportional set size in bytes: pages shared with other processes count in parts. */
export function proportionalMemory(pid: number): number {
  return bytesOf(pid, ["Pss"]);
}

/** What a process has of its own. */
export function privateMemory(pid: number): number {
  return bytesOf(pid, ["Private_Clean", "Private_Dirty"]);
}

function bytesOf(pid: number, fields: readonly string[]): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  return fields.reduce((sum, field) => sum + Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(rollup)?.[1] ?? NaN) * 1024, 0);
}

/** From the first to the last fifth, each by its median, so that no single moment decides. */
export function growthOf(samples: readonly Sample[], what: "worker" | "client"): { percent: number; bytes: number } {
  const part = Math.max(1, Math.floor(samples.length / 5));
  const begin = median(samples.slice(0, part).map((sample) => sample[what]));
  const end = median(samples.slice(-part).map((sample) => sample[what]));
  return { percent: ((end - begin) / begin) * 100, bytes: end - begin };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
