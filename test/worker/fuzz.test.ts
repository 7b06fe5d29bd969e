// 5,000 messages of every kind, right and wrong; `npm run fuzz` sends 100,000. A seed that failed: INKLING_FUZZ_SEED.
import { strict as assert } from "node:assert";
import { fuzz } from "../fuzz/fuzz.js";
import { chatTemplate } from "./workday.js";
import { openBench } from "./start.js";

describe("a worker that gets all kinds of messages", function () {
  this.timeout(180_000);
  const bench = openBench();
  after(() => bench.close());

  it("stays up, answers every request once, and answers rightly afterwards", async () => {
    const seed = Number(process.env["INKLING_FUZZ_SEED"] ?? Date.now() % 1_000_000);
    console.log(`      seed ${seed}`);
    const { faults, ...counts } = await fuzz({ count: 5000, seed, modelFile: bench.model({ chatTemplate }), answer: "value(1);" });
    console.log(`      ${JSON.stringify(counts)}`);
    assert.deepEqual(faults, []);
  });
});
