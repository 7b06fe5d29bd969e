// VS Code's window as a page in a browser: opens it and works in it the way a person does, with keys, and eyes on what is shown.
// Knows nothing of Inkling.
import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Server } from "./server.js";

const READY_TIMEOUT_MS = 60_000;
const KEY_TIMEOUT_MS = 2_000;

/** What VS Code's page offers to whoever automates it; functions that the page calls. */
export interface Automation {
  onLog: (type: string, args: readonly unknown[]) => void;
  onExit: (code: number) => void;
}

export interface WorkbenchOptions {
  /** Folder, or `.code-workspace` file. */
  folder?: string | undefined;
  /** File to open, with the cursor at `line` and `column`, counted from 1. */
  file?: { path: string; line: number; column: number };
  extensionDevelopmentPath?: readonly string[];
  extensionTestsPath?: string | undefined;
  /** Environment variables for the extension host, over those of the server. */
  extensionEnvironment?: Readonly<Record<string, string>>;
  disableExtensions?: boolean;
  automation?: Automation;
  viewport?: { width: number; height: number };
}

export interface Workbench {
  readonly page: Page;
  /** Addresses outside this machine that the page asked for, all in vain. */
  readonly outside: readonly string[];
}

export async function openWorkbench(server: Server, browser: Browser, options: WorkbenchOptions): Promise<Workbench> {
  const context = await browser.newContext({ viewport: options.viewport ?? { width: 1280, height: 800 } });
  const page = await context.newPage();
  const outside: string[] = [];
  await context.route((url) => url.hostname !== "127.0.0.1" && url.hostname !== "localhost", (route) => {
    outside.push(route.request().url());
    return route.abort();
  });
  if (options.automation) {
    await page.exposeFunction("codeAutomationLog", options.automation.onLog);
    await page.exposeFunction("codeAutomationExit", options.automation.onExit);
  }
  await page.goto(workbenchUrl(server, options), { waitUntil: "domcontentloaded" });
  await page.waitForSelector(".monaco-workbench .part.statusbar", { timeout: READY_TIMEOUT_MS });
  return { page, outside };
}

export function workbenchUrl(server: Server, options: WorkbenchOptions): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${server.port}${resolve(path)}`;
  const payload: [string, string][] = [["skipWelcome", "true"], ["skipReleaseNotes", "true"]];
  if (options.file) {
    const { path, line, column } = options.file;
    payload.push(["openFile", `${remote(path)}:${line}:${column}`], ["gotoLineMode", "true"]);
  }
  for (const path of options.extensionDevelopmentPath ?? []) payload.push(["extensionDevelopmentPath", remote(path)]);
  if (options.extensionTestsPath !== undefined) payload.push(["extensionTestsPath", remote(options.extensionTestsPath)]);
  if (options.extensionEnvironment) payload.push(["extensionEnvironment", JSON.stringify(options.extensionEnvironment)]);
  if (options.disableExtensions === true) payload.push(["disableExtensions", "true"]);
  const query = new URLSearchParams();
  if (options.folder !== undefined) query.set(options.folder.endsWith(".code-workspace") ? "workspace" : "folder", resolve(options.folder));
  query.set("payload", JSON.stringify(payload));
  return `http://127.0.0.1:${server.port}/?${query.toString()}`;
}

/** Opens a file of the workspace by name and puts the cursor at a line and column, counted from 1. */
export async function openFile(page: Page, name: string, line: number, column: number): Promise<void> {
  await quickInput(page, "Control+P", `${name}:${line}:${column}`);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }).waitFor(); // the list lags behind the text
  await page.keyboard.press("Enter");
  await page.locator(`.editor-group-container.active .monaco-editor[data-uri$="/${name}"]`).waitFor();
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/** Runs a command by its title in the command palette, for instance `View: Toggle Word Wrap`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await quickInput(page, "F1", `>${title}`);
  // The row itself and not Enter: the first row may be a longer title, or a left-over of the text before.
  await page.locator(".quick-input-list .monaco-list-row .label-name").getByText(title, { exact: true }).first().click();
}

/** Presses the key again where it went nowhere: what had the keyboard may just have been closed, and VS Code gives it to another part a moment later. */
async function quickInput(page: Page, key: string, text: string): Promise<void> {
  const input = page.locator(".quick-input-widget input").first();
  const end = performance.now() + READY_TIMEOUT_MS;
  do await page.keyboard.press(key);
  while (!await input.waitFor({ timeout: KEY_TIMEOUT_MS }).then(() => true, () => false) && performance.now() < end);
  await input.fill(text);
}

/** The ghost text that is shown now; empty when there is none. */
export async function ghostText(page: Page): Promise<string> {
  const inLine = await page.locator('.monaco-editor [class*="ghost-text-decoration"]').allInnerTexts(); // a piece per colour; "-preview" beside the suggest widget
  const below = await page.locator(".monaco-editor .ghost-text .view-line").allInnerTexts();
  return plain([inLine.join(""), ...below].join("\n"));
}

/** The line at the cursor as it is drawn: what is in the document and what would be. */
export async function lineWithGhostText(page: Page): Promise<string> {
  return plain(await page.locator('.monaco-editor .view-line:has([class*="ghost-text-decoration"])').first().innerText());
}

/** The editor draws blanks that do not break, and marks without a width. */
function plain(text: string): string {
  return text.replaceAll("\u00a0", " ").replaceAll("\u200b", "");
}

/** Undefined when none is shown in time. */
export async function waitForGhostText(page: Page, ms: number): Promise<string | undefined> {
  const end = performance.now() + ms;
  for (;;) {
    const text = await ghostText(page);
    if (text.trim() !== "") return text;
    if (performance.now() > end) return undefined;
    await page.waitForTimeout(20);
  }
}
