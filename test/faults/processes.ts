// What Linux knows about processes: which are ours, which are dead and not buried.
import { readdirSync, readFileSync } from "node:fs";

/** State letter of a process as in /proc/PID/stat; undefined when there is none. */
export function stateOf(pid: number): string | undefined {
  try {
    return /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

/** Ids out of these that still exist, as running processes or as zombies. */
export function remaining(pids: readonly number[]): number[] {
  return pids.filter((pid) => stateOf(pid) !== undefined);
}

/** Children of a process whose command line has a text in it. */
export function childrenOf(parent: number, text: string): number[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      const parentOf = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
      return parentOf === parent && (text === "" || readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text));
    } catch {
      return false;
    }
  });
}
