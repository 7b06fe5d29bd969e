// Runs test/vscode/suite inside the extension host of a real VS Code: a desktop one where there can be one, VS Code's server elsewhere.
// INKLING_TEST_TARGET names a .vsix to test instead of the repository's folder.
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath, runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { onSignal, temporaryFolder } from "../vscode/temporary.js";

const ROOT = join(__dirname, "../..");
const SOURCE = join(ROOT, "test/vscode/suite");
const BUNDLES = join(ROOT, "dist/test/suite");
const SERVER = join(ROOT, "scripts/vscode/launcher.cjs");
const DOWNLOAD_TIMEOUT_MS = 15_000;

async function main(): Promise<void> {
  await rm(BUNDLES, { recursive: true, force: true }); // a test that was renamed would run under both names
  await build({
    entryPoints: readdirSync(SOURCE).filter((name) => name === "index.ts" || name.endsWith(".test.ts")).map((name) => join(SOURCE, name)),
    outdir: BUNDLES, bundle: true, platform: "node", target: "node20", format: "cjs", sourcemap: "inline",
    external: ["vscode", "mocha"],
  });
  const vscodeExecutablePath = await findVSCode();
  const extensionsDir = temporaryFolder("extensions");
  const vsix = process.env["INKLING_TEST_TARGET"];
  if (vsix !== undefined) await promisify(execFile)(cliOf(vscodeExecutablePath), ["--install-extension", vsix, "--extensions-dir", extensionsDir]);
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: vsix === undefined ? ROOT : join(ROOT, "test/vscode/host"),
    extensionTestsPath: join(BUNDLES, "index.js"),
    launchArgs: [temporaryFolder("workspace"), `--user-data-dir=${temporaryFolder("user")}`, `--extensions-dir=${extensionsDir}`],
  });
}

/** What understands VS Code's command line: of a desktop VS Code it is another file than the one with the window. */
function cliOf(executable: string): string {
  return executable === SERVER ? SERVER : resolveCliPathFromVSCodeExecutablePath(executable);
}

/** `VSCODE_EXECUTABLE` names one. A machine without a screen gets the server, and so does one that cannot download. */
async function findVSCode(): Promise<string> {
  const given = process.env["VSCODE_EXECUTABLE"];
  if (given !== undefined) return given;
  const hasScreen = process.platform !== "linux" || "DISPLAY" in process.env || "WAYLAND_DISPLAY" in process.env;
  if (!hasScreen) return SERVER;
  try {
    return await downloadAndUnzipVSCode({ version: "stable", timeout: DOWNLOAD_TIMEOUT_MS });
  } catch (error) {
    console.log(`Desktop VS Code cannot be downloaded (${String(error)}): the tests run in VS Code's server.`);
    return SERVER;
  }
}

onSignal(() => Promise.resolve()); // temporary folders go when the process exits, not when it is killed
main().then(() => process.exit(0), (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
