// A commit message in the input box of a real repository: written, committed; taken back; not written over what somebody types; and the
// question for which repository, where there are several.
import { strict as assert } from "node:assert";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { temporaryFolder } from "../../../scripts/vscode/temporary.js";
import { runCommand } from "../../../scripts/vscode/workbench.js";
import { writeTinyModel } from "../../fixtures/gguf.js";
import { git, makeRepository } from "../../fixtures/repository.js";
import { chatTemplate } from "../../worker/workday.js";
import { workerOf } from "./chat.js";
import { openWindow, screenshot, type Window } from "./window.js";

const SHOWN_TIMEOUT_MS = 60_000;
const FILE = "vector.ts";
const EXPECTED = "feat: add Vector.negate";
const OWN_WORDS = "my own words";

/** A repository with a method that is new and staged. */
function makeRepositoryWithChange(folder: string): void {
  makeRepository(folder);
  const file = join(folder, FILE);
  writeFileSync(file, readFileSync(file, "utf8").replace("  dot(other", "  negate(): Vector {\n    return new Vector(-this.x, -this.y);\n  }\n\n  dot(other"));
  git(folder, "add", "-A");
}

/** So much is new that the message has a body, as the messages before it have. */
function makeLargeChange(folder: string): void {
  makeRepositoryWithChange(folder);
  for (const subject of ["feat: more", "fix: a slip more", "docs: say even more"]) git(folder, "commit", "-q", "--allow-empty", "-m", subject, "-m", "- one thing\n- and another");
  const edit = (name: string, change: (text: string) => string): void => writeFileSync(join(folder, name), change(readFileSync(join(folder, name), "utf8")));
  edit("queue.js", (text) => text.replace(/ {2}clear\(\) \{[^]*?\n {2}\}\n\n/, ""));
  edit("inventory.py", (text) => text.replace("total_price(self)", "worth(self, tax=0)").replace("price(self, name)", "price_of(self, name, default=None)"));
  git(folder, "add", "-A");
}

