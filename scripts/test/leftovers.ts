// Finds and ends the processes that a suite left running: they carry its mark in their environment. Linux only; elsewhere it finds none.
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** What ends by itself a moment after its parent is no leftover. */
const GRACE_MS = 3_000;

/** Returns the command lines of the processes that had to be killed. */
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
