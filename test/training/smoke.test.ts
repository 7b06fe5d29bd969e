// From packages to a model that the worker completes with, in minutes: `models/training/run.sh --preset smoke`, whole. Needs the network of a
// package registry and Python 3; the first run installs PyTorch into .venv, which does not count as training.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startWorker } from "../../src/cli/client.js";

const training = resolve(__dirname, "../../models/training");
const TEN_MINUTES = 600_000;

function run(...steps: string[]): number {
  const started = performance.now();
  const { status } = spawnSync("./run.sh", ["--preset", "smoke", ...steps.flatMap((step) => ["--step", step])], { cwd: training, stdio: "inherit" });
  assert.equal(status, 0, `run.sh ended with ${status}`);
  return performance.now() - started;
}

describe("the training run", function () {
  this.timeout(3 * TEN_MINUTES);

  it("goes from packages to a loaded GGUF in under ten minutes", () => {
    run("python");
    const ms = run("corpus", "samples", "tokenizer", "shards", "train", "decay", "export", "reference", "load");
    console.log(`      ${Math.round(ms / 1000)} s`);
    assert.ok(ms < TEN_MINUTES);
  });

  it("makes a model that the worker completes with", async () => {
    const worker = await startWorker({ modelFile: join(training, "work/smoke/inkling-nano.gguf") });
    try {
      const { name } = await worker.ready;
      const uri = pathToFileURL(join(training, "unsaved.ts")).href;
      worker.openDocument(uri, "typescript", "export const a = ");
      const { record } = await worker.complete(uri, { line: 0, character: 17 });
      assert.equal(name, "inkling-nano");
      assert.ok(record.tokens.prompt > 0, record.reason);
    } finally {
      await worker.close();
    }
  });
});
