// The worker's parts that need neither process nor engine.
import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Origin } from "../../src/protocol/completion.js";
import { pathOf } from "../../src/worker/documents.js";
import { forTinyModel } from "../../src/worker/engine-context.js";
import { createGate } from "../../src/worker/gate.js";
import { candidates, createFileSource } from "../../src/worker/neighbours.js";
import { createRhythm } from "../../src/worker/rhythm.js";
import { chooseThreads, readCpuTimes, type CpuTimes } from "../../src/worker/threads.js";
import { budgetFor, learnSpeed } from "../../src/worker/warm-up.js";

describe("threads", () => {
  it("are half of the processors, at most six, and never none", () => {
    const counts = [4, 8, 12, 16, 64].map((processors) => chooseThreads(processors).count());
    assert.deepEqual(counts, [2, 4, 6, 6, 6]);
    assert.equal(chooseThreads(1).most, 1);
    assert.equal(chooseThreads(16, 3).count(), 3);
    assert.equal(chooseThreads(2, 1).most, 1);
  });

  it("of a tiny model are many for a prompt, where there are many, and one for a token", () => {
    assert.deepEqual([1, 2, 3, 6].map((free) => forTinyModel(128, free)), [1, 1, 3, 6]);
    assert.deepEqual([1, 2, 3, 6].map((free) => forTinyModel(1, free)), [1, 1, 1, 1]);
  });

  it("are two on two processors as long as the others leave them alone", () => {
    const times: CpuTimes = { total: 0, busy: 0, own: 0 };
    let at = 0;
    const threads = chooseThreads(2, 6, () => ({ ...times }), () => at);
    /** Half a second in which this process and the others use so many processors. */
    const after = (own: number, others: number): number => {
      at += 500;
      times.total += 1000;
      times.busy += 500 * (own + others);
      times.own += 500 * own;
      return threads.count();
    };
    assert.equal(threads.count(), 1, "before anything is known");
    assert.deepEqual([after(1, 0.1), after(2, 0), after(0.5, 1), after(1, 1), after(0, 0.3)], [2, 2, 1, 1, 2]);
  });

  it("come from this machine's own clock", () => {
    const { total, busy, own } = readCpuTimes();
    assert.ok(total > 0 && busy > 0 && busy <= total && own > 0);
  });
});

describe("prompt size", () => {
  const speed = (prefill: number) => ({ charsPerToken: 3, prefill, tokenMs: 1 });

  it("follows from the speed, within what the model takes", () => {
    assert.deepEqual([100, 700, 1500, 100_000].map((prefill) => budgetFor(speed(prefill), 32_768).tokens), [256, 512, 1024, 2048]);
    assert.equal(budgetFor(speed(100_000), 1024).tokens, 896);
  });

  it("grows with better news about the speed, and not with worse or little", () => {
    const known = speed(1000);
    const request = (evaluated: number, prefillMs: number, generated = 1, decodeMs = 0, origin: Origin = "model"): void =>
      learnSpeed(known, { origin, tokens: { prompt: 1000, reused: 1000 - evaluated, generated }, timings: { totalMs: 0, contextMs: 0, prefillMs, decodeMs } });
    request(500, 1000, 11, 100);
    request(10, 1);
    assert.deepEqual([known.prefill, known.tokenMs], [1000, 1]);
    request(500, 100, 11, 5);
    request(0, 0, 11, 0.1, "adopted");
    assert.deepEqual([known.prefill, known.tokenMs], [5000, 0.5]);
  });
});

describe("rhythm", () => {
  it("is the median of recent gaps, without pauses and changes of document", () => {
    const rhythm = createRhythm();
    let at = 0;
    const keys = (uri: string, ...gaps: number[]): void => gaps.forEach((gap) => rhythm.key(uri, at += gap));
    keys("a", 0, 100, 120);
    assert.equal(rhythm.typicalGapMs(), undefined);
    keys("a", 5000, 110, 130, 90);
    keys("b", 1, 115);
    assert.equal(rhythm.typicalGapMs(), 115);
  });
});

describe("the gate", () => {
  it("keeps the order of arrival when somebody in the middle gives up", async () => {
    const gate = createGate();
    const never = new AbortController().signal;
    const order: number[] = [];
    const leave = await gate.enter(never);
    const impatient = new AbortController();
    const second = gate.enter(impatient.signal).catch(() => order.push(2));
    const third = gate.enter(never).then((leaveThird) => { order.push(3); leaveThird(); });
    impatient.abort();
    await second;
    assert.deepEqual(order, [2]);
    leave();
    leave();
    await third;
    assert.deepEqual(order, [2, 3]);
  });
});

describe("paths and imports", () => {
  it("are relative to the innermost folder of the workspace", () => {
    const folders = ["file:///w", "file:///w/inner"];
    assert.equal(pathOf("file:///w/src/a%20b.ts", folders), "src/a b.ts");
    assert.equal(pathOf("file:///w/inner/c.ts", folders), "c.ts");
    assert.equal(pathOf("file:///elsewhere/d.ts", folders), "d.ts");
    assert.equal(pathOf("untitled:Untitled-1", folders), "Untitled-1");
  });

  it("name the files that they may mean", () => {
    assert.ok(candidates("./b.js", "file:///w/a.ts", []).includes("file:///w/b.ts"));
    assert.ok(candidates("../lib", "file:///w/src/a.tsx", []).includes("file:///w/lib/index.ts"));
    assert.deepEqual(candidates("lodash", "file:///w/a.ts", []), []);
    assert.deepEqual(candidates("./b", "untitled:Untitled-1", []), []);
    assert.ok(candidates("..models.user", "file:///w/app/views/a.py", []).includes("file:///w/app/models/user.py"));
    assert.ok(candidates(".", "file:///w/app/a.py", []).includes("file:///w/app/__init__.py"));
    assert.ok(candidates("app.models", "file:///w/app/a.py", ["file:///w"]).includes("file:///w/app/models.py"));
  });

  it("are read from the workspace only, and again when they change", () => {
    const folder = mkdtempSync(join(tmpdir(), "inkling-files-"));
    try {
      mkdirSync(join(folder, "in"));
      writeFileSync(join(folder, "in", "a.ts"), "one");
      writeFileSync(join(folder, "out.ts"), "secret");
      writeFileSync(join(folder, "in", "notes.txt"), "text");
      const url = (path: string): string => pathToFileURL(join(folder, path)).href;
      const files = createFileSource([url("in")]);
      assert.equal(files.read(url("in/a.ts"))?.text, "one");
      assert.equal(files.read(url("in/a.ts")), files.read(url("in/a.ts")), "read once");
      writeFileSync(join(folder, "in", "a.ts"), "two, later");
      assert.equal(files.read(url("in/a.ts"))?.text, "two, later");
      assert.equal(files.read(url("out.ts")), undefined);
      assert.equal(files.read(url("in/notes.txt")), undefined);
      assert.equal(files.read(url("in/none.ts")), undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
