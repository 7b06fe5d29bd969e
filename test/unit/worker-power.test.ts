// Whether the machine runs on battery, and what that changes.
import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitMs } from "../../src/core/completion/wait.js";
import { watchPower } from "../../src/worker/power.js";

describe("power", () => {
  const folder = mkdtempSync(join(tmpdir(), "inkling-power-"));
  after(() => rmSync(folder, { recursive: true }));
  const supply = (name: string, files: Record<string, string>): void => {
    mkdirSync(join(folder, name), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), `${text}\n`);
  };
  let time = 0;
  const onBattery = (): boolean => watchPower(folder, () => time).onBattery();

  it("is a battery that is emptied while nothing is plugged in; a mouse's does not count", () => {
    assert.equal(watchPower(join(folder, "nowhere")).onBattery(), false);
    supply("hidpp_0", { type: "Battery", scope: "Device", status: "Discharging" });
    assert.equal(onBattery(), false);
    supply("BAT0", { type: "Battery", status: "Discharging" });
    assert.equal(onBattery(), true);
    supply("AC", { type: "Mains", online: "1" });
    assert.equal(onBattery(), false);
    supply("AC", { type: "Mains", online: "0" });
    assert.equal(onBattery(), true);
  });

  it("is looked at again after half a minute, not for every key", () => {
    const power = watchPower(folder, () => time);
    assert.equal(power.onBattery(), true);
    supply("AC", { type: "Mains", online: "1" });
    assert.equal(power.onBattery(), true);
    time += 31_000;
    assert.equal(power.onBattery(), false);
  });

  it("on battery even a cheap prompt waits for the next key", () => {
    const cheap = { expectedMs: 10, typicalGapMs: 150 };
    assert.equal(waitMs(cheap), 0);
    assert.equal(waitMs({ ...cheap, saving: true }), 180);
    assert.equal(waitMs({ ...cheap, typicalGapMs: 1000, saving: true }), 300);
  });
});
