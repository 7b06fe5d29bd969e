// What the status item says about each combination of facts.
import { strict as assert } from "node:assert";
import type { CompletionRecord } from "../../src/protocol/completion.js";
import type { ModelProblem, ModelSummary } from "../../src/protocol/worker.js";
import { answered, type Facts, initialFacts, statusOf } from "../../src/extension/state.js";

const model: ModelSummary = { name: "nano", file: "/m/nano.gguf", contextLength: 2048, loadMs: 321 };
const problem: ModelProblem = { code: "empty", file: "/m/nano.gguf", message: "/m/nano.gguf is empty." };
const last: CompletionRecord = {
  reason: "no-suggestion", model: "nano",
  timings: { totalMs: 10, contextMs: 1, prefillMs: 4, decodeMs: 5 }, tokens: { prompt: 9, reused: 3, generated: 1 },
};
const facts = (changes: Partial<Facts>): Facts => ({ ...initialFacts, ...changes });

describe("status", () => {
  it("is idle before anything has started", () => {
    assert.deepEqual(statusOf(initialFacts), { kind: "idle" });
  });

  it("is loading from the start of the process to the end of loading", () => {
    assert.deepEqual(statusOf(facts({ worker: { kind: "starting" } })), { kind: "loading", model: undefined });
    assert.deepEqual(statusOf(facts({ worker: { kind: "running", status: { state: "loading", model: "nano" } } })), { kind: "loading", model: "nano" });
  });

  it("is busy while a request is pending, else ready, and remembers how the last one ended", () => {
    const worker = { kind: "running", status: { state: "ready", model } } as const;
    assert.deepEqual(statusOf(facts({ worker, last })), { kind: "ready", model, last, speed: undefined });
    assert.deepEqual(statusOf(facts({ worker, last, pending: 2 })), { kind: "busy", model, last, speed: undefined });
  });

  it("names the model's problem even while requests are pending", () => {
    const worker = { kind: "running", status: { state: "problem", problem } } as const;
    assert.deepEqual(statusOf(facts({ worker, pending: 1 })), { kind: "problem", problem: { kind: "model", problem } });
  });

  it("is a problem after too many crashes", () => {
    assert.deepEqual(statusOf(facts({ worker: { kind: "gave-up", crashes: 5 } })), { kind: "problem", problem: { kind: "crashes", crashes: 5 } });
  });

  it("is off where the setting says so, whatever the worker does", () => {
    const enablement = { kind: "off-here", languageId: "markdown" } as const;
    assert.deepEqual(statusOf(facts({ enablement, worker: { kind: "gave-up", crashes: 5 } })), { kind: "off", enablement });
  });

  it("is snoozed where a person asked for it, unless it is off anyway", () => {
    const snooze = { until: 5 };
    assert.deepEqual(statusOf(facts({ snooze, worker: { kind: "gave-up", crashes: 5 } })), { kind: "snoozed", snooze });
    assert.equal(statusOf(facts({ snooze, enablement: { kind: "off-everywhere" } })).kind, "off");
  });

  it("has the usual speed of recent answers; short ones say nothing about it", () => {
    const worker = { kind: "running", status: { state: "ready", model } } as const;
    const said = (generated: number, decodeMs: number): CompletionRecord => ({ ...last, origin: "model", tokens: { prompt: 9, reused: 3, generated }, timings: { ...last.timings, decodeMs } });
    let now = facts({ worker, pending: 9 });
    for (const record of [said(11, 100), said(11, 50), said(11, 1000), said(2, 1), said(1, 0)]) now = { ...now, ...answered(now, record) };
    const status = statusOf(now);
    assert.ok(status.kind === "busy");
    assert.equal(status.speed, 100);
    assert.equal(answered(now, { ...said(11, 0.1), origin: "adopted" }).rates, now.rates, "it was decoded for the request before");
    assert.equal(now.pending, 4);
    for (let i = 0; i < 20; i++) now = { ...now, ...answered(now, said(11, 20)) };
    assert.equal(now.rates.length, 15);
    assert.deepEqual(answered(facts({}), undefined), { pending: 0 });
  });
});
