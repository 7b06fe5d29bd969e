// A person's day in a real window: types, asks for an explanation, a commit message and an answer, and waits for each. Whatever does not come
// ends the day with an error: a trace of work that was not done proves nothing.
import { strict as assert } from "node:assert";
import type { FrameLocator, Page } from "playwright-core";
import { openFile, runCommand, waitForGhostText } from "../../scripts/vscode/workbench.js";

const PATIENCE = { timeout: 60_000 };
/** Under a trace everything is slower; VS Code drops what comes too late, and asks again with the next key. */
const GHOST_MS = 5_000;
const MOST_KEYS = 8;

/** In this order; the file is open in front of the person. */
export async function spendDay(page: Page, file: string): Promise<void> {
  assert.notEqual(await typeUntilGhostText(page), undefined, "a completion");
  await page.keyboard.press("Escape");
  await runCommand(page, "File: Revert File");
  await askForAll(page, file);
}

/** An explanation, a commit message and an answer. */
export async function askForAll(page: Page, file: string): Promise<void> {
  await openFile(page, file, 29, 5);
  await page.keyboard.press("Shift+ArrowDown");
  await runCommand(page, "Inkling: Explain Selection");
  await answers(page).nth(0).waitFor(PATIENCE);

  await page.keyboard.press("Control+Shift+G");
  await page.locator(".scm-view .scm-editor").first().waitFor(PATIENCE);
  await runCommand(page, "Inkling: Write Commit Message");
  await page.locator(".scm-view .scm-editor .view-line", { hasText: /\w{3}/ }).first().waitFor(PATIENCE);

  await runCommand(page, "Inkling: Open Chat");
  const input = panelOf(page).locator("textarea.input");
  await input.waitFor(PATIENCE);
  await input.fill("What does this file do?");
  await input.press("Enter");
  await answers(page).nth(1).waitFor(PATIENCE);
}

async function typeUntilGhostText(page: Page): Promise<string | undefined> {
  await page.keyboard.type("call", { delay: 60 });
  for (let key = 0; key < MOST_KEYS; key += 1) {
    const shown = await waitForGhostText(page, GHOST_MS);
    if (shown !== undefined) return shown;
    await page.keyboard.type("s");
  }
  return undefined;
}

/** Those that are complete. */
function answers(page: Page): ReturnType<FrameLocator["locator"]> {
  return panelOf(page).locator('.turn .answer[data-state="done"]');
}

export function panelOf(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
}
