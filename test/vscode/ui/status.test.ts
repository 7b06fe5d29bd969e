// The status item, its menu and its tooltip, snooze, statistics and the record of a request, as a person meets them.
import { strict as assert } from "node:assert";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { examples, placeToType } from "../../../scripts/vscode/examples.js";
import { runCommand, waitForGhostText } from "../../../scripts/vscode/workbench.js";
import { type FakeServer, startFakeServer } from "../../fixtures/model-server.js";
import { openWindow, ROOT, screenshot, setTheme, shadeOf, type Theme, untilReady, webviewIn, type Window } from "./window.js";

const example = { ...examples[0]!, ...placeToType(join(ROOT, "examples"), examples[0]!) };
const THEMES: readonly Theme[] = ["Dark Modern", "Light Modern"];
const GHOST_TIMEOUT_MS = 5_000;

describe("the status item", function () {
  this.timeout(60_000);
  let window: Window;
  before(async () => {
    window = await openWindow({ file: example });
    await untilReady(window.page);
    await window.page.keyboard.type(example.typed, { delay: 60 });
    assert.ok(await waitForGhostText(window.page, GHOST_TIMEOUT_MS));
    await window.page.keyboard.press("Tab");
  });
  after(() => (window as Window | undefined)?.close());

  /** What is to be seen, in both themes. */
  const pictures = async (name: string): Promise<void> => {
    for (const theme of THEMES) {
      await setTheme(window, theme);
      await screenshot(window.page, `${name}-${shadeOf(theme)}`);
    }
  };

  it("has a menu with the last request, and everything that can be done", async () => {
    const { page } = window;
    await item(page).click();
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "Last Request" }).waitFor();
    await pictures("status-menu");
    const labels = await rows.allInnerTexts();
    for (const label of ["Last Request", "Why No Suggestion Here?", "Turn Off for TypeScript", "Turn Off Everywhere", "Snooze…", "Statistics", "Network", "Copy Report Without Code", "Show Log", "Restart", "Settings"]) {
      assert.ok(labels.some((text) => text.includes(label)), `${label} in ${labels.join(" | ")}`);
    }
    await page.keyboard.press("Escape");
  });

  it("says more when the mouse rests on it", async () => {
    const { page } = window;
    await item(page).hover();
    const tooltip = page.locator(".monaco-hover", { hasText: "0 bytes sent" });
    await tooltip.waitFor();
    await screenshot(page, "status-tooltip");
    assert.match((await tooltip.innerText()).replaceAll("\u00a0", " "), /inkling-nano[^]*shown, 1 accepted/);
    await page.mouse.move(400, 300);
  });

  for (const [what, title, text] of [
    ["record", "Inkling: Show Last Request", "Reason code"], ["statistics", "Inkling: Show Statistics", "Clear Statistics"],
    ["network", "Inkling: Show Network Contacts", "Nobody was ever asked for anything."],
  ] as const) {
    it(`opens a page: ${what}`, async () => {
      const { page } = window;
      await runCommand(page, title);
      await webviewIn(page).locator("main").getByText(text).waitFor();
      await pictures(what);
      await page.keyboard.press("Control+W");
    });
  }

  it("shows a snooze with the time that is left, and ends it", async () => {
    const { page } = window;
    await runCommand(page, "Inkling: Snooze…");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "15 minutes" }).waitFor();
    await screenshot(page, "snooze");
    await page.keyboard.press("Enter");
    await page.locator('.statusbar-item [aria-label="Inkling: snoozed, 15 min left"]').waitFor();
    await screenshot(page, "snoozed");
    await runCommand(page, "Inkling: End Snooze");
    await untilReady(page);
  });
});

describe("the status item with a model server", function () {
  this.timeout(60_000);
  let server: FakeServer;
  let window: Window;
  before(async () => {
    server = await startFakeServer({ api: "openai", tokens: ["= this", ".y - ", "other", ".y;"] }); // what does not parse would not be shown
    window = await openWindow({ file: example, settings: { "inkling.server": { url: server.url } } });
  });
  after(async () => {
    await (window as Window | undefined)?.close();
    await server.close();
  });

  it("names the server, and the ledger says how much it was sent", async () => {
    const { page } = window;
    await page.locator(`.statusbar-item [aria-label="Inkling: ready; asks 127.0.0.1:${server.port}"]`).waitFor({ timeout: 40_000 });
    await screenshot(page, "status-server");
    await page.keyboard.type(example.typed, { delay: 60 });
    assert.ok(await waitForGhostText(page, GHOST_TIMEOUT_MS));
    await runCommand(page, "Inkling: Show Network Contacts");
    await webviewIn(page).locator("main").getByText("of requests with code in them were sent").waitFor();
    await screenshot(page, "network-server");
    assert.match(await webviewIn(page).locator("tbody tr").first().innerText(), new RegExp(`127.0.0.1:${server.port}\\s+model server, \\d+ requests`));
  });
});

function item(page: Page): ReturnType<Page["locator"]> {
  return page.locator(".statusbar-item[id='inkling.inkling.inkling.status']");
}
