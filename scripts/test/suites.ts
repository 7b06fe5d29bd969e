// The suites of `npm test`, in the order from quick to slow: each is a list of programs to run.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { offline } from "./offline.js";
import type { Step } from "./suite.js";

const ROOT = join(__dirname, "../..");
const node = (script: string, ...args: string[]): [string, ...string[]] => [process.execPath, "--import", "tsx", join(ROOT, script), ...args];
const tool = (script: string, ...args: string[]): [string, ...string[]] => [process.execPath, join(ROOT, "node_modules", script), ...args];

const VSIX = join(ROOT, "inkling-test.vsix");

/** Runs test files, given by themselves or by their folder. */
const mocha = (...places: string[]): Step => ({ command: node("test/run.ts", ...places.flatMap((place) => place.endsWith(".ts") ? join(ROOT, place) : testFiles(place))) });

const window = (name: string): string => `test/vscode/ui/${name}.test.ts`;

/** Two lists, so that each has the whole of a suite's time. */
const WINDOWS = ["examples", "ghost-text", "lifetime", "chat", "explain", "markdown"].map(window);
const MORE_WINDOWS = ["accessibility", "chat-hostile", "commit", "first-run", "models", "status", "why"].map(window);

export const suites: Readonly<Record<string, () => readonly Step[]>> = {
  check: () => [
    { command: tool("typescript/bin/tsc"), whole: true },
    { command: tool("typescript/bin/tsc", "-p", "src/webview"), whole: true }, // a browser: other globals
    { command: tool("eslint/bin/eslint.js", "."), whole: true },
  ],
  unit: () => [mocha("test/unit")],
  worker: () => [mocha("test/worker")],
  faults: () => [mocha("test/faults")],
  privacy: () => [mocha("test/privacy")],
  vscode: () => [{ command: node("scripts/test/in-host.ts") }],
  ui: () => [mocha(...WINDOWS), mocha(...MORE_WINDOWS)],
  soak,
  vsix: () => [
    { command: node("scripts/package.ts", "--out", VSIX), whole: true, needed: true },
    // A package lacks a file or it does not: what works from the folder need not be tried again one by one.
    offline({ ...mocha("test/vscode/vsix", window("ghost-text"), window("examples")), env: { INKLING_TEST_TARGET: VSIX } }),
  ],
};

/** Run only when they are named: they take long, and the soak wants the machine for itself (a job of its own in .github/workflows/ci.yml). */
export const onlyByName: readonly string[] = ["privacy", "soak"];

/** Linux only: it reads its figures from /proc. */
function soak(): readonly Step[] {
  return process.platform === "linux" ? [{ command: node("scripts/soak.ts"), whole: true, limitMs: 20 * 60_000 }] : [];
}

function testFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts")).sort().map((name) => join(ROOT, folder, name));
}
