// A worker that is killed, hangs, or runs out of everything, over and over: the real process and engine under the extension's own `Worker`.
// INKLING_FAULTS=long kills 200 times; the usual suites 8 times.
import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "../../src/extension/worker.js";
import { createRandom } from "../fuzz/random.js";
import { plantWorker } from "../privacy/planted.js";
import { openBench } from "../worker/start.js";
import { chatTemplate } from "../worker/workday.js";
import { temporaryFolder } from "../../scripts/vscode/temporary.js";
import { connectTo, type Current, endProcess } from "./connect.js";
import { killRepeatedly } from "./kills.js";
import { stateOf } from "./processes.js";

const long = process.env["INKLING_FAULTS"] === "long";
const quiet = { info: () => undefined, warn: () => undefined };

describe("faults: the life of a worker", function () {
  this.timeout(long ? 1_800_000 : 240_000);
  before(function () { if (process.platform !== "linux") this.skip(); });
  const bench = openBench();
  after(() => bench.close());

  it(`${long ? 200 : 8} kills at random moments: no hang, right answers, no question lost, nothing left behind`, async () => {
    const seed = Number(process.env["INKLING_FUZZ_SEED"] ?? Date.now() % 1_000_000);
    const options = { modelFile: bench.model(), chatModelFile: bench.model({ chatTemplate }) };
    const report = await killRepeatedly(long ? 200 : 8, { options, answer: "value(1);", folder: temporaryFolder("chats"), random: createRandom(seed) });
    const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b).map(Math.round);
    const line = (values: readonly number[]): string => `p50 ${sorted(values)[Math.floor(values.length / 2)] ?? 0}, most ${sorted(values).at(-1) ?? 0} ms`;
    console.log(`      seed ${seed}: ${report.kills} kills; a request ends ${line(report.settleMs)} after the kill; the next answer ${line(report.recoverMs)}`);
    console.log(`      ${report.questions} questions in the chat, ${report.lost.length} lost`);
    assert.deepEqual(report.orphans, [], "orphans or zombies");
    assert.deepEqual(report.lost, [], "lost questions");
    assert.ok(report.questions > 0);
    assert.equal(report.wrongAnswers, 0);
    assert.ok(report.settleMs.every((ms) => ms <= 2000), "a request hangs");
  });

  for (const [how, hang] of [["stopped (SIGSTOP)", undefined], ["in an endless loop", "setTimeout(() => { for (;;); }, 4000);"]] as const) {
    it(`replaces a worker that is ${how} within ten seconds`, async () => {
      const workerFile = hang === undefined ? {} : { workerFile: await plantWorker(hang, true) };
      const current: Current = { client: undefined, started: [] };
      const worker = new Worker({ connect: connectTo({ modelFile: bench.model(), ...workerFile }, current), onState: () => undefined, log: quiet });
      assert.ok(await worker.ready(AbortSignal.timeout(60_000)));
      const [pid] = current.started;
      if (hang === undefined) endProcess(pid!, "SIGSTOP");
      else await delay(Math.max(0, 4000)); // by then it loops
      const begun = performance.now();
      while (current.started.length < 2 && performance.now() - begun < 30_000) await delay(20);
      const ms = performance.now() - begun;
      console.log(`      another process after ${Math.round(ms)} ms`);
      assert.ok(ms < 10_000, `${ms} ms`);
      assert.equal(stateOf(pid!), undefined, "the hung process is gone");
      await worker.dispose();
    });
  }

  it("takes sleep for sleep: client and worker stopped together, nobody is replaced", async () => {
    const current: Current = { client: undefined, started: [] };
    // Asleep for longer than the watchdog waits: the clock jumps, the answer comes right after.
    const worker = new Worker({ connect: connectTo({ modelFile: bench.model() }, current), onState: () => undefined, log: quiet, watchdog: { everyMs: 100, timeoutMs: 1000 } });
    await worker.ready(AbortSignal.timeout(60_000));
    const [pid] = current.started;
    for (let nap = 0; nap < 3; nap += 1) {
      endProcess(pid!, "SIGSTOP");
      const end = performance.now() + 2500;
      while (performance.now() < end); // this process hears nothing either
      endProcess(pid!, "SIGCONT");
      await delay(500);
    }
    assert.deepEqual(current.started, [pid]);
    assert.ok(await current.client!.ping());
    await worker.dispose();
  });

  it("stands the clock being set, both ways", async () => {
    const { now } = Date;
    const current: Current = { client: undefined, started: [] };
    const worker = new Worker({ connect: connectTo({ modelFile: bench.model() }, current), onState: () => undefined, log: quiet });
    try {
      for (const jump of [0, 86_400_000, -365 * 86_400_000]) {
        Date.now = () => now() + jump;
        assert.ok(await worker.ready(AbortSignal.timeout(60_000)), `after a jump of ${jump} ms`);
        endProcess(current.started.at(-1)!);
        while (worker.state.kind === "running") await delay(10);
        assert.notEqual(worker.state.kind, "gave-up");
      }
    } finally {
      Date.now = now;
      await worker.dispose();
    }
  });
});
