// Nothing leaves, in a real VS Code: completions, an explanation, a commit message and a conversation, with every system call of the network and
// of processes written down. With a leak planted in the worker the same rules must be broken. INKLING_TEST_LEAK names one of them ("a fetch"):
// then the first test itself has the leak, and fails.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { violations } from "../../scripts/privacy/violations.js";
import { temporaryFolder } from "../../scripts/vscode/temporary.js";
import { writeTinyModel } from "../fixtures/gguf.js";
import { chatTemplate } from "../worker/workday.js";
import { spendDay } from "./day.js";
import { type Leak, leaks, plantedByName, plantWorker, stageExtension } from "./planted.js";
import { searchKept } from "./kept.js";
import { FILE, openTracedWindow } from "./window.js";

const ROOT = resolve(__dirname, "../..");
const CANARY = "canaryQuartz71";
const STAGED = `\nexport const ${CANARY} = "${CANARY}";\n`;
/** What a leak has for it, after the worker is there. */
const LEAK_MS = 3_000;

describe("privacy in a real VS Code", function () {
  this.timeout(300_000);
  const folder = temporaryFolder("privacy");
  const model = join(folder, "tiny.gguf");
  const talker = join(folder, "talker.gguf");
  before(function () {
    if (spawnSync("strace", ["-V"]).status !== 0) this.skip(); // Linux, with strace installed
    writeTinyModel(model, { answer: "go(1);" });
    writeTinyModel(talker, { answer: "sum(ab);", chatTemplate });
  });

  const extensionWith = async (leak: Leak): Promise<string> => {
    const extension = temporaryFolder("planted");
    copyFileSync(await plantWorker(leaks[leak], false), join(stageExtension(extension), "worker.mjs"));
    return extension;
  };

  it("nothing is sent by the worker or the extension host, and no code stays behind", async () => {
    const leak = plantedByName();
    const window = await openTracedWindow(leak ? await extensionWith(leak) : ROOT, model, talker, STAGED);
    const day = spendDay(window.page, FILE);
    await day.catch(() => undefined);
    const processes = await window.finish();
    await day;
    console.log(`      completion, explanation, commit message and chat; ${processes.length} processes traced`);
    assert.deepEqual(violations(processes), []);
    assert.deepEqual(window.outside, [], "nor by the page");
    const { found, looked, open } = searchKept(window.data, CANARY);
    console.log(`      ${looked} files of Inkling's looked through`);
    assert.deepEqual(found, [], "code in a file");
    assert.deepEqual(open, [], "files that others can read");
  });

  for (const leak of (Object.keys(leaks) as Leak[]).slice(0, 3)) {
    it(`fails for ${leak} in the worker`, async () => {
      const window = await openTracedWindow(await extensionWith(leak), model, talker, STAGED);
      await window.page.waitForTimeout(LEAK_MS);
      const found = violations(await window.finish());
      console.log(`      ${found[0]?.slice(0, 150) ?? "nothing found"}`);
      assert.ok(found.length > 0);
    });
  }
});
