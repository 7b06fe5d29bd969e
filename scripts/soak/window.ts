// A real VS Code window that is worked in without a pause: types, takes suggestions, asks the chat, has commit messages written. Says which
// processes are to be watched; knows nothing of memory.
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { FrameLocator, Page } from "playwright-core";
import { childrenOf } from "../../test/faults/processes.js";
import { startBrowser } from "../vscode/browser.js";
import { installServer } from "../vscode/install.js";
import { startServer } from "../vscode/server.js";
import { temporaryFolder } from "../vscode/temporary.js";
import { openFile, openWorkbench, runCommand, waitForGhostText } from "../vscode/workbench.js";

const ROOT = resolve(__dirname, "../..");
const FILE = "vector.ts";
const PATIENCE = { timeout: 30_000 };
const READY_MS = 240_000;
const TYPED = ["const size = this.length();\nif (size ", "for (const part of [this.x, ", "return other.x ", "const sum = dx + d", "// the angle betw", "let text = `(${this."];

export interface SoakWindow {
  /** What the probe in the extension host says last. */
  host(): { pid: number; alive: number };
  /** The worker of this window; undefined while there is none. */
  worker(): number | undefined;
  /** One round of work; returns how many things were done, and counts what did not come off. */
  work(round: number): Promise<number>;
  stumbles(): number;
  close(): Promise<void>;
}

export async function openSoakWindow(modelFile: string, chatModelFile: string): Promise<SoakWindow> {
  const [browser, installation] = await Promise.all([startBrowser(), installServer()]);
  const folder = temporaryFolder("soak-window");
  const workspace = join(folder, "examples");
  const probe = join(folder, "probe.json");
  cpSync(join(ROOT, "examples"), workspace, { recursive: true });
  makeRepository(workspace);
  const server = await startServer(installation, {
    driver: true, settings: { "typescript.disableAutomaticTypeAcquisition": true, "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" } },
    machineSettings: { "inkling.modelFile": modelFile, "inkling.chatModelFile": chatModelFile },
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
  };
  try {
    const { page } = await openWorkbench(server, browser, {
      folder: workspace, file: { path: join(workspace, FILE), line: 37, column: 5 },
      extensionDevelopmentPath: [withProbe(join(folder, "inkling"))], extensionEnvironment: { INKLING_SOAK_PROBE: probe },
    });
    await page.locator('.statusbar-item [aria-label^="Inkling: ready"]').waitFor({ timeout: READY_MS });
    const end = performance.now() + READY_MS;
    while (!existsSync(probe) && performance.now() < end) await delay(200);
    const host = (): { pid: number; alive: number } => JSON.parse(readFileSync(probe, "utf8")) as { pid: number; alive: number };
    let stumbles = 0;
    const tried = async (work: () => Promise<void>): Promise<number> => {
      try {
        await work();
        return 1;
      } catch {
        stumbles += 1; // a window on a busy machine is late now and then; the next round goes on
        await page.keyboard.press("Escape").catch(() => undefined);
        return 0;
      }
    };
    return {
      host, close, stumbles: () => stumbles, worker: () => childrenOf(host().pid, "worker.mjs")[0],
      work: async (round) => await tried(() => type(page, round)) + await tried(() => round % 4 === 3 ? commit(page) : converse(page, round)),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function type(page: Page, round: number): Promise<void> {
  await openFile(page, FILE, 37, 5);
  await page.keyboard.type(TYPED[round % TYPED.length]!, { delay: 10 });
  if (await waitForGhostText(page, 1_000) !== undefined) await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await runCommand(page, "File: Revert File");
}

async function converse(page: Page, round: number): Promise<void> {
  await runCommand(page, round % 8 === 0 ? "Inkling: New Conversation" : "Inkling: Open Chat");
  const panel: FrameLocator = page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
  const input = panel.locator("textarea.input");
  await input.waitFor(PATIENCE);
  const question = `What does this file do, for the ${round}th time?`;
  await input.fill(question);
  await input.press("Enter");
  await panel.locator(".turn", { hasText: question }).locator('.answer[data-state="done"]').waitFor(PATIENCE);
}

async function commit(page: Page): Promise<void> {
  await page.keyboard.press("Control+Shift+G");
  const box = page.locator(".scm-view .scm-editor").first();
  await box.waitFor(PATIENCE);
  await box.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await runCommand(page, "Inkling: Write Commit Message");
  await box.locator(".view-line", { hasText: /\w{3}/ }).first().waitFor(PATIENCE);
}

/** Inkling with another entry point, and its worker. */
function withProbe(folder: string): string {
  mkdirSync(folder);
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as object;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, main: "./probe.cjs" }));
  for (const name of ["probe.cjs", "collect.cjs"]) cpSync(join(ROOT, "scripts/soak", name), join(folder, name));
  cpSync(join(ROOT, "dist"), join(folder, "dist"), { recursive: true, filter: (file) => !file.includes("dist/test") }); // VS Code knows an extension's code by its path
  const worker = join(folder, "dist/worker.mjs"); // it is given no environment
  writeFileSync(worker, `import "../collect.cjs";\n${readFileSync(worker, "utf8")}`);
  for (const name of ["models", "media", "l10n", "package.nls.json", "node_modules"]) if (existsSync(join(ROOT, name))) symlinkSync(join(ROOT, name), join(folder, name));
  return folder;
}

function makeRepository(folder: string): void {
  const git = (...args: string[]): unknown => execFileSync("git", ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", ...args], { cwd: folder });
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "feat: begin");
  appendFileSync(join(folder, FILE), "\nexport const origin = new Vector(0, 0);\n");
  git("add", "-A");
}
