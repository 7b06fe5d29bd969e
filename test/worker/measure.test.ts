// Measuring the machine: the model of zeros loads in the real engine, and the figures of two sizes of it agree with the arithmetic.
import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readGgufHeader } from "../../src/models/gguf.js";
import { writeProbe } from "../../src/models/probe.js";
import { expectedSpeed, machineFrom } from "../../src/models/speed.js";
import { measureMethods, type Measurement } from "../../src/protocol/measure.js";
import { openBench } from "./start.js";

describe("a measurement of this machine", function () {
  this.timeout(120_000);
  const bench = openBench();
  const folder = mkdtempSync(join(tmpdir(), "inkling-probe-"));
  after(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });

  it("has a model of zeros that takes no room on the disk", function () {
    const file = join(folder, "size.gguf");
    const { bytes, parameters } = writeProbe(file);
    const { size, blocks } = statSync(file);
    assert.equal(size, bytes);
    assert.equal(readGgufHeader(file).neededBytes, bytes);
    assert.ok(parameters > 130e6 && parameters < 140e6);
    if (process.platform === "linux") assert.ok(blocks * 512 < 1e6, `${blocks} blocks`);
  });

  it("foretells a larger model from a smaller one", async () => {
    const worker = await bench.start();
    await worker.ready;
    const run = async (layers: number) => {
      const probeFile = join(folder, `${layers}.gguf`);
      const sized = writeProbe(probeFile, layers);
      const { current, probe } = await worker.request<Measurement>(measureMethods.measure, { budgetMs: 600, probeFile });
      assert.equal(current?.model, "inkling-tiny");
      assert.equal(probe.bytes, sized.bytes);
      return { ...sized, ...probe };
    };
    // Turn and turn about, and the best of each: another program's work falls on one run, seldom on all.
    type Run = Awaited<ReturnType<typeof run>>;
    const runs = [await run(2), await run(8), await run(2), await run(8)];
    const best = (a: Run, b: Run) => ({ ...a, tokenMs: Math.min(a.tokenMs, b.tokenMs), prefill: Math.max(a.prefill, b.prefill) });
    const small = best(runs[0]!, runs[2]!);
    const large = best(runs[1]!, runs[3]!);
    const expected = expectedSpeed(large, machineFrom(small, undefined));
    console.log(`      ${large.tokenMs.toFixed(1)} ms a token, ${expected.tokenMs.toFixed(1)} expected; ${large.prefill.toFixed(0)} tokens/s read, ${expected.prefill.toFixed(0)} expected`);
    for (const ratio of [large.tokenMs / expected.tokenMs, large.prefill / expected.prefill]) assert.ok(ratio > 0.25 && ratio < 4, `${ratio}`); // on a busy machine
  });

  it("fails with a sentence where the file is none, and ends when it is taken back", async () => {
    const worker = await bench.start();
    await worker.ready;
    await assert.rejects(worker.request(measureMethods.measure, { budgetMs: 100, probeFile: join(folder, "none.gguf") }), /none\.gguf does not exist/);
    const probeFile = join(folder, "long.gguf");
    writeProbe(probeFile);
    const begun = performance.now();
    await assert.rejects(worker.request(measureMethods.measure, { budgetMs: 60_000, probeFile }, { signal: AbortSignal.timeout(1500) }));
    assert.ok(performance.now() - begun < 20_000);
    assert.equal(await worker.ping(), true);
  });
});
