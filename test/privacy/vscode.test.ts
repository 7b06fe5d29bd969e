// Nothing leaves, in a real VS Code: completions, an explanation, a commit message and a conversation, with every system call of the network and
// of processes written down. Takes minutes, so it is no part of `npm test`: `npm run test:privacy:vscode`.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { violations } from "../../scripts/privacy/violations.js";
import { temporaryFolder } from "../../scripts/vscode/temporary.js";
import { writeTinyModel } from "../fixtures/gguf.js";
import { chatTemplate } from "../worker/workday.js";
import { spendDay } from "./day.js";
import { type Leak, leaks, plantWorker, stageExtension } from "./planted.js";
import { searchKept } from "./kept.js";
import { openTracedWindow } from "./window.js";

const ROOT = resolve(__dirname, "../..");
const CANARY = "canaryQuartz71";

describe("privacy in a real VS Code", function () {
  this.timeout(600_000);
  const folder = temporaryFolder("privacy");
  const model = join(folder, "tiny.gguf");
  const talker = join(folder, "talker.gguf");
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { contributes: { commands: { command: string }[] } };
  const commands = new Set(manifest.contributes.commands.map(({ command }) => command));
  before(function () {
    if (spawnSync("strace", ["-V"]).status !== 0) this.skip(); // Linux, with strace installed
    writeTinyModel(model, { answer: "ghost(1);" });
    writeTinyModel(talker, { answer: "sum(ab);", chatTemplate });
  });

  it("nothing is sent by the worker or the extension host, and no code stays behind", async () => {
    const window = await openTracedWindow(ROOT, model, talker, CANARY);
    const seen = await spendDay(window.page, commands);
    await window.page.screenshot({ path: join(temporaryFolder("shot"), "day.png") });
    const processes = await window.finish();
    console.log(`      ${seen.join(", ")}; ${processes.length} processes traced`);
    assert.deepEqual(violations(processes), []);
    assert.deepEqual(window.outside, [], "nor by the page");
    assert.ok(seen.includes("completion") && seen.includes("chat"), seen.join());
    const { found, looked, open } = searchKept(window.data, CANARY);
    console.log(`      ${looked} files of Inkling's looked through`);
    assert.deepEqual(found, [], "code in a file");
    assert.deepEqual(open, [], "files that others can read");
  });

  for (const leak of (Object.keys(leaks) as Leak[]).slice(0, 3)) {
    it(`fails for ${leak} in the worker`, async () => {
      const extension = temporaryFolder("planted");
      copyFileSync(await plantWorker(leaks[leak], false), join(stageExtension(extension), "worker.mjs"));
      const window = await openTracedWindow(extension, model, talker, CANARY);
      await window.page.keyboard.type("call", { delay: 60 });
      await window.page.waitForTimeout(3000);
      const found = violations(await window.finish());
      console.log(`      ${found[0]?.slice(0, 150) ?? "nothing found"}`);
      assert.ok(found.length > 0);
    });
  }
});
