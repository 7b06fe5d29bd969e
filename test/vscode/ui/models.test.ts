// Choosing a model, the way a person does: the picker says what fits and how fast it would be, a download can be paused, goes on where it
// was, can be cancelled, and ends with a model in use.
import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { runCommand } from "../../../scripts/vscode/workbench.js";
import { addressOf, type CatalogModel, readCatalog } from "../../../src/models/catalog.js";
import { openPartial, partOf } from "../../../src/models/partial.js";
import { type BigFileServer, startBigFileServer } from "../../fixtures/big-file-server.js";
import { writeAdapter } from "../../fixtures/adapter.js";
import { writeFamilyModel } from "../../fixtures/families.js";
import { openWindow, screenshot, setTheme, type Theme, untilReady, webviewIn, type Window } from "./window.js";

const catalog = readCatalog(join(__dirname, "../../../models"));
const slow = catalog.models.find(({ id }) => id === "qwen2.5-coder-0.5b")!;
const quick = catalog.models.find(({ id }) => id === "granite-4.0-1b")!; // its checksum is not known, so any model will do
const file = { name: "vector.ts", line: 1, column: 1 };

const picker = (page: Page): Locator => page.locator(".quick-input-widget");
const row = (page: Page, name: string): Locator => page.locator(".quick-input-list .monaco-list-row", { hasText: name });

async function openPicker(page: Page): Promise<void> {
  await runCommand(page, "Inkling: Choose Model…");
  await page.mouse.move(640, 600); // where it rests on the input, a tooltip covers the first rows
  await picker(page).locator(".quick-input-title", { hasText: "Model for Completions" }).waitFor();
}

async function press(page: Page, name: string, tooltip: string): Promise<void> {
  await row(page, name).first().hover();
  await row(page, name).first().locator(`.action-label[aria-label="${tooltip}"]`).click();
}

/** As if all but a megabyte had come before: a gigabyte of zeros takes no room on the disk. */
async function beginDownload(model: CatalogModel, head: Buffer, { server }: Window, { url }: BigFileServer): Promise<void> {
  const folder = join(server.userDataDir, "User/globalStorage/inkling.inkling/models");
  mkdirSync(folder, { recursive: true });
  const address = addressOf(model, catalog, url)!.url.href;
  const partial = await openPartial(join(folder, model.file), { url: address, total: model.bytes }, new AbortController().signal);
  await partial.append(head);
  partial.note({ url: address, total: model.bytes, etag: '"big"' });
  await partial.close();
  truncateSync(partOf(join(folder, model.file)), model.bytes - 1e6);
}

describe("choosing a model", function () {
  this.timeout(60_000);
  let server: BigFileServer;
  let window: Window;
  let page: Page;
  before(async () => {
    const folder = mkdtempSync(join(tmpdir(), "inkling-models-ui-"));
    writeFamilyModel(join(folder, "granite.gguf"), "granite4");
    const head = readFileSync(join(folder, "granite.gguf"));
    rmSync(folder, { recursive: true });
    server = await startBigFileServer([{ name: slow.file, head, bytes: slow.bytes, bytesPerSecond: 12e6 }, { name: quick.file, head, bytes: quick.bytes }]);
    window = await openWindow({ file, settings: { "workbench.colorTheme": "Dark Modern", "inkling.models.mirror": server.url } });
    page = window.page;
    await untilReady(page);
    await beginDownload(quick, head, window, server);
  });
  after(async () => {
    await (window as Window | undefined)?.close();
    await server.close();
  });

  it("says of each model whether it fits and how fast it would be, and asks nobody", async () => {
    await openPicker(page);
    await row(page, "inkling-nano").locator(".codicon-check").waitFor();
    const text = await row(page, slow.name).first().innerText();
    assert.match(text, /531 MB/);
    assert.match(text, /Apache-2\.0/);
    assert.match(text, /(Fits|Tight|Too large): \d+ MB/);
    assert.match(text, /about [\d.]+ tokens\/s/);
    await screenshot(page, "models-picker-dark");
    await page.keyboard.type("commercial");
    await row(page, "Qwen2.5-Coder 3B").waitFor();
    await screenshot(page, "models-picker-licence");
    await page.keyboard.press("Escape");
    assert.deepEqual(server.requests, []);
  });

  it("shows how a download is going, pauses it and goes on where it was", async () => {
    await openPicker(page);
    await page.keyboard.type(slow.name);
    await page.keyboard.press("Enter");
    await openPicker(page);
    await row(page, slow.name).filter({ hasText: /\d+ MB of 531 MB · \d+ MB\/s · \d+ s left/ }).waitFor({ timeout: 30_000 });
    await screenshot(page, "models-download-picker");
    await page.keyboard.press("Escape");
    await runCommand(page, "Notifications: Show Notifications");
    await page.locator(".notification-list-item", { hasText: `Downloading ${slow.name}` }).waitFor();
    await screenshot(page, "models-download-notice");
    await page.keyboard.press("Escape");
    await openPicker(page);
    await press(page, slow.name, "Pause");
    await row(page, slow.name).filter({ hasText: /Paused; \d+ MB are still to come/ }).waitFor();
    await screenshot(page, "models-download-paused");
    await press(page, slow.name, "Resume");
    await row(page, slow.name).filter({ hasText: /MB of 531 MB/ }).waitFor({ timeout: 30_000 });
    const [first, second] = server.requests;
    assert.equal(first?.start, 0);
    assert.ok(second && second.start > 1e6, `resumed at ${second?.start}`);
    assert.equal(first.path, `/${slow.repository}/resolve/${slow.revision}/${slow.file}`);
  });

  it("leaves nothing of a download that is cancelled", async () => {
    await press(page, slow.name, "Cancel and Delete What Has Come");
    await row(page, slow.name).filter({ hasText: "tokens/s" }).waitFor(); // offered again, as if nothing had been
    await page.keyboard.press("Escape");
  });

  it("ends with the model in use, and says what its test came to", async () => {
    await openPicker(page);
    await page.keyboard.type(quick.name);
    await page.keyboard.press("Enter");
    await page.locator('.statusbar-item[id*="inkling"]', { hasText: "Granite" }).waitFor({ timeout: 90_000 });
    await runCommand(page, "Notifications: Show Notifications");
    await page.locator(".notification-list-item", { hasText: "is in use, but put" }).waitFor({ timeout: 30_000 }); // its weights are random
    await screenshot(page, "models-in-use");
    await page.keyboard.press("Escape");
    await openPicker(page);
    await row(page, quick.name).locator(".codicon-check").waitFor();
    await press(page, quick.name, "Delete the File");
    await page.locator(".monaco-dialog-box", { hasText: "Delete this model file?" }).waitFor();
    await screenshot(page, "models-delete");
    await page.locator(".monaco-dialog-box").getByText("Delete", { exact: true }).click();
    await untilReady(page);
  });

  it("leaves a line in the ledger for every connection", () => checkLedger(page, server));
});

