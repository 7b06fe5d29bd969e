// A VS Code window whose server, extension host and workers are traced, on a copy of the examples that is a repository. Everything that VS Code
// and Inkling keep lies in one folder, to be searched afterwards.
import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { readTrace, straceArguments, type TracedProcess } from "../../scripts/privacy/trace.js";
import { startBrowser } from "../../scripts/vscode/browser.js";
import { installServer } from "../../scripts/vscode/install.js";
import { startServer } from "../../scripts/vscode/server.js";
import { temporaryFolder } from "../../scripts/vscode/temporary.js";
import { openWorkbench } from "../../scripts/vscode/workbench.js";

const ROOT = resolve(__dirname, "../..");
export const FILE = "vector.ts";

export interface TracedWindow {
  readonly page: Page;
  readonly workspace: string;
  /** `--user-data-dir`: settings, storage, logs. */
  readonly data: string;
  /** What the page itself asked of other machines. */
  readonly outside: readonly string[];
  /** Closes everything, then reads the trace. */
  finish(): Promise<TracedProcess[]>;
}

/** `staged` is a change of the file that is not committed yet: lines at its end. */
export async function openTracedWindow(extension: string, model: string, chatModel: string, staged: string): Promise<TracedWindow> {
  const [browser, installation] = await Promise.all([startBrowser(), installServer()]);
  const folder = temporaryFolder("traced");
  const [traces, data, workspace] = ["traces", "data", "examples"].map((name) => join(folder, name)) as [string, string, string];
  mkdirSync(traces);
  cpSync(join(ROOT, "examples"), workspace, { recursive: true });
  makeRepository(workspace, staged);
  const node = join(folder, "node");
  writeFileSync(node, `#!/bin/sh\nexec strace ${straceArguments(traces).map((text) => `'${text}'`).join(" ")} '${installation.node}' "$@"\n`);
  chmodSync(node, 0o755);
  const server = await startServer({ ...installation, node }, {
    driver: true, userDataDir: data, logLevel: "debug", // everything but traces
    settings: { "typescript.disableAutomaticTypeAcquisition": true, "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" } },
    machineSettings: { "inkling.modelFile": model, "inkling.chatModelFile": chatModel },
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
  };
  try {
    const { page, outside } = await openWorkbench(server, browser, {
      folder: workspace, file: { path: join(workspace, FILE), line: 37, column: 5 }, extensionDevelopmentPath: [extension],
    });
    await page.locator(`.monaco-editor[data-uri$="/${FILE}"]`).waitFor();
    await page.locator('.statusbar-item [aria-label^="Inkling: ready"]').waitFor({ timeout: 240_000 });
    return { page, workspace, data, outside, finish: async () => {
      await close();
      return readTrace(traces);
    } };
  } catch (error) {
    await close();
    throw error;
  }
}

function makeRepository(folder: string, staged: string): void {
  const git = (...args: string[]): unknown => execFileSync("git", ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", ...args], { cwd: folder });
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "feat: begin");
  appendFileSync(join(folder, FILE), staged);
  git("add", "-A");
}
