// Runs mocha on files and says how it ended, the same way in a process of its own (run.ts) and in the extension host (vscode/suite/index.ts).
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

const TIMEOUT_MS = 10_000;

/** What a suite came to. `npm test` adds these up. */
export interface Totals {
  passed: number;
  failed: number;
  /** Titles, with what went wrong. */
  failures: string[];
  /** Titles of what passed at the second try only, with what went wrong at the first. */
  retried: string[];
  /** Titles. */
  skipped: string[];
}

/**
 * Every test has a second try: processes, browsers and clocks depend on what else the machine has to do just then, and a fault is there twice. What
 * needed it is named. The totals also go into the file that INKLING_TEST_TOTALS names: a suite that crashed wrote none, and is known by that.
 */
export async function runMocha(files: readonly string[]): Promise<Totals> {
  const mocha = new Mocha({ timeout: TIMEOUT_MS, retries: 1, reporter: "spec", color: process.stdout.isTTY });
  files.forEach((file) => mocha.addFile(file));
  await mocha.loadFilesAsync();
  const totals = await new Promise<Totals>((done) => {
    const skipped: string[] = [];
    const failures: string[] = [];
    const firstTries = new Map<string, string>();
    const retried: string[] = [];
    const runner = mocha.run(() => done({ passed: runner.stats?.passes ?? 0, failed: runner.failures, failures, retried, skipped }));
    runner.on("fail", (test, error: unknown) => failures.push(`${test.fullTitle()}: ${messageOf(error)}`));
    runner.on("retry", (test: Mocha.Test, error: unknown) => {
      console.log(`      tried again: ${test.title}: ${messageOf(error)}`);
      firstTries.set(test.fullTitle(), messageOf(error).split("\n", 1)[0]!);
    });
    runner.on("pass", (test) => {
      const wentWrong = firstTries.get(test.fullTitle());
      if (wentWrong !== undefined) retried.push(`${test.fullTitle()}: ${wentWrong}`);
    });
    runner.on("pending", (test) => skipped.push(test.fullTitle()));
  });
  const file = process.env["INKLING_TEST_TOTALS"];
  if (file !== undefined) writeFileSync(file, JSON.stringify(totals));
  return totals;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
