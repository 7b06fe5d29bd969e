// The arithmetic of expected speed: what goes in comes out again, and nothing surprising happens in between.
import { strict as assert } from "node:assert";
import { expectedSpeed, isFastEnough, machineFrom, type Measured, measuredFrom, recommend, type Run } from "../../src/models/speed.js";

const tiny: Run = { bytes: 5.7e6, parameters: 5.2e6, prefill: 4000, tokenMs: 3 };
const large: Run = { bytes: 212e6, parameters: 200e6, prefill: 320, tokenMs: 22 };
const near = (actual: number, expected: number, share = 0.05): void =>
  assert.ok(Math.abs(actual - expected) <= share * expected, `${actual} instead of ${expected}`);

describe("expected speed", () => {
  it("of the measured model is what was measured", () => {
    const speed = expectedSpeed(large, measuredFrom(tiny, large));
    near(speed.tokenMs, large.tokenMs);
    near(speed.prefill, large.prefill);
  });

  it("halves, about, with twice the weights", () => {
    const measured = measuredFrom(tiny, large);
    const double = expectedSpeed({ bytes: 2 * large.bytes, parameters: 2 * large.parameters }, measured);
    near(double.tokenMs, 2 * large.tokenMs, 0.1);
    near(double.prefill, large.prefill / 2, 0.1);
  });

  it("comes from the larger of two models, whichever is in use", () => {
    const real: Run = { bytes: 1.6e9, parameters: 1.5e9, prefill: 40, tokenMs: 150 };
    near(expectedSpeed(real, machineFrom(large, real)).tokenMs, real.tokenMs);
    near(expectedSpeed(large, machineFrom(large, undefined)).tokenMs, large.tokenMs);
    near(expectedSpeed(large, machineFrom(large, { ...large, tokenMs: 60 })).tokenMs, large.tokenMs);
    assert.deepEqual(machineFrom(large, tiny), measuredFrom(tiny, large));
  });

  it("is finite and positive also where the small model was measured slower than the large one", () => {
    const measured = measuredFrom({ ...tiny, tokenMs: 40 }, large);
    const values: number[] = [measured, expectedSpeed(large, measured)].flatMap((speeds) => Object.values<number>({ ...speeds }));
    for (const value of values) assert.ok(Number.isFinite(value) && value >= 0, `${value}`);
  });

  it("of a line counts fewer bits per weight as fewer bytes to read", () => {
    const measured = measuredFrom(tiny, large);
    const q8 = expectedSpeed({ bytes: 1.6e9, parameters: 1.5e9 }, measured);
    const q4 = expectedSpeed({ bytes: 0.95e9, parameters: 1.5e9 }, measured);
    assert.ok(q4.lineMs < q8.lineMs && q4.tokenMs < q8.tokenMs);
  });
});

describe("a recommendation", () => {
  const models = [{ id: "0.5B", bytes: 0.53e9, parameters: 0.5e9 }, { id: "1.5B", bytes: 1.6e9, parameters: 1.5e9 }, { id: "7B", bytes: 4.7e9, parameters: 7e9 }];
  const machine = (factor: number): Measured => ({ bytesPerSecond: factor * 10e9, weightsPerSecond: factor * 60e9, overheadMs: 1 });

  it("is the largest that is fast enough", () => {
    assert.equal(recommend(models, machine(2), 32e9)?.id, "0.5B");
    assert.equal(recommend(models, machine(6), 32e9)?.id, "1.5B");
    assert.equal(recommend(models, machine(40), 32e9)?.id, "7B");
    assert.ok(isFastEnough(expectedSpeed(models[1]!, machine(6))));
  });

  it("fits into memory", () => assert.equal(recommend(models, machine(40), 4e9)?.id, "1.5B"));
  it("is none on a machine that is too slow", () => assert.equal(recommend(models, machine(0.1), 32e9), undefined));
});
