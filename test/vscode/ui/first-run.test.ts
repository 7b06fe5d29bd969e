// The first minutes: the walkthrough with its pictures, an example to try things in, and the measurement of the machine.
import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { runCommand, waitForGhostText } from "../../../scripts/vscode/workbench.js";
import { openWindow, screenshot, setTheme, shadeOf, type Theme, untilReady, webviewIn, type Window } from "./window.js";

const GHOST_TIMEOUT_MS = 4_000;
const THEMES: readonly Theme[] = ["Dark Modern", "Light Modern"];
const STEPS = ["Type, then press Tab", "Explain, commit, chat", "Find the best model for this machine"];

describe("the first minutes", function () {
  this.timeout(60_000);
  let window: Window;
  before(async () => {
    window = await openWindow({ file: { name: "vector.ts", line: 1, column: 1 } });
    await untilReady(window.page);
    await runCommand(window.page, "View: Toggle Primary Side Bar Visibility"); // beside it VS Code leaves the pictures out
    await runCommand(window.page, "Inkling: Open Walkthrough");
  });
  after(() => (window as Window | undefined)?.close());

  for (const theme of THEMES) {
    it(`have a walkthrough of three steps with pictures, ${shadeOf(theme)}`, async () => {
      const { page } = window;
      await setTheme(window, theme);
      const steps = page.locator(".getting-started-step");
      await steps.first().waitFor();
      assert.equal(await steps.count(), 3);
      for (const [index, title] of STEPS.entries()) {
        await steps.nth(index).getByText(title).click();
        await page.locator(".getting-started-media svg, .getting-started-media img, .getting-started-media iframe").first().waitFor();
        await page.waitForTimeout(600); // it fades in
        await screenshot(page, `walkthrough-${index + 1}-${shadeOf(theme)}`);
      }
    });
  }

  it("have an example in which a suggestion comes", async () => {
    const { page } = window;
    await page.locator(".getting-started-step", { hasText: STEPS[0]! }).click();
    await page.getByRole("button", { name: "Try It in an Example" }).click();
    await page.locator(".editor-group-container.active .view-line", { hasText: "Type at the cursor" }).waitFor();
    const shown = await typeUntilGhostText(page, ["return ", "n", "e"]);
    await screenshot(page, "try-example");
    assert.ok(shown !== undefined, "no ghost text");
    console.log(`      ${JSON.stringify(shown)}`);
    await runCommand(page, "View: Revert and Close Editor");
  });

  it("have a measurement that says which model is fast enough", async () => {
    const { page } = window;
    await runCommand(page, "Inkling: Measure This Machine");
    const main = webviewIn(page).locator("main");
    await main.getByText("Models that complete code").waitFor({ timeout: 40_000 });
    assert.match(await main.innerText(), /inkling-nano[^]*in use[^]*A model of zeros, 143 MB/);
    for (const theme of THEMES) {
      await setTheme(window, theme);
      await screenshot(page, `measure-${shadeOf(theme)}`);
    }
  });
});

/** On a busy machine VS Code may have stopped waiting for the first answer; a person types on. */
async function typeUntilGhostText(page: Page, texts: readonly string[]): Promise<string | undefined> {
  for (const text of texts) {
    await page.keyboard.type(text, { delay: 60 });
    const shown = await waitForGhostText(page, GHOST_TIMEOUT_MS);
    if (shown !== undefined) return shown;
  }
  return undefined;
}
