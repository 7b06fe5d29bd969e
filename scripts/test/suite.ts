// Runs one suite as a process of its own, in a temporary folder of its own and under a time limit; knows how it came out even if it crashed.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Totals } from "../../test/mocha.js";
import { removeFolder, temporaryFolder } from "../vscode/temporary.js";
import { endLeftovers } from "./leftovers.js";

/** A suite that takes longer hangs: the slowest takes a third of it on two busy cores. */
const LIMIT_MS = 10 * 60_000;
const KILL_AFTER_MS = 5_000;

/** A program with its arguments, and more environment variables. */
export interface Step {
  command: readonly [string, ...string[]];
  env?: Readonly<Record<string, string>>;
  /** Writes no totals: passes or fails as a whole. */
  whole?: boolean;
  /** Instead of the usual limit. */
  limitMs?: number;
  /** The steps after it would only fail for the same reason. */
  needed?: boolean;
}

export async function runStep(step: Step, signal: AbortSignal): Promise<Totals> {
  const folder = temporaryFolder("test");
  const mark = randomUUID();
  const totalsFile = join(folder, "totals.json");
  const [program, ...args] = step.command;
  const { limitMs = LIMIT_MS } = step;
  const child = spawn(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    detached: process.platform !== "win32", // a group of its own: everything in it can be stopped at once
    env: { ...process.env, ...step.env, TMPDIR: folder, INKLING_TEST_TOTALS: totalsFile, INKLING_TEST_RUN: mark },
  });
  const exited = new Promise<number | string>((done) => {
    child.once("exit", (code, by) => done(code ?? by ?? "unknown"));
    child.once("error", (error) => done(error.message));
  });
  const stop = (): void => void stopGroup(child.pid);
  const limit = setTimeout(() => {
    console.error(`The suite is stopped: it takes more than ${limitMs / 60_000} minutes.`);
    stop();
  }, limitMs);
  signal.addEventListener("abort", stop);
  const totals = totalsOf(step, await exited, totalsFile);
  clearTimeout(limit);
  signal.removeEventListener("abort", stop);

  const left = await endLeftovers(mark);
  removeFolder(folder);
  return left.length === 0 ? totals : withFailure(totals, `left running: ${left.join(", ")}`);
}

function totalsOf(step: Step, code: number | string, file: string): Totals {
  const none: Totals = { passed: 0, failed: 0, failures: [], retried: [], skipped: [] };
  if (step.whole === true) return code === 0 ? { ...none, passed: 1 } : withFailure(none, `${step.command.join(" ")}: ended with ${code}`);
  const totals = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) as Totals : none;
  if (code === 0 || totals.failed > 0) return totals;
  return withFailure(totals, `ended with ${code} and without a result`);
}

function withFailure(totals: Totals, failure: string): Totals {
  return { ...totals, failed: totals.failed + 1, failures: [...totals.failures, failure] };
}

async function stopGroup(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    try {
      process.kill(process.platform === "win32" ? pid : -pid, signal);
    } catch {
      return; // gone
    }
    await delay(KILL_AFTER_MS);
  }
}
