// The crash policy: five crashes within three minutes, and no other five.
import { strict as assert } from "node:assert";
import { CRASH_LIMIT, CRASH_WINDOW_MS, type CrashHistory, recordCrash, shouldGiveUp } from "../../src/extension/backoff.js";

function crashesAt(...times: number[]): CrashHistory {
  return times.reduce<CrashHistory>(recordCrash, []);
}

describe("back-off", () => {
  it("allows a start when nothing has crashed", () => {
    assert.equal(shouldGiveUp([]), false);
  });

  it("gives up at the fifth crash within three minutes, not before", () => {
    assert.equal(CRASH_LIMIT, 5);
    assert.equal(shouldGiveUp(crashesAt(0, 1, 2, 3)), false);
    assert.equal(shouldGiveUp(crashesAt(0, 1, 2, 3, CRASH_WINDOW_MS - 1)), true);
  });

  it("forgets crashes that are older than the window", () => {
    assert.equal(shouldGiveUp(crashesAt(0, 1, 2, 3, CRASH_WINDOW_MS + 2)), false);
    assert.deepEqual(crashesAt(0, 10, CRASH_WINDOW_MS + 5), [10, CRASH_WINDOW_MS + 5]);
  });

  it("never gives up on a crash a minute", () => {
    const minutes = Array.from({ length: 60 }, (_, i) => i * 60_000);
    assert.equal(shouldGiveUp(crashesAt(...minutes)), false);
  });
});