/** The ledger has a line for each connection, whatever became of the download. */
async function checkLedger(page: Page, { url, requests }: BigFileServer): Promise<void> {
  await runCommand(page, "Inkling: Show Network Contacts");
  const main = webviewIn(page).locator("main");
  await main.getByText("0 bytes of your code were sent.").waitFor();
  await screenshot(page, "models-network");
  const rows = await main.locator("tbody tr").allInnerTexts();
  assert.equal(rows.length, requests.length);
  for (const row of rows) assert.ok(row.includes(new URL(url).host) && /download of (Qwen2.5-Coder 0.5B|Granite 4.0 Nano 1B)/.test(row), row);
}

async function openModelFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").first().fill(name);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }).click();
}

describe("choosing a chat model", function () {
  this.timeout(60_000);
  let window: Window;
  before(async () => {
    window = await openWindow({
      file, settings: { "workbench.colorTheme": "Light Modern" },
      prepare: (folder) => {
        writeFamilyModel(join(folder, "granite.gguf"), "granite4");
        writeAdapter(join(folder, "adapter.gguf"), join(folder, "granite.gguf"));
        writeFileSync(join(folder, "half.gguf"), readFileSync(join(folder, "granite.gguf")).subarray(0, 1000));
      },
    });
    await untilReady(window.page);
  });
  after(() => (window as Window | undefined)?.close());

  it("shows what a model file is when it is opened, and uses it", async () => {
    const { page } = window;
    const main = webviewIn(page).locator("main");
    await openModelFile(page, "half.gguf");
    await main.getByText(/half\.gguf is cut off/).waitFor();
    await screenshot(page, "models-file-damaged");
    await page.keyboard.press("Control+F4");
    await openModelFile(page, "granite.gguf");
    await main.getByText("This model can complete code and converse.").waitFor();
    await setTheme(window, "Dark Modern");
    await screenshot(page, "models-file");
    await main.getByRole("button", { name: "Use for Completions" }).click();
    await page.locator('.statusbar-item[id*="inkling"]', { hasText: "granite" }).waitFor({ timeout: 30_000 });
    await main.getByText("It is in use.").waitFor();
    await screenshot(page, "models-file-in-use");
    await page.keyboard.press("Control+F4");
    await openModelFile(page, "adapter.gguf");
    await main.getByRole("button", { name: "Use With granite.gguf" }).click();
    await main.getByRole("button", { name: "Take Away From granite.gguf" }).waitFor();
    await screenshot(page, "models-adapter");
    await page.keyboard.press("Control+F4");
  });

  const shapes: [name: string, theme: Theme, size?: { width: number; height: number }][] = [["light", "Light Modern"], ["contrast", "Default High Contrast"], ["narrow", "Dark Modern", { width: 520, height: 700 }]];
  for (const [name, theme, size] of shapes) {
    it(`shows the models that converse, ${name}`, async () => {
      const { page } = window;
      await setTheme(window, theme);
      if (size) await page.setViewportSize(size);
      await openPicker(page);
      await screenshot(page, `models-picker-${name}`);
      await page.keyboard.type("Choose the Chat Model");
      await page.keyboard.press("Enter");
      await picker(page).locator(".quick-input-title", { hasText: "Model for the Chat" }).waitFor();
      await row(page, "The model that completes code").waitFor();
      await screenshot(page, `models-chat-picker-${name}`);
      await page.keyboard.press("Escape");
    });
  }
});
