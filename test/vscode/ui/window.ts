// A VS Code window with Inkling in it, on a copy of the examples. INKLING_TEST_TARGET says what Inkling is: "development", the
// repository's folder, or the path of a .vsix, which is installed into a clean profile.
import { strict as assert } from "node:assert";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { startBrowser } from "../../../scripts/vscode/browser.js";
import { type Installation, installServer } from "../../../scripts/vscode/install.js";
import { runServerCommand, type Server, startServer } from "../../../scripts/vscode/server.js";
import { removeFolder, temporaryFolder } from "../../../scripts/vscode/temporary.js";
import { openWorkbench } from "../../../scripts/vscode/workbench.js";

export const ROOT = join(__dirname, "../../..");
export const SHOTS = join(ROOT, "shots");
export const target = process.env["INKLING_TEST_TARGET"] ?? "development";
/** Short, for the names of screenshots. */
export const targetName = target === "development" ? "development" : "vsix";

const READY_TIMEOUT_MS = 60_000;
const SAVED_TIMEOUT_MS = 5_000;

export interface WindowOptions {
  settings?: Readonly<Record<string, unknown>>;
  /** Path of a model file; the embedded model when left out. */
  model?: string;
  /** Path of a model file for conversation; none when left out. */
  chatModel?: string;
  /** Called with the copy of the examples before it is opened. */
  prepare?: (folder: string) => void;
  /** File of the examples to open; cursor at the line and column, counted from 1. */
  file: { name: string; line: number; column: number };
}

export interface Window {
  readonly page: Page;
  readonly server: Server;
  /** The copy of the examples. */
  readonly folder: string;
  /** Addresses outside this machine that the page asked for. */
  readonly outside: readonly string[];
  close(): Promise<void>;
}

/** Everything that windows have in common; costs seconds to make. */
interface Base {
  browser: Browser;
  installation: Installation;
  extensionsDir: string;
}

let base: Promise<Base> | undefined;
const open = new Set<Window>();

async function makeBase(): Promise<Base> {
  const installation = await installServer();
  const extensionsDir = temporaryFolder("extensions");
  if (target !== "development") {
    const said = await runServerCommand(installation, ["--extensions-dir", extensionsDir, "--install-extension", target]);
    assert.match(said, /was successfully installed/);
  }
  return { installation, extensionsDir, browser: await startBrowser() };
}

/** Where the .vsix was unpacked. */
export async function installedFolder(): Promise<string> {
  const { extensionsDir } = await (base ??= makeBase());
  const [{ relativeLocation }] = JSON.parse(readFileSync(join(extensionsDir, "extensions.json"), "utf8")) as [{ relativeLocation: string }];
  return join(extensionsDir, relativeLocation);
}

export async function openWindow({ settings, model, chatModel, prepare, file }: WindowOptions): Promise<Window> {
  const { browser, installation, extensionsDir } = await (base ??= makeBase());
  const folder = join(temporaryFolder("workspace"), "examples");
  cpSync(join(ROOT, "examples"), folder, { recursive: true });
  prepare?.(folder);
  const development = target === "development";
  const machineSettings = { ...(model !== undefined && { "inkling.modelFile": model }), ...(chatModel !== undefined && { "inkling.chatModelFile": chatModel }) };
  const server = await startServer(installation, {
    extensionsDir, driver: development,
    machineSettings, ...(settings && { settings }),
  });
  const { page, outside } = await openWorkbench(server, browser, {
    folder, file: { path: join(folder, file.name), line: file.line, column: file.column },
    ...(development && { extensionDevelopmentPath: [ROOT] }),
  });
  const close = async (): Promise<void> => {
    open.delete(window);
    await page.context().close();
    await server.close();
    removeFolder(join(folder, ".."));
  };
  const window: Window = { page, server, folder, outside, close };
  open.add(window);
  await page.locator(`.monaco-editor[data-uri$="/${file.name}"]`).waitFor();
  return window;
}

afterEach("what it looked like", async function () {
  if (this.currentTest?.state !== "failed") return;
  const name = this.currentTest.fullTitle().replaceAll(/\W+/g, "-").slice(0, 80);
  for (const { page } of open) await screenshot(page, `failed-${name}`);
});

after(async () => {
  for (const window of open) await window.close();
  await (await base)?.browser.close();
});

/** Resolves when the status item says that the model can be asked. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('.statusbar-item [aria-label="Inkling: ready"]').waitFor({ timeout: READY_TIMEOUT_MS });
}

/** Inside of the webview that is shown: a page of ours, or the panel. */
export function webviewIn(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
}

const THEME_CLASS = { "Dark Modern": "vs-dark", "Light Modern": "vs:not(.vs-dark)", "Default High Contrast": "hc-black" };
export type Theme = keyof typeof THEME_CLASS;

/** Costs a fraction of another window. */
export async function setTheme({ page, folder }: Window, theme: Theme): Promise<void> {
  mkdirSync(join(folder, ".vscode"), { recursive: true });
  writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ "workbench.colorTheme": theme }));
  await page.locator(`.monaco-workbench.${THEME_CLASS[theme]}`).waitFor();
}

/** For names of screenshots. */
export const shadeOf = (theme: Theme): string => theme.replace(/^Default | Modern$/g, "").replace(" ", "-").toLowerCase();

export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${targetName}-${name}.png`) });
}

export async function untilFile(file: string, isAsExpected: (text: string) => boolean, expected: string): Promise<void> {
  const end = performance.now() + SAVED_TIMEOUT_MS;
  for (;;) {
    const text = readFileSync(file, "utf8");
    if (isAsExpected(text)) return;
    assert.ok(performance.now() < end, `${file} has not what was shown, ${JSON.stringify(expected)}:\n${text}`);
    await delay(50);
  }
}
