// The first hour of somebody who has installed the package and has no network: ghost text, an explanation, a commit message, the chat, the
// walkthrough.
import { strict as assert } from "node:assert";
import { join } from "node:path";
import { examples, placeToType } from "../../../scripts/vscode/examples.js";
import { openFile, runCommand, waitForGhostText } from "../../../scripts/vscode/workbench.js";
import { git, makeRepository } from "../../fixtures/repository.js";
import { openWindow, ROOT, screenshot, untilReady, webviewIn, type Window } from "../ui/window.js";

const PATIENCE_MS = 60_000;
const [example] = examples as [(typeof examples)[number]];

describe("a journey without a network", function () {
  this.timeout(240_000);
  let window: Window;
  before(async () => {
    window = await openWindow({
      file: { name: example.name, ...placeToType(join(ROOT, "examples"), example) }, prepare: makeRepository, settings: { "git.postCommitCommand": "none", "git.enableSmartCommit": true },
    });
    await untilReady(window.page);
  });
  after(() => (window as Window | undefined)?.close());

  const chat = () => webviewIn(window.page);

  it("ghost text comes, and Tab takes it", async () => {
    const { page } = window;
    await page.keyboard.type(example.typed, { delay: 60 });
    const shown = await waitForGhostText(page, PATIENCE_MS);
    assert.ok(shown !== undefined, "no ghost text");
    await screenshot(page, "journey-1-ghost-text");
    await page.keyboard.press("Tab");
    await page.locator(".view-line", { hasText: (example.typed + shown).trim().replaceAll(/\s+/g, " ") }).first().waitFor();
    await page.keyboard.press("Control+S");
  });

  it("a selection is explained", async () => {
    const { page } = window;
    await openFile(page, "vector.ts", 20, 1);
    for (let line = 0; line < 3; line += 1) await page.keyboard.press("Shift+ArrowDown");
    await runCommand(page, "Inkling: Explain Selection");
    await chat().locator("article.turn").first().waitFor({ timeout: PATIENCE_MS });
    await page.waitForTimeout(1500);
    await screenshot(page, "journey-2-explain");
    assert.match(await chat().locator("article.turn").first().innerText(), /\w{3,} \w+/);
  });

  it("a commit message is written for what Tab took, and committed", async () => {
    const { page, folder } = window;
    await page.keyboard.press("Control+Shift+G");
    await page.locator(".scm-view .scm-editor").first().waitFor({ timeout: PATIENCE_MS });
    await runCommand(page, "Inkling: Write Commit Message");
    await page.locator(".scm-view .scm-editor .view-lines", { hasText: /^\w+:\s\S.*angleTo/ }).first().waitFor({ timeout: PATIENCE_MS });
    await screenshot(page, "journey-3-commit");
    await page.locator(".scm-view .monaco-button", { hasText: "Commit" }).first().click();
    const end = Date.now() + PATIENCE_MS;
    while (git(folder, "status", "--porcelain") !== "" && Date.now() < end) await page.waitForTimeout(100);
    assert.match(git(folder, "log", "-1", "--format=%an|%s"), /^Tester\|\w+: .*angleTo/);
  });

  it("the chat says what it needs, since the model in the box cannot converse", async () => {
    const { page } = window;
    await runCommand(page, "Inkling: Open Chat");
    await chat().getByRole("textbox").waitFor({ timeout: PATIENCE_MS });
    await screenshot(page, "journey-4-chat");
  });

  it("the walkthrough shows the way", async () => {
    const { page } = window;
    await runCommand(page, "Inkling: Open Walkthrough");
    await page.locator(".getting-started-step").first().waitFor({ timeout: PATIENCE_MS });
    await screenshot(page, "journey-5-walkthrough");
    assert.deepEqual(window.outside, []);
  });
});
