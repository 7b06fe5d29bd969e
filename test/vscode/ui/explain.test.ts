// Explain Selection and Document Selection in a real window, with the model that comes with Inkling: the facts in the chat, a comment in the file.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator } from "playwright-core";
import { openFile, runCommand } from "../../../scripts/vscode/workbench.js";
import { openWindow, screenshot, untilFile, untilReady, type Window } from "./window.js";

const FILE = "vector.ts";
const SHOWN_TIMEOUT_MS = 30_000;

describe("explain", function () {
  this.timeout(120_000);
  let window: Window | undefined;
  after(() => window?.close());

  const panel = (): FrameLocator => window!.page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");

  it("shows what is certain about a method, and a doc comment for it", async () => {
    window = await openWindow({ file: { name: FILE, line: 28, column: 12 } });
    const { page } = window;
    await untilReady(page);
    await runCommand(page, "Inkling: Explain Selection");
    await panel().getByText("is a method of").first().waitFor({ timeout: SHOWN_TIMEOUT_MS });
    const text = await panel().locator("body").innerText();
    assert.match(text, /distance is a method of Vector \(lines 28–32\)/);
    assert.match(text, /Calls\s+Math\.sqrt/);
    await panel().getByText("cannot converse").first().waitFor({ timeout: SHOWN_TIMEOUT_MS });
    await screenshot(page, "explain-method");
  });

  it("explains what is selected", async () => {
    const { page } = window!;
    await openFile(page, FILE, 29, 5);
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await runCommand(page, "Inkling: Explain Selection");
    await panel().getByText("2 statements in").first().waitFor({ timeout: SHOWN_TIMEOUT_MS });
    await panel().getByText("Explain lines 29–30 of distance").first().waitFor();
    await panel().getByText("Computed from the code.").first().waitFor({ timeout: SHOWN_TIMEOUT_MS });
    await screenshot(page, "explain-statements");
  });

  it("inserts a doc comment, which one undo takes back", async () => {
    const { page, folder } = window!;
    const file = join(folder, FILE);
    const before = readFileSync(file, "utf8");
    await openFile(page, FILE, 30, 5);
    await runCommand(page, "Inkling: Document Selection");
    await page.locator(".view-line", { hasText: "@param other" }).first().waitFor({ timeout: SHOWN_TIMEOUT_MS });
    await screenshot(page, "document-method");
    await page.keyboard.press("Control+S");
    await untilFile(file, (text) => /\n {2}\/\*\*\n {3}\* .+\n {3}\*\n {3}\* @param other\n(.*\n)*? {3}\*\/\n {2}distance\(/.test(text), "a comment above distance");
    await page.keyboard.press("Control+Z");
    await page.keyboard.press("Control+S");
    await untilFile(file, (text) => text === before, "the file as it was");
  });

  it("says in a sentence what is in the way", async () => {
    const { page } = window!;
    await openFile(page, FILE, 36, 5);
    await runCommand(page, "Inkling: Document Selection");
    // With the smoke test driver toasts never show: the notification centre has them.
    await runCommand(page, "Notifications: Show Notifications");
    await page.locator(".notifications-center").getByText("angleTo has a doc comment already.").waitFor({ timeout: SHOWN_TIMEOUT_MS });
    await screenshot(page, "document-refused");
  });
});
