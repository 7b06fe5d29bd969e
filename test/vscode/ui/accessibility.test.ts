// Whether what Inkling shows can be used with a screen reader and without a mouse: axe looks at the pages, and the panel is walked through by key.
import { strict as assert } from "node:assert";
import axe from "axe-core";
import type { FrameLocator, Page } from "playwright-core";
import { openFile, runCommand } from "../../../scripts/vscode/workbench.js";
import { openWindow, setTheme, type Theme, untilReady, type Window } from "./window.js";

const PATIENCE_MS = 30_000;
/** VS Code gives each webview a document of its own, with neither landmarks nor a heading of the first order around it. */
const NOT_OURS = ["region", "landmark-one-main", "page-has-heading-one", "bypass"];

describe("accessibility", function () {
  this.timeout(60_000);
  let window: Window;
  before(async () => {
    window = await openWindow({ file: { name: "vector.ts", line: 1, column: 1 } });
    await untilReady(window.page);
  });
  after(() => (window as Window | undefined)?.close());

  for (const theme of ["Dark Modern", "Light Modern"] satisfies Theme[]) {
    for (const [command, text] of [["Inkling: Show Statistics", "Statistics"], ["Inkling: Show Network Contacts", "Network"], ["Inkling: Show Last Request", "Version"]] as const) {
      it(`finds nothing to mend in the page of "${command}", ${theme}`, async () => {
        const { page } = window;
        await setTheme(window, theme);
        await runCommand(page, command);
        await inside(page).locator("main").getByText(text).first().waitFor({ timeout: PATIENCE_MS });
        assert.deepEqual(await violations(inside(page)), []);
        await page.keyboard.press("Control+F4");
      });
    }

    it(`finds nothing to mend in the panel, ${theme}`, async () => {
      const { page } = window;
      await setTheme(window, theme);
      await openFile(page, "vector.ts", 20, 1);
      for (let line = 0; line < 3; line += 1) await page.keyboard.press("Shift+ArrowDown");
      await runCommand(page, "Inkling: Explain Selection");
      await inside(page).locator("article.turn").first().waitFor({ timeout: PATIENCE_MS });
      await page.waitForTimeout(1500); // the answer is drawn as it comes
      assert.deepEqual(await violations(inside(page)), []);
    });
  }

  it("reaches everything of the panel by Tab, each with a name", async () => {
    const { page } = window;
    await runCommand(page, "Inkling: Open Chat");
    await inside(page).getByRole("combobox").waitFor({ timeout: PATIENCE_MS });
    await inside(page).getByRole("combobox").focus();
    const names = new Set<string>();
    for (let key = 0; key < 20; key += 1) {
      names.add(await inside(page).locator("body").evaluate("(document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || document.activeElement?.tagName || '').trim().slice(0, 60)"));
      await page.keyboard.press("Shift+Tab");
    }
    console.log(`      ${[...names].join(" | ")}`);
    assert.ok(names.size >= 3 && !names.has(""), [...names].join(" | "));
  });

  it("names the status item for a screen reader", async () => {
    const item = window.page.locator(".statusbar-item[id='inkling.inkling.inkling.status'] a");
    assert.deepEqual([await item.getAttribute("role"), await item.getAttribute("aria-label")], ["button", "Inkling: ready"]);
  });
});

function inside(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
}

/** Rule, what it asks for, and the places where that is missing. */
async function violations(frame: FrameLocator): Promise<unknown[]> {
  const body = await frame.locator("body").elementHandle();
  const document = await body.ownerFrame();
  await document!.evaluate(axe.source);
  const { violations } = await document!.evaluate<axe.AxeResults>(`axe.run({ rules: ${JSON.stringify(Object.fromEntries(NOT_OURS.map((rule) => [rule, { enabled: false }])))} })`);
  return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)}: ${failureSummary ?? ""}`) }));
}
