// When the worker is ended because nobody works, and when it comes back.
import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { createIdleTimer, type IdleDeps, type IdleTimer } from "../../src/extension/idle-timer.js";

describe("idle", () => {
  let timer: IdleTimer;
  let events: string[];
  const start = (more: Partial<IdleDeps> = {}): void => {
    events = [];
    timer = createIdleTimer({ idleMs: 60, isBusy: () => false, onIdle: () => events.push("ended") > 0, onReturn: () => events.push("started"), ...more });
  };
  afterEach(() => timer.dispose());
  const until = async (count: number): Promise<void> => {
    for (let i = 0; i < 200 && events.length < count; i += 1) await delay(10);
  };

  it("ends after the last sign of work, and starts with the next one, once each", async () => {
    start();
    const begun = Date.now();
    for (let i = 0; i < 5; i += 1) {
      await delay(20);
      timer.active();
    }
    const last = Date.now();
    await until(1);
    assert.ok(Date.now() - last >= 55 && Date.now() - begun >= 155);
    assert.deepEqual(events, ["ended"]);
    timer.active();
    timer.active();
    assert.deepEqual(events, ["ended", "started"]);
  });

  it("does not end what somebody is waiting for", async () => {
    let busy = true;
    start({ isBusy: () => busy });
    await delay(200);
    assert.deepEqual(events, []);
    busy = false;
    await until(1);
    assert.deepEqual(events, ["ended"]);
  });

  it("starts nothing that it has not ended", async () => {
    let asked = 0;
    start({ onIdle: () => (asked += 1) < 0 });
    for (let i = 0; i < 100 && asked === 0; i += 1) await delay(10);
    timer.active();
    assert.deepEqual(events, []);
  });
});
