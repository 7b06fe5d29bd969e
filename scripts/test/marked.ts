// A suite's processes, wherever they went: they carry its mark in their environment. Linux only; elsewhere it finds none.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** What ends by itself a moment after its parent is no leftover. */
const GRACE_MS = 3_000;

const LOOK_EVERY_MS = 2_000;
const LEAST = "19";

/**
 * Leaves to a suite what all others do not need of the processor, until the returned function is called. Linux divides it among sessions before it
 * looks at how nice a process is, and every browser and server begins a session of its own.
 */
export function keepBehind(mark: string): () => void {
  const lower = (): void => {
    for (const { pid } of marked(mark)) {
      const group = `/proc/${pid}/autogroup`;
      try {
        if (!readFileSync(group, "utf8").includes(`nice ${LEAST}`)) writeFileSync(group, LEAST);
      } catch {
        // Gone, a kernel that makes no groups, or one that wants a pause between two changes.
      }
    }
  };
  const timer = setInterval(lower, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/** Ends what the suite left running. Returns the command lines of the processes that had to be killed. */
export async function endLeftovers(mark: string): Promise<string[]> {
  const end = performance.now() + GRACE_MS;
  while (performance.now() < end && marked(mark).length > 0) await delay(100);
  const left = marked(mark);
  for (const { pid } of left) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone in the meantime.
    }
  }
  return left.map(({ command }) => command);
}

function marked(mark: string): { pid: number; command: string }[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark)) return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return command === "" ? [] : [{ pid: Number(pid), command }]; // nothing in it: dead, and not buried by its parent yet
    } catch {
      return []; // gone, or not ours to read
    }
  });
}
