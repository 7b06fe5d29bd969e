// Graphics processors, for real: a Vulkan driver that ends the process it is loaded into, and Mesa's, which computes on the processor and is
// otherwise a driver like any other. Debian: apt install libvulkan1 mesa-vulkan-drivers gcc; what is not there is skipped.
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startWorker, type WorkerClient } from "../../../src/cli/client.js";
import type { GpuReport } from "../../../src/protocol/gpu.js";
import { temporaryFolder } from "../../../scripts/vscode/temporary.js";
import { runCommand } from "../../../scripts/vscode/workbench.js";
import { installedFolder, openWindow, ROOT, screenshot, untilReady, type Window } from "../ui/window.js";

const MESA = "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json";

/** Notes that it was loaded into a worker, and ends it. Others, such as the browser, find no driver in it. */
const CRASHING_DRIVER = `
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
void *vk_icdGetInstanceProcAddr(void *instance, const char *name) {
  char arguments[4096] = {0};
  FILE *self = fopen("/proc/self/cmdline", "r");
  size_t length = fread(arguments, 1, sizeof arguments - 1, self);
  fclose(self);
  for (size_t i = 0; i < length; i++) if (arguments[i] == 0) arguments[i] = ' ';
  if (strstr(arguments, "worker.mjs") == NULL) return NULL;
  FILE *log = fopen(LOG, "a");
  fputs("loaded\\n", log);
  fclose(log);
  abort();
}
`;

describe("a graphics processor", function () {
  this.timeout(300_000);
  const folder = temporaryFolder("gpu");
  const model = join(folder, "large.gguf");
  const environment = { ...process.env };
  let window: Window | undefined;
  before(function () {
    const isHere = process.platform === "linux" && process.arch === "x64" && execFileSync("/sbin/ldconfig", ["-p"], { encoding: "utf8" }).includes("libvulkan.so.1");
    if (!isHere) this.skip();
    copyFileSync(join(ROOT, "models/inkling-nano.gguf"), model);
    truncateSync(model, 45e6); // the same model, and large enough to be worth it
  });
  afterEach(async () => {
    await window?.close();
    process.env = { ...environment };
  });

  it("whose driver crashes costs one worker, and is left alone from then on", async function () {
    const loaded = join(folder, "loaded");
    const driver = buildDriver(folder, loaded);
    if (driver === undefined) this.skip();
    process.env["VK_DRIVER_FILES"] = process.env["VK_ICD_FILENAMES"] = driver;
    window = await openWindow({ file: { name: "vector.ts", line: 9, column: 14 }, model, settings: { "editor.quickSuggestions": { other: "off" } } });
    const { page } = window;
    await page.locator('.statusbar-item [aria-label="Inkling: starts when you type"]').waitFor(); // the worker started as the file was opened, and is gone
    await page.keyboard.type("d");
    await untilReady(page);
    await runCommand(page, "Inkling: Restart");
    await page.waitForTimeout(1000);
    await untilReady(page);
    assert.equal(readFileSync(loaded, "utf8"), "loaded\n");
    await runCommand(page, "Inkling: Show Menu");
    await page.locator(".quick-input-list").getByText("Try the Graphics Processor Again").waitFor();
    await screenshot(page, "gpu-left-alone");
  });

  it("says what the processor says", async function () {
    if (!existsSync(MESA)) this.skip();
    const workerFile = join(await installedFolder(), "dist/worker.mjs");
    const text = readFileSync(join(ROOT, "examples/vector.ts"), "utf8");
    process.env["GGML_VK_VISIBLE_DEVICES"] = "0"; // the engine takes no such device unless it is told to
    const reports: GpuReport[] = [];
    const workers: WorkerClient[] = [];
    const answerOf = async (gpu: readonly "vulkan"[]): Promise<[device: string | undefined, answer: unknown]> => {
      const worker = await startWorker({ modelFile: model, workerFile, gpu, onGpu: (report) => reports.push(report) });
      workers.push(worker);
      const summary = await worker.ready;
      worker.openDocument("file:///vector.ts", "typescript", text);
      return [summary.gpu?.device, (await worker.complete("file:///vector.ts", { line: 8, character: 19 })).items[0]?.insertText];
    };
    try {
      const [nothing, onProcessor] = await answerOf([]);
      const [device, onGpu] = await answerOf(["vulkan"]);
      console.log(`      ${device}: ${JSON.stringify(onGpu)}`);
      assert.equal(nothing, undefined);
      assert.match(device ?? "", /llvmpipe/);
      assert.equal(onGpu, onProcessor);
      assert.deepEqual(reports.map(({ kind }) => kind), ["trying", "works"]);
    } finally {
      await Promise.all(workers.map((worker) => worker.close()));
    }
  });
});

/** Path of the driver's manifest; undefined where there is no compiler. */
function buildDriver(folder: string, log: string): string | undefined {
  const source = join(folder, "driver.c");
  const library = join(folder, "driver.so");
  const manifest = join(folder, "driver.json");
  writeFileSync(source, CRASHING_DRIVER);
  try {
    execFileSync("cc", ["-shared", "-fPIC", `-DLOG="${log}"`, "-o", library, source]);
  } catch {
    return undefined;
  }
  writeFileSync(manifest, JSON.stringify({ file_format_version: "1.0.0", ICD: { library_path: library, api_version: "1.3.0" } }));
  return manifest;
}
