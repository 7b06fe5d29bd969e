// `npm run package [-- --target linux-arm64] [--out FILE]`: builds the .vsix for a platform, this one unless another is named.
import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { isTarget, targets, thisTarget } from "./package/targets.js";
import { stage } from "./package/stage.js";
import { temporaryFolder } from "./vscode/temporary.js";

const ROOT = join(__dirname, "..");

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { target: { type: "string" }, out: { type: "string" } } });
  const target = values.target ?? thisTarget();
  if (!isTarget(target)) throw new Error(`No target ${target}. There are: ${Object.keys(targets).join(", ")}.`);
  if (!existsSync(join(ROOT, "models/inkling-nano.gguf"))) throw new Error("models/inkling-nano.gguf is missing: an extension without its model is of no use.");

  const dist = temporaryFolder("dist");
  await promisify(execFile)(process.execPath, [join(ROOT, "esbuild.js"), "--production", `--outdir=${dist}`]);
  const staging = temporaryFolder("package");
  await stage(ROOT, dist, staging, target);

  const file = resolve(values.out ?? join(ROOT, `inkling-${target}.vsix`));
  // vsce would leave out or take in whole packages; ours lie beside the worker, trimmed.
  await createVSIX({ cwd: staging, packagePath: file, target, dependencies: false, useYarn: false });
  console.log(`${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
