// Ghost text and the keys around it, with a tiny model that always says the same; how good a suggestion is, is not the question here.
import { strict as assert } from "node:assert";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { temporaryFolder } from "../../../scripts/vscode/temporary.js";
import { ghostText } from "../../../scripts/vscode/workbench.js";
import { writeTinyModel } from "../../fixtures/gguf.js";
import { openWindow, untilFile, untilReady, type Window } from "./window.js";

/** Short, because the tiny model has a token for each byte, and the open files have a say in each of them. */
const ANSWER = "go(1);";
const GHOST_TIMEOUT_MS = 5_000;
const FILE = "vector.ts";

/** Ghost text alone, without the list of suggestions that VS Code may open at the same time. */
const GHOST_ONLY = { "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" }, "editor.suggestOnTriggerCharacters": false };

describe("ghost text", function () {
  this.timeout(60_000);
  const model = join(temporaryFolder("model"), "tiny.gguf");
  let window: Window | undefined;
  before(() => writeTinyModel(model, { answer: ANSWER }));
  after(() => window?.close());

  const open = async (settings: Readonly<Record<string, unknown>>): Promise<Page> => {
    await window?.close(); // not after each test: there may be a picture to take of how it failed
    window = await openWindow({ file: { name: FILE, line: 37, column: 5 }, settings, model });
    await untilReady(window.page);
    return window.page;
  };

  it("comes, goes with Escape, comes back, and Tab takes it", async () => {
    const page = await open(GHOST_ONLY);
    await page.keyboard.type("call", { delay: 30 });
    await untilShown(page, ANSWER);
    await page.keyboard.press("Escape");
    await untilShown(page, "");
    await page.keyboard.type("s", { delay: 30 });
    await untilShown(page, ANSWER);
    await page.keyboard.press("Tab");
    await untilShown(page, "");
    await page.keyboard.press("Control+S");
    await untilFile(join(window!.folder, FILE), (text) => text.includes(`calls${ANSWER}`), ANSWER);
  });

  it("is shortened by typing what it says", async () => {
    const page = await open(GHOST_ONLY);
    await page.keyboard.type("call", { delay: 30 });
    await untilShown(page, ANSWER);
    await page.keyboard.type(ANSWER.slice(0, 2), { delay: 30 });
    await untilShown(page, ANSWER.slice(2));
  });

  it("is taken word by word with Ctrl+Right", async () => {
    const page = await open(GHOST_ONLY);
    await page.keyboard.type("call", { delay: 30 });
    await untilShown(page, ANSWER);
    await page.keyboard.press("Control+ArrowRight");
    await untilShown(page, ANSWER.slice("go".length));
  });

  // A name that ends with what stands nowhere in the open files, which would have a say in what follows it.
  it("continues what is selected in the list of suggestions", async () => {
    const page = await open({});
    await page.keyboard.type("Math.expm");
    await page.locator(".suggest-widget.visible .monaco-list-row.focused", { hasText: "expm1" }).waitFor();
    await untilShown(page, `1${ANSWER}`);
  });
});

/** This is shown, now or soon: what a key changes is drawn a moment later. */
async function untilShown(page: Page, expected: string): Promise<void> {
  const end = performance.now() + GHOST_TIMEOUT_MS;
  for (;;) {
    const shown = await ghostText(page);
    if (shown === expected) return;
    assert.ok(performance.now() < end, `${JSON.stringify(shown)} instead of ${JSON.stringify(expected)}`);
    await page.waitForTimeout(20);
  }
}
