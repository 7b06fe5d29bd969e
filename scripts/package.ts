// `npm run package [-- --target linux-arm64] [--out FILE]`: builds the .vsix for a platform, this one unless another is named;
// `npm run package -- --all` builds one for each. What a package contains is checked before it counts as built.
import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { contentsOf, MAX_BYTES, problemsOf } from "./package/content.js";
import { allTargets, isTarget, type Target, thisTarget } from "./package/targets.js";
import { type Build, stage } from "./package/stage.js";
import { temporaryFolder } from "./vscode/temporary.js";

const ROOT = join(__dirname, "..");

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { target: { type: "string" }, out: { type: "string" }, all: { type: "boolean", default: false } } });
  const target = values.target ?? thisTarget();
  if (!isTarget(target)) throw new Error(`No target ${target}. There are: ${allTargets.join(", ")}.`);
  if (!existsSync(join(ROOT, "models/inkling-nano.gguf"))) throw new Error("models/inkling-nano.gguf is missing: an extension without its model is of no use.");

  const build = await bundle();
  for (const each of values.all ? allTargets : [target]) {
    await packageFor(each, build, resolve((values.all ? undefined : values.out) ?? join(ROOT, `inkling-${each}.vsix`)));
  }
}

async function bundle(): Promise<Build> {
  const dist = temporaryFolder("dist");
  const inputs = join(temporaryFolder("inputs"), "inputs.json");
  await promisify(execFile)(process.execPath, [join(ROOT, "esbuild.js"), "--production", `--outdir=${dist}`, `--inputs=${inputs}`]);
  return { dist, inputs: JSON.parse(readFileSync(inputs, "utf8")) as string[] };
}

async function packageFor(target: Target, build: Build, file: string): Promise<void> {
  const staging = temporaryFolder("package");
  await stage(ROOT, build, staging, target);
  // vsce would leave out or take in whole packages; ours lie beside the worker, trimmed.
  await quietly(() => createVSIX({ cwd: staging, packagePath: file, target, dependencies: false, useYarn: false }));
  const contents = await contentsOf(file);
  const problems = problemsOf(contents, target);
  const { size } = statSync(file);
  if (size > MAX_BYTES) problems.push(`${(size / 1e6).toFixed(1)} MB are more than ${MAX_BYTES / 1e6}`);
  if (problems.length > 0) throw new Error(`${file}:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  const unpacked = [...contents.values()].reduce((sum, { size: bytes }) => sum + bytes, 0);
  console.log(`${target.padEnd(13)} ${(size / 1e6).toFixed(1).padStart(5)} MB, ${(unpacked / 1e6).toFixed(1)} MB unpacked, ${contents.size} files: ${file}`);
}

/** vsce prints the whole tree and advice about bundling, which the engine cannot follow. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
  const { log, warn } = console;
  Object.assign(console, { log: () => undefined, warn: () => undefined });
  try {
    await work();
  } finally {
    Object.assign(console, { log, warn });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
