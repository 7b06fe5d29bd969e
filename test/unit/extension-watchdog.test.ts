// The watchdog tells a hung worker from a slow one and from one that is gone.
import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { untilHung } from "../../src/extension/watchdog.js";

const times = () => ({ everyMs: 5, timeoutMs: 60 });
const never = (): Promise<never> => new Promise(() => undefined);

describe("watchdog", () => {
  it("reports a worker that stops answering", async () => {
    let answers = 3;
    let pings = 0;
    await untilHung(() => (pings++, answers-- > 0 ? Promise.resolve(true) : never()), new AbortController().signal, times);
    assert.equal(pings, 4);
  });

  it("lets answers and refusals pass until the signal fires", async () => {
    const end = new AbortController();
    let pings = 0;
    const watching = untilHung(() => (++pings % 2 ? delay(20) : Promise.reject(new Error("gone"))), end.signal, times);
    setTimeout(() => end.abort(), 250);
    await assert.rejects(watching, { name: "AbortError" });
    assert.ok(pings >= 3, `${pings} pings`);
  });

  it("ends at once when the signal fires during a ping", async () => {
    const end = new AbortController();
    const begun = performance.now();
    const watching = untilHung(never, end.signal, () => ({ everyMs: 1, timeoutMs: 60_000 }));
    setTimeout(() => end.abort(), 30);
    await assert.rejects(watching, { name: "AbortError" });
    assert.ok(performance.now() - begun < 5000);
  });

  it("does not blame the worker when we were blocked ourselves", async () => {
    const end = new AbortController();
    let pings = 0;
    const watching = untilHung(() => {
      pings += 1;
      if (pings === 2) setTimeout(() => end.abort(), 20);
      if (pings === 1) setImmediate(() => { for (const until = performance.now() + 200; performance.now() < until;); });
      return never();
    }, end.signal, times);
    await assert.rejects(watching, { name: "AbortError" });
    assert.equal(pings, 2);
  });
});
