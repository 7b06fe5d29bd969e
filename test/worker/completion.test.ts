// The real worker and the real engine, as an editor meets them: start, status, completions, versions, reuse of the KV cache.
import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { openBench, uri, type Bench } from "./start.js";
import type { WorkerClient } from "../../src/cli/client.js";

const code = "export function half(total: number) {\n  const value = \n}\n";
const place = { line: 1, character: 16 };

describe("the worker", function () {
  this.timeout(20_000);
  let bench: Bench;
  let worker: WorkerClient;
  before(async () => {
    bench = openBench();
    worker = await bench.start();
    await worker.ready;
  });
  after(() => bench.close());
  afterEach(() => worker.closeDocument(uri));

  it("says what it has loaded", async () => {
    const model = await worker.ready;
    assert.equal(model.name, "inkling-tiny");
    assert.equal(model.contextLength, 2304);
    assert.equal(worker.status()?.state, "ready");
    assert.equal(await worker.ping(), true);
  });

  it("completes, with an explicit range and a full record", async () => {
    worker.openDocument(uri, "typescript", code);
    const { items, record } = await worker.complete(uri, place, { invoked: false });
    assert.deepEqual(items, [{ insertText: "value(1);", range: { start: place, end: place } }]);
    assert.equal(record.reason, "shown");
    assert.equal(record.model, "inkling-tiny");
    assert.ok(record.tokens.prompt > code.length && record.tokens.generated > 0);
    assert.ok(record.confidence! > 0.2 && record.confidence! <= 1, `confidence ${record.confidence}`); // of ten tokens together
    assert.ok(record.timings.prefillMs > 0 && record.timings.totalMs >= record.timings.prefillMs);
  });

  it("evaluates only what was typed", async () => {
    worker.openDocument(uri, "typescript", code.replace("half", "part")); // nothing that the cache has an answer for
    const first = await worker.complete(uri, place);
    worker.changeDocument(uri, "z", { start: place, end: place });
    const { record } = await worker.complete(uri, { ...place, character: place.character + 1 });
    assert.ok(first.record.tokens.prompt > 60);
    assert.ok(record.tokens.reused >= record.tokens.prompt - 8, JSON.stringify(record.tokens));
  });

  it("answers a suggestion that is being typed without the model", async () => {
    worker.openDocument(uri, "typescript", code);
    await worker.complete(uri, place);
    worker.changeDocument(uri, "val", { start: place, end: place });
    const { items, record } = await worker.complete(uri, { ...place, character: place.character + 3 });
    assert.equal(items[0]?.insertText, "ue(1);");
    assert.equal(record.tokens.prompt, 0);
  });

  it("says why, also where it answered from memory before", async () => {
    const file = "const limit = 3;\nconst value = \n";
    worker.openDocument(uri, "typescript", file);
    const ask = (explain: boolean) => worker.complete(uri, { line: 1, character: 14 }, { invoked: false, explain });
    await ask(false);
    assert.equal((await ask(false)).record.origin, "cache");
    const { record } = await ask(true);
    assert.equal(record.origin, "model");
    assert.equal(record.parts?.reduce((sum, { tokens }) => sum + tokens, 0), record.tokens.prompt);
    assert.deepEqual(record.place, { languageId: "typescript", chars: file.length, before: 14, after: 0, open: 0, lines: 1 });
    assert.doesNotMatch(JSON.stringify(record), /limit/);
  });

  it("calls a request stale whose document has moved on", async () => {
    worker.openDocument(uri, "typescript", code);
    worker.changeDocument(uri, " ", { start: place, end: place });
    const { items, record } = await worker.complete(uri, place, { version: 1 });
    assert.deepEqual([items, record.reason], [[], "stale"]);
  });

  it("waits for a change that the request has overtaken", async () => {
    worker.openDocument(uri, "typescript", "const a = \n");
    const early = worker.complete(uri, place, { version: 2 });
    worker.changeDocument(uri, code);
    assert.equal((await early).record.reason, "shown");
  });

  it("does not wait for ever", async () => {
    worker.openDocument(uri, "typescript", code);
    assert.equal((await worker.complete(uri, place, { version: 9 })).record.reason, "stale");
  });

  it("does not know documents that nobody opened", async () => {
    assert.equal((await worker.complete("file:///nobody.ts", place)).record.reason, "unknown-document");
  });

  it("scores a text: nothing to learn from the answer it would give, much from another", async () => {
    worker.openDocument(uri, "typescript", code);
    const likely = await worker.score(uri, place, "value(1);");
    const unlikely = await worker.score(uri, place, "eulav(1);");
    assert.ok(likely && unlikely && likely.bits < 0.01 && unlikely.bits > 20, JSON.stringify({ likely, unlikely }));
    assert.equal(likely.tokens, 9);
  });

  it("takes little memory", function () {
    if (process.platform !== "linux") return this.skip();
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${worker.pid}/status`, "utf8"))!;
    assert.ok(Number(kilobytes) < 200 * 1024, `${kilobytes} kB`);
  });
});

describe("a worker whose model writes begun words again", function () {
  this.timeout(20_000);
  const bench = openBench();
  after(() => bench.close());

  it("shows what is missing of the word, and asks with the same prompt whatever is typed of it", async () => {
    const worker = await bench.start({ ngram: false, healing: true, unfiltered: true });
    await worker.ready;
    const ask = async (begun: string) => {
      worker.openDocument(uri, "typescript", `const half = total.${begun}\n`);
      const { items, record } = await worker.complete(uri, { line: 0, character: 19 + begun.length });
      worker.closeDocument(uri);
      return { text: items[0]?.insertText, tokens: record.tokens };
    };
    assert.equal((await ask("va")).text, "lue(1);");
    const { text, tokens } = await ask("val");
    assert.deepEqual([text, tokens.reused], ["ue(1);", tokens.prompt - 1]);
  });
});

describe("a worker that is still loading", function () {
  this.timeout(20_000);
  const bench = openBench();
  after(() => bench.close());

  it("answers a key at once, and a wish when it can", async () => {
    const worker = await bench.start();
    worker.openDocument(uri, "typescript", code);
    const started = performance.now();
    const byKey = worker.complete(uri, place, { invoked: false });
    assert.deepEqual((await byKey).record.reason, "model-loading");
    assert.ok(performance.now() - started < 500);
    const { items } = await worker.complete(uri, place, { invoked: true });
    assert.equal(items[0]?.insertText, "value(1);");
  });
});

describe("a worker without a model that it could load", function () {
  this.timeout(20_000);
  const bench = openBench();
  after(() => bench.close());

  const bad = (content: string | Buffer): string => {
    const file = bench.model();
    writeFileSync(file, content);
    return file;
  };
  const cases: [what: string, file: () => string, says: RegExp][] = [
    ["is missing", () => "/nowhere/model.gguf", /does not exist/],
    ["is empty", () => bad(""), /is empty/],
    ["is cut off", () => bad(readFileSync(bench.model()).subarray(0, 500_000)), /cut off/],
    ["is something else", () => bad("<html>"), /not a GGUF/],
    ["knows no fill-in-the-middle", () => bench.model({ fim: false }), /fill-in-the-middle/],
  ];
  for (const [what, file, says] of cases) {
    it(`stays alive and says so when the file ${what}`, async () => {
      const worker = await bench.start({ modelFile: file() });
      await assert.rejects(worker.ready, says);
      worker.openDocument(uri, "typescript", code);
      assert.equal((await worker.complete(uri, place)).record.reason, "no-model");
      assert.equal(await worker.ping(), true);
    });
  }
});
