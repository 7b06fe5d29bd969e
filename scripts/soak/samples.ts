// Memory and descriptors of processes, from Linux's own books, and whether they grow.
import { readdirSync, readFileSync } from "node:fs";

/** What is watched, in bytes. */
export interface Memory {
  /** The worker that is asked at full speed, over the protocol. */
  worker: number;
  /** The worker of the window. */
  windowWorker?: number;
  /** The window's extension host: the process, and what is alive in its heap after a collection. */
  host?: number;
  hostHeap?: number;
}

export interface Sample extends Memory {
  seconds: number;
  requests: number;
  /** Of all watched processes together. */
  descriptors: number;
}

/**
 * Memory that a process wrote to and that no file stands behind: its heaps, stacks and caches. What it reads from mapped files (a model, its own
 * program) is left out, because that depends on who else has them mapped and on what the system keeps.
 */
export function ownMemory(pid: number): number {
  return bytesOf(pid, ["Anonymous", "Swap"]);
}

export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
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

export interface Growth {
  from: number;
  to: number;
  percent: number;
}

/** From the first to the last fifth, each by its median, so that no single moment decides. Undefined where it was not measured. */
export function growthOf(samples: readonly Sample[], what: keyof Memory | "descriptors"): Growth | undefined {
  const values = samples.flatMap((sample) => sample[what] ?? []);
  const part = Math.max(1, Math.floor(values.length / 5));
  const [from, to] = [median(values.slice(0, part)), median(values.slice(-part))];
  return from === undefined || to === undefined ? undefined : { from, to, percent: ((to - from) / from) * 100 };
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
