// A person's day in a real window: types, asks for a commit message, an explanation and an answer, and waits for each.
import type { Page } from "playwright-core";
import { runCommand, waitForGhostText } from "../../scripts/vscode/workbench.js";

const PATIENCE = { timeout: 60_000 };

/** Returns what was seen to work. */
export async function spendDay(page: Page, commands: ReadonlySet<string>): Promise<string[]> {
  const seen: string[] = [];
  await page.keyboard.type("call", { delay: 60 });
  if (await waitForGhostText(page, 20_000) !== undefined) seen.push("completion");
  await page.keyboard.press("Escape");

  if (commands.has("inkling.explainSelection")) {
    await page.keyboard.press("Shift+ArrowUp");
    await runCommand(page, "Inkling: Explain Selection");
    await page.frameLocator("iframe.webview").frameLocator("iframe#active-frame").locator(".turn").last().waitFor(PATIENCE);
    seen.push("explain");
  }
  if (commands.has("inkling.commit.write")) {
    await page.keyboard.press("Control+Shift+G");
    await page.locator(".scm-view .scm-editor").first().waitFor(PATIENCE);
    await runCommand(page, "Inkling: Write Commit Message");
    await page.locator(".scm-view .scm-editor .view-line", { hasText: /\w{3}/ }).first().waitFor(PATIENCE);
    seen.push("commit");
  }
  if (commands.has("inkling.openChat")) {
    await runCommand(page, "Inkling: Open Chat");
    const panel = page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
    const input = panel.locator("textarea.input");
    await input.waitFor(PATIENCE);
    await input.fill("What does this file do?");
    await input.press("Enter");
    await panel.locator('.turn .answer[data-state="done"]').last().waitFor(PATIENCE);
    seen.push("chat");
  }
  return seen;
}
