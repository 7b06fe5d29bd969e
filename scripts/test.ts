// `npm test`: runs the suites one after the other, the usual ones or those named on the command line. The last line adds up what they came to.
import type { Totals } from "../test/mocha.js";
import { runStep } from "./test/suite.js";
import { onlyByName, suites } from "./test/suites.js";

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in suites));
  if (unknown.length > 0) throw new Error(`No suite ${unknown.join(", ")}. There are: ${Object.keys(suites).join(", ")}.`);

  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupted.abort());

  const sum: Totals = { passed: 0, failed: 0, failures: [], retried: [], skipped: [] };
  const chosen = Object.keys(suites).filter((name) => names.length > 0 ? names.includes(name) : !onlyByName.includes(name));
  for (const name of chosen) await runSuite(name, interrupted.signal, sum);
  list("skipped", sum.skipped);
  list("passed at the second try", sum.retried);
  list("failed", sum.failures);
  console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
  process.exit(sum.failed > 0 || interrupted.signal.aborted ? 1 : 0);
}

/** What went wrong stands at the end, where whoever sees only the end of the output finds it. */
function list(what: string, entries: readonly string[]): void {
  if (entries.length > 0) console.log(`\n${entries.length} ${what}:\n${entries.map((entry) => `  ${entry}`).join("\n")}`);
}

/** Adds what the suite came to. */
async function runSuite(name: string, interrupted: AbortSignal, sum: Totals): Promise<void> {
  if (interrupted.aborted) return;
  console.log(`\n── ${name}`);
  const begun = performance.now();
  for (const step of suites[name]!()) {
    const { passed, failed, failures, retried, skipped } = await runStep(step, interrupted);
    sum.passed += passed;
    sum.failed += failed;
    sum.failures.push(...failures.map((failure) => `${name}: ${failure}`));
    sum.retried.push(...retried.map((title) => `${name}: ${title}`));
    sum.skipped.push(...skipped.map((title) => `${name}: ${title}`));
    if (failed > 0 && step.needed === true) break;
  }
  console.log(`── ${name} took ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
