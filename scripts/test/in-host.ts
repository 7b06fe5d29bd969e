// Runs test/vscode/suite inside the extension host of a real VS Code: a desktop one where there can be one, VS Code's server elsewhere.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { temporaryFolder } from "../vscode/temporary.js";

const ROOT = join(__dirname, "../..");
const SOURCE = join(ROOT, "test/vscode/suite");
const BUNDLES = join(ROOT, "dist/test/suite");
const DOWNLOAD_TIMEOUT_MS = 15_000;

async function main(): Promise<void> {
  await build({
    entryPoints: readdirSync(SOURCE).filter((name) => name === "index.ts" || name.endsWith(".test.ts")).map((name) => join(SOURCE, name)),
    outdir: BUNDLES, bundle: true, platform: "node", target: "node20", format: "cjs", sourcemap: "inline",
    external: ["vscode", "mocha"],
  });
  await runTests({
    vscodeExecutablePath: await findVSCode(),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: join(BUNDLES, "index.js"),
    launchArgs: [temporaryFolder("workspace"), `--user-data-dir=${temporaryFolder("user")}`, `--extensions-dir=${temporaryFolder("extensions")}`],
  });
}

/** `VSCODE_EXECUTABLE` names one. A machine without a screen gets the server, and so does one that cannot download. */
async function findVSCode(): Promise<string> {
  const given = process.env["VSCODE_EXECUTABLE"];
  if (given !== undefined) return given;
  const server = join(ROOT, "scripts/vscode/launcher.cjs");
  const hasScreen = process.platform !== "linux" || "DISPLAY" in process.env || "WAYLAND_DISPLAY" in process.env;
  if (!hasScreen) return server;
  try {
    return await downloadAndUnzipVSCode({ version: "stable", timeout: DOWNLOAD_TIMEOUT_MS });
  } catch (error) {
    console.log(`Desktop VS Code cannot be downloaded (${String(error)}): the tests run in VS Code's server.`);
    return server;
  }
}

main().then(() => process.exit(0), (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
