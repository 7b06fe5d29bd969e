// The chat panel in a real window, with a real model in the real worker: streaming, stopping, inserting and applying code, context,
// reloading, a worker that is killed. The pictures it leaves in shots/ are for people to look at.
import { strict as assert } from "node:assert";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { runCommand } from "../../../scripts/vscode/workbench.js";
import { ask, openChat, panelOf, speakingModel, workerOf } from "./chat.js";
import { openWindow, screenshot, untilFile, untilReady, type Window } from "./window.js";

const CODE = "scaleTo(length: number): Vector {\n  const factor = length / this.length();\n  return this.scale(factor);\n}";
const ANSWER = `The class has **no method** for that. Add one that uses \`scale\`:

\`\`\`typescript
${CODE}
\`\`\`

Mind these points:

1. A vector of length 0 has no direction; divide by zero gives \`NaN\`.
2. It returns a *new* vector, like the others.

| input | result |
|---|---|
| \`(3, 4)\`, 10 | \`(6, 8)\` |
| \`(0, 1)\`, 5 | \`(0, 5)\` |

More in [the language's handbook](https://www.typescriptlang.org/docs/handbook/2/classes.html).`;

const LIMIT = { timeout: 60_000 };

describe("chat panel", function () {
  this.timeout(180_000);
  let window: Window;
  let page: Page;
  let panel: FrameLocator;
  const last = () => panel.locator(".turn").last();
  const useTheme = (theme: string): void => {
    mkdirSync(join(window.folder, ".vscode"), { recursive: true });
    writeFileSync(join(window.folder, ".vscode", "settings.json"), JSON.stringify({ "workbench.colorTheme": theme }));
  };
  const state = (kind: string) => last().locator(`.answer[data-state="${kind}"]`).waitFor(LIMIT);

  before(async () => {
    window = await openWindow({ file: { name: "vector.ts", line: 19, column: 1 }, chatModel: speakingModel(ANSWER, { slow: true }) });
    page = window.page;
    await untilReady(page);
    panel = await openChat(page);
  });
  after(() => window.close());

  it("says what the model can do before anything is asked", async () => {
    await panel.locator(".empty", { hasText: "Tiny Speaker" }).waitFor(LIMIT);
    await screenshot(page, "chat-empty");
  });

  it("streams an answer, and Escape stops it half-way", async () => {
    await ask(panel, "How do I scale a vector to a given length?");
    await state("writing");
    await last().locator("strong", { hasText: "no method" }).waitFor(LIMIT);
    await screenshot(page, "chat-streaming");
    await page.keyboard.press("Escape");
    await state("stopped");
    const text = await last().locator(".prose").last().innerText();
    await page.waitForTimeout(500);
    assert.equal(await last().locator(".prose").last().innerText(), text, "nothing comes after the stop");
    assert.ok(!text.includes("handbook"), text);
    await screenshot(page, "chat-stopped");
  });

  it("Retry answers the same question again, in full", async () => {
    await last().locator(".answer-tools .codicon-refresh").click();
    await state("done");
    assert.equal(await panel.locator(".turn").count(), 1);
    assert.ok((await last().locator(".prose").last().innerText()).includes("handbook"));
    assert.equal(await last().locator(".code-block code").innerText(), CODE);
    await screenshot(page, "chat-answered");
  });

  it("inserts code at the cursor, when asked to", async () => {
    await last().locator(".code-actions .codicon-insert").click();
    await page.locator(".monaco-editor .view-line", { hasText: "scaleTo(length" }).waitFor(LIMIT);
    await screenshot(page, "chat-inserted");
    await page.keyboard.press("Control+Z");
    await page.locator(".monaco-editor .view-line", { hasText: "scaleTo(length" }).waitFor({ state: "hidden" });
  });

  it("applies code after a look at the difference", async () => {
    await last().locator(".code-actions .codicon-git-pull-request-go-to-changes").click();
    await page.locator(".monaco-diff-editor .view-line", { hasText: "scaleTo(length" }).first().waitFor(LIMIT);
    await screenshot(page, "chat-preview");
    await page.locator('.editor-actions [aria-label^="Apply to File"]').click();
    await page.locator(".monaco-diff-editor").waitFor({ state: "hidden", ...LIMIT });
    await page.locator(".monaco-editor .view-line", { hasText: "scaleTo(length" }).waitFor(LIMIT);
    await page.keyboard.press("Control+S");
    await untilFile(join(window.folder, "vector.ts"), (text) => text.includes("\n  scaleTo(length: number): Vector {\n    const factor = length / this.length();\n    return this.scale(factor);\n  }\n"), CODE);
  });

  it("offers context at an @, and shows what it costs", async () => {
    const input = panel.locator("textarea.input");
    await input.click();
    await input.pressSequentially("Explain @inv", { delay: 20 });
    await panel.locator(".mention[aria-selected=true]", { hasText: "inventory.py" }).waitFor(LIMIT);
    await screenshot(page, "chat-mention");
    await input.press("Enter");
    await panel.locator(".composer .chip", { hasText: "inventory.py" }).locator(".chip-cost").waitFor(LIMIT);
    assert.equal(await input.inputValue(), "Explain ");
    await panel.locator(".meter").waitFor(LIMIT);
    await screenshot(page, "chat-chip");
  });

  it("takes dropped files, and gives one back with a click", async () => {
    const uri = `file://${join(window.folder, "queue.js")}`;
    const drop = await panel.locator("body").evaluateHandle(`(() => { const data = new DataTransfer(); data.setData("text/uri-list", ${JSON.stringify(uri)}); return data; })()`);
    await panel.locator("body").dispatchEvent("drop", { dataTransfer: drop });
    const chip = panel.locator(".composer .chip", { hasText: "queue.js" });
    await chip.locator(".chip-cost").waitFor(LIMIT);
    await chip.locator("button").click();
    await chip.waitFor({ state: "hidden" });
    await panel.locator("textarea.input").fill("");
  });

  it("in light, in high contrast and narrow", async () => {
    for (const [theme, kind, name] of [["Default Light Modern", "vscode-light", "light"], ["Default High Contrast", "vscode-high-contrast", "high-contrast"], ["Default Dark Modern", "vscode-dark", "dark"]] as const) {
      useTheme(theme);
      await panel.locator(`body.${kind}`).waitFor(LIMIT);
      await page.waitForTimeout(300);
      await screenshot(page, `chat-${name}`);
    }
    const box = (await page.locator(".part.sidebar").boundingBox())!;
    await page.mouse.move(box.x + box.width, 400);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, 400, { steps: 4 });
    await page.mouse.up();
    await page.waitForTimeout(300);
    await screenshot(page, "chat-narrow");
    assert.ok(await panel.locator("body").evaluate("document.body.scrollWidth <= document.body.clientWidth"), "nothing sticks out");
    await page.mouse.move(box.x + 200, 400);
    await page.mouse.down();
    await page.mouse.move(box.x + 360, 400, { steps: 4 });
    await page.mouse.up();
  });

  it("keeps what came when the worker is killed, and Retry goes on", async () => {
    await ask(panel, "And in three dimensions?");
    await state("writing");
    await last().locator("strong", { hasText: "no method" }).waitFor(LIMIT);
    const pid = workerOf(window.server.pid);
    assert.ok(pid, "the worker runs");
    process.kill(pid, "SIGKILL");
    await state("failed");
    assert.match(await last().locator(".prose").last().innerText(), /The class has no method/);
    await page.waitForTimeout(200);
    assert.ok(await panel.locator(".conversation").evaluate("(() => { const { scrollHeight, scrollTop, clientHeight } = document.querySelector('.conversation'); return scrollHeight - scrollTop - clientHeight < 40; })()"), "what went wrong is in sight");
    await screenshot(page, "chat-killed");
    assert.equal(await panel.locator(".turn").count(), 2, "the conversation is there");
    await last().getByRole("button", { name: "Retry" }).first().click();
    await state("done");
    assert.ok((await last().locator(".prose").last().innerText()).includes("handbook"));
  });

  it("changes a question and asks it again", async () => {
    await last().locator(".question").hover();
    await last().locator(".question-edit").click();
    await last().locator(".question textarea").fill("And in four dimensions?");
    await last().locator(".question textarea").press("Enter");
    await last().locator(".question-text", { hasText: "four" }).waitFor(LIMIT);
    await state("done");
    assert.equal(await panel.locator(".turn").count(), 2);
  });

  it("has the conversation after a reload of the window", async () => {
    await page.reload({ waitUntil: "domcontentloaded" });
    await page.locator('.statusbar-item [aria-label^="Inkling"]').first().waitFor(LIMIT);
    panel = panelOf(page);
    if (!await panel.locator("textarea.input").isVisible()) panel = await openChat(page);
    await panel.locator(".turn .question-text", { hasText: "four" }).waitFor(LIMIT);
    assert.equal(await panel.locator(".turn").count(), 2);
    assert.equal(await panel.locator(".code-block").count(), 2);
    await screenshot(page, "chat-reloaded");
  });

  it("begins a new conversation and finds the old one again", async () => {
    await runCommand(page, "Inkling: New Conversation");
    await panel.locator(".empty").waitFor(LIMIT);
    await screenshot(page, "chat-recent");
    await panel.locator(".recent-entry", { hasText: "How do I scale" }).click();
    await panel.locator(".turn").nth(1).waitFor(LIMIT);
    await runCommand(page, "Inkling: Conversations…");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "How do I scale" }).waitFor(LIMIT);
    await screenshot(page, "chat-history");
    await page.keyboard.press("Escape");
    assert.deepEqual(window.outside, [], "nothing was fetched from elsewhere");
  });
});