describe("a commit message", function () {
  this.timeout(180_000);
  let window: Window | undefined;
  after(() => window?.close());
  const open = async (theme: string, more: { chatModel?: string; prepare?: (folder: string) => void } = {}): Promise<Page> => {
    await window?.close();
    window = await openWindow({ file: { name: FILE, line: 1, column: 1 }, settings: { "workbench.colorTheme": theme, "git.postCommitCommand": "none" }, prepare: makeRepositoryWithChange, ...more });
    await window.page.keyboard.press("Control+Shift+G");
    await box(window.page).first().waitFor({ timeout: SHOWN_TIMEOUT_MS });
    return window.page;
  };

  it("is written into the input box, and committed", async () => {
    const page = await open("Dark Modern");
    await button(page, "Write Commit Message");
    await screenshot(page, "commit-before");
    await (await button(page, "Write Commit Message")).click();
    await untilText(page, (text) => text === EXPECTED, EXPECTED);
    await button(page, "Write Commit Message");
    await screenshot(page, "commit-written");
    await page.locator(".scm-view .monaco-button", { hasText: "Commit" }).first().click();
    const end = Date.now() + SHOWN_TIMEOUT_MS;
    while (git(window!.folder, "log", "-1", "--format=%s") !== EXPECTED && Date.now() < end) await page.waitForTimeout(100);
    assert.equal(git(window!.folder, "log", "-1", "--format=%an|%s"), `Tester|${EXPECTED}`);
    assert.equal(git(window!.folder, "status", "--porcelain"), "");
    await untilText(page, (text) => text === "" || text.startsWith("Message"), "nothing");

    await runCommand(page, "Inkling: Write Commit Message");
    await page.waitForTimeout(1_000);
    await runCommand(page, "Notifications: Show Notifications");
    await page.locator(".notifications-center .notification-list-item-message", { hasText: "There are no changes to describe." }).first().waitFor({ timeout: SHOWN_TIMEOUT_MS });
  });

  it("is taken back with the button and with Escape, and gives way to typing", async () => {
    const chatModel = join(temporaryFolder("model"), "chat.gguf");
    writeTinyModel(chatModel, { chatTemplate, answer: "work ", endless: true, layers: 2, feedForward: 4_000 });
    const page = await open("Light Modern", { chatModel, prepare: makeLargeChange });
    await box(page).first().click();
    await page.keyboard.type(OWN_WORDS);
    for (const how of ["button", "Escape"]) {
      const goOn = await streaming(page, window!);
      await screenshot(page, `commit-streaming-${how}`);
      if (how === "button") await (await button(page, "Stop Writing Commit Message")).click();
      else {
        await box(page).first().click();
        await page.keyboard.press("Escape");
      }
      await untilText(page, (text) => text === OWN_WORDS, OWN_WORDS);
      await button(page, "Write Commit Message");
      goOn();
      await page.mouse.move(800, 600);
      await page.waitForTimeout(700);
      await screenshot(page, `commit-restored-${how}`);
      assert.equal(await boxText(page), OWN_WORDS, "nothing comes after the stop");
    }

    const goOn = await streaming(page, window!);
    await box(page).first().click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" mine");
    goOn();
    await button(page, "Write Commit Message");
    const text = await boxText(page);
    assert.match(text, /^feat: work.* mine$/);
    await page.waitForTimeout(500);
    assert.equal(await boxText(page), text, "nothing is written over what somebody types");
    await screenshot(page, "commit-typed");
  });

  it("is asked for by repository where there are several", async () => {
    const page = await open("Default High Contrast", {
      prepare: (folder) => {
        const inner = join(folder, "library");
        mkdirSync(inner);
        writeFileSync(join(folder, ".gitignore"), "library/\n");
        makeRepositoryWithChange(folder);
        writeFileSync(join(inner, FILE), "export const a = 1;\n");
        git(inner, "init", "-q", "-b", "main");
      },
    });
    await page.waitForTimeout(1_500); // until the second one was found as well
    await runCommand(page, "Inkling: Write Commit Message");
    const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "library" });
    await row.waitFor({ timeout: SHOWN_TIMEOUT_MS });
    await screenshot(page, "commit-repositories");
    await row.click();
    await page.waitForTimeout(300);
    await untilText(page, (text) => text.includes("Initial commit"), "Initial commit");
    await screenshot(page, "commit-several");
  });
});

/**
 * In the middle of a message that the model is writing. Its process waits there, for as long as it takes to press a button on a machine that
 * has much to do, until the returned function is called.
 */
async function streaming(page: Page, { server }: Window): Promise<() => void> {
  await (await button(page, "Write Commit Message")).click();
  await page.mouse.move(800, 600); // a tooltip would cover the text
  await untilText(page, (text) => text.startsWith("feat: work"), "feat: work");
  const pid = workerOf(server.pid);
  assert.ok(pid, "the worker runs");
  process.kill(pid, "SIGSTOP");
  return () => {
    try {
      process.kill(pid, "SIGCONT");
    } catch {
      // The watchdog took it for hung on a slow machine: as far as this is about the text, the worse case.
    }
  };
}

const box = (page: Page) => page.locator(".scm-view .scm-editor");

/** Buttons of a view are shown while the mouse is over it. */
async function button(page: Page, label: string): Promise<Locator> {
  await page.locator(".pane-header", { hasText: "Changes" }).first().hover();
  const found = page.locator(`.pane-header a.action-label[aria-label^="${label}"]`).first();
  await found.waitFor({ timeout: SHOWN_TIMEOUT_MS });
  return found;
}

async function boxText(page: Page): Promise<string> {
  const texts = await box(page).locator(".view-lines").allInnerTexts();
  return texts.join("\n").replaceAll("\u00a0", " ").replaceAll("\u200b", "").trim();
}

async function untilText(page: Page, isAsExpected: (text: string) => boolean, expected: string): Promise<void> {
  const end = Date.now() + SHOWN_TIMEOUT_MS;
  for (;;) {
    const text = await boxText(page);
    if (isAsExpected(text)) return;
    assert.ok(Date.now() < end, `${JSON.stringify(text)} instead of ${JSON.stringify(expected)}`);
    await page.waitForTimeout(20);
  }
}
