// The worker as a process: requests taken back in the middle, crashes, orphans, and the end in good order.
import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { WorkerClient } from "../../src/cli/client.js";
import { isRunning, openBench, slow, until, uri, workerFile, type Bench } from "./start.js";

const place = { line: 0, character: 10 };
/** As many lines behind the cursor as are wanted, with nothing in them that another document has: its prompt is new to the worker. */
const documentOf = (name: string, lines: number): string => `const a = ${name}\n${`// the text of ${name} makes the prompt longer than one piece of the prefill\n`.repeat(lines)}`;

describe("a request that is taken back", function () {
  this.timeout(30_000);
  let bench: Bench;
  let worker: WorkerClient;
  before(async () => {
    bench = openBench();
    worker = await bench.start({ modelFile: bench.model(slow), budget: 2000 });
    await worker.ready;
  });
  after(() => bench.close());

  const cases = [["during the decode", 0, 60], ["during the prefill", 40, 100]] as const;
  for (const [when, lines, atFirst] of cases) {
    it(`ends ${when}, and the next one begins`, async () => {
      let tookMs: number | undefined;
      for (let waitMs = atFirst; tookMs === undefined; waitMs /= 2) { // a fast machine answers before it is taken back
        assert.ok(waitMs > 1, "every answer came before it could be taken back");
        worker.openDocument(uri, "plaintext", documentOf(`${when}${waitMs}`, lines));
        tookMs = await takenBackAfter(waitMs);
        if (tookMs === undefined) worker.closeDocument(uri);
      }
      assert.ok(tookMs < 250, `took ${tookMs} ms`);
      const { record } = await worker.complete(uri, place);
      assert.notEqual(record.reason, "cancelled");
      assert.ok(record.tokens.generated > 0);
      worker.closeDocument(uri);
    });
  }

  /** Milliseconds from the word to the request's end; undefined where it was answered before. */
  async function takenBackAfter(waitMs: number): Promise<number | undefined> {
    const controller = new AbortController();
    const request = worker.complete(uri, place, { signal: controller.signal });
    const isAnswered = request.then(() => true, () => false);
    await delay(waitMs);
    const aborted = performance.now();
    controller.abort();
    if (await isAnswered) return undefined;
    await assert.rejects(request, /cancelled/i);
    return performance.now() - aborted;
  }

  it("is taken back by the next request for the same document as well", async () => {
    worker.openDocument(uri, "plaintext", documentOf("older and newer", 40));
    const older = assert.rejects(worker.complete(uri, place), /cancelled/i);
    const newer = worker.complete(uri, place);
    await older;
    assert.ok((await newer).record.tokens.generated > 0);
    worker.closeDocument(uri);
  });

  it("leaves nothing in the way when a hundred are", async () => {
    worker.openDocument(uri, "plaintext", "let b = 0\n");
    const controllers = Array.from({ length: 100 }, () => new AbortController());
    const requests = controllers.map(({ signal }) => worker.complete(uri, place, { signal }).catch(() => undefined));
    for (const controller of controllers) controller.abort();
    await Promise.all(requests);
    const started = performance.now();
    assert.ok((await worker.complete(uri, place)).record.tokens.generated > 0);
    assert.ok(performance.now() - started < 3000);
  });
});

describe("the worker's process", function () {
  this.timeout(30_000);
  const bench = openBench();
  after(() => bench.close());

  it("ends in good order", async () => {
    const worker = await bench.start();
    await worker.ready;
    await worker.close();
    assert.deepEqual(await worker.exited, { code: 0, signal: null });
  });

  it("is missed at once when it is killed, and so are its answers", async () => {
    const worker = await bench.start({ modelFile: bench.model(slow) });
    await worker.ready;
    worker.openDocument(uri, "plaintext", documentOf("it", 40));
    const request = assert.rejects(worker.complete(uri, place));
    process.kill(worker.pid, "SIGKILL");
    assert.deepEqual(await worker.exited, { code: null, signal: "SIGKILL" });
    await request;
    await assert.rejects(worker.complete(uri, place));
  });

  for (const transport of ["--node-ipc", "--stdio"]) {
    it(`does not outlive a parent that is killed (${transport})`, async function () {
      if (process.platform === "win32") return this.skip();
      const script = `
        const worker = require("node:child_process").spawn(process.execPath, [${JSON.stringify(workerFile)}, "${transport}"],
          { stdio: ["pipe", "pipe", "inherit", ${transport === "--stdio" ? '"ignore"' : '"ipc"'}] });
        console.log(worker.pid);
        setInterval(() => {}, 1000);`;
      const parent = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
      const [chunk] = await once(parent.stdout, "data") as [Buffer];
      const pid = Number(chunk.toString());
      await new Promise((resolve) => setTimeout(resolve, 700)); // past its start
      assert.ok(isRunning(pid));
      parent.kill("SIGKILL");
      assert.ok(await until(() => !isRunning(pid), 5000), "an orphan is left");
    });
  }
});
