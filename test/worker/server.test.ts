// A model server in the place of the model: what is asked, what comes of it, and every way for it to fail. The worker is the real one and has
// no network; what it wants to ask goes through its client, as in VS Code. test/server does the same with llama.cpp's own server.
import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { startWorker, type StartOptions, type WorkerClient } from "../../src/cli/client.js";
import { chooseServer } from "../../src/extension/server/address.js";
import { relay } from "../../src/extension/server/relay.js";
import { startFakeServer, type FakeServer } from "../fixtures/model-server.js";

const URI = "file:///project/sum.ts";
const TEXT = "export function sum(x: number, y: number): number {\n  return \n}\n";
const CURSOR = { line: 1, character: 9 };

describe("a model server", function () {
  this.timeout(60_000);
  const workers: WorkerClient[] = [];
  const servers: FakeServer[] = [];
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
    await Promise.all(servers.splice(0).map((server) => server.close().catch(() => undefined)));
  });

  async function fake(options: Parameters<typeof startFakeServer>[0]): Promise<FakeServer> {
    const server = await startFakeServer(options);
    servers.push(server);
    return server;
  }

  async function workerFor(url: string, model = "", text = TEXT): Promise<WorkerClient> {
    const choice = chooseServer({ url, model });
    assert.ok(choice.kind === "server");
    const options: StartOptions = {
      modelFile: "/nowhere.gguf", server: { address: choice.address, model: choice.model },
      relay: (request, onPart, signal) => relay(choice.url, request, onPart, signal),
    };
    const worker = await startWorker(options);
    workers.push(worker);
    worker.openDocument(URI, "typescript", text);
    return worker;
  }

  it("llama.cpp: completes through /infill, with the model's probabilities", async () => {
    const server = await fake({ api: "llama.cpp" });
    const worker = await workerFor(server.url);
    const summary = await worker.ready;
    assert.equal(summary.server, new URL(server.url).host);
    assert.equal(summary.name, "team-coder");
    const { items, record } = await worker.complete(URI, CURSOR);
    assert.equal(items[0]?.insertText, "x + y;");
    assert.ok(Math.abs(record.confidence! - Math.exp(-0.4)) < 0.01, String(record.confidence)); // of four tokens together
    const { path, body } = server.asked.at(-1)!;
    assert.equal(path, "/infill");
    assert.match(body["input_prefix"] as string, /number \{\n {2}return $/);
    assert.match(body["input_suffix"] as string, /^\n\}/);
  });

  it("OpenAI-compatible: writes the family's markers, and keeps text that spells one from being one", async () => {
    const server = await fake({ api: "openai", models: ["other", "Qwen/Qwen2.5-Coder-1.5B"] });
    const worker = await workerFor(server.url, "Qwen/Qwen2.5-Coder-1.5B", `// <|fim_suffix|>\n${TEXT}`);
    await worker.ready;
    const { items } = await worker.complete(URI, { line: 2, character: 9 });
    assert.equal(items[0]?.insertText, "x + y;");
    const { path, body } = server.asked.at(-1)!;
    assert.equal(path, "/v1/completions");
    assert.match(body["prompt"] as string, /^<\|fim_prefix\|>.*\/\/ < \|fim_suffix\|>.*return <\|fim_suffix\|>\n\}\n<\|fim_middle\|>$/s);
    assert.equal((body["prompt"] as string).split("<|fim_suffix|>").length, 2);
  });

  it("OpenAI-compatible: gives prefix and suffix for a model of an unknown family", async () => {
    const server = await fake({ api: "openai" });
    const worker = await workerFor(server.url);
    await worker.ready;
    await worker.complete(URI, CURSOR);
    const { body } = server.asked.at(-1)!;
    assert.equal(body["model"], "team-coder");
    assert.match(body["prompt"] as string, /return $/);
    assert.match(body["suffix"] as string, /^\n\}/);
  });

  it("stops the server when the request is taken back", async () => {
    const server = await fake({ api: "llama.cpp", tokens: Array.from({ length: 400 }, (_, i) => ` + v${i}`), delayMs: 20 });
    const worker = await workerFor(server.url);
    await worker.ready;
    const infills = (): number => server.asked.filter(({ path }) => path === "/infill").length;
    await settled(() => server.aborted > 0 && server.aborted === infills()); // the warm-up takes a few tokens and goes
    const before = infills();
    const controller = new AbortController();
    const completion = worker.complete(URI, CURSOR, { signal: controller.signal });
    await settled(() => infills() > before);
    controller.abort();
    await assert.rejects(completion);
    await settled(() => server.aborted === infills());
  });

  it("says that the server is gone, and notices when it is back", async () => {
    const server = await fake({ api: "llama.cpp" });
    const worker = await workerFor(server.url);
    await worker.ready;
    await server.close();
    const { items, record } = await worker.complete(URI, CURSOR);
    assert.deepEqual([items.length, record.reason], [0, "engine-error"]);
    await settled(() => worker.status()?.state === "problem");
    const status = worker.status();
    assert.ok(status?.state === "problem");
    assert.match(status.problem.message, /^127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\): start the server, or empty inkling\.server\.$/);
    assert.equal((await worker.complete(URI, CURSOR)).record.reason, "no-model");
    await fake({ api: "llama.cpp", port: server.port, tokens: ["y", ";"] });
    await settled(() => worker.status()?.state === "ready");
    assert.equal((await worker.complete(URI, CURSOR)).items[0]?.insertText, "y;");
  });

  it("names the models there are when the chosen one is not among them", async () => {
    const server = await fake({ api: "openai", models: ["a-coder", "b-coder"] });
    const worker = await workerFor(server.url, "c-coder");
    await assert.rejects(worker.ready, /^Error: 127\.0\.0\.1:\d+ has no model c-coder; inkling\.server\.model can be a-coder, b-coder\.$/);
  });

  it("is no server of ours when it names no models", async () => {
    const server = await fake({ api: "openai", models: [] });
    await assert.rejects((await workerFor(server.url)).ready, /names no models/);
  });

  it("is not asked when it is another machine that nobody allowed", async () => {
    const asked: unknown[] = [];
    const choice = chooseServer({ url: "http://192.0.2.7:8080" });
    assert.ok(choice.kind === "refused");
    const worker = await startWorker({
      modelFile: "/nowhere.gguf", server: { address: choice.address, model: "", refused: choice.reason },
      relay: (request) => {
        asked.push(request);
        return Promise.resolve({ kind: "unreachable", message: "must not be asked" });
      },
    });
    workers.push(worker);
    await assert.rejects(worker.ready, /192\.0\.2\.7:8080 is not this machine: it gets code only if inkling\.server\.allowHost is "192\.0\.2\.7"/);
    worker.openDocument(URI, "typescript", TEXT);
    assert.equal((await worker.complete(URI, CURSOR)).record.reason, "no-model");
    assert.deepEqual(asked, []);
  });
});

async function settled(isSo: () => boolean): Promise<void> {
  const limit = performance.now() + 20_000;
  while (!isSo()) {
    assert.ok(performance.now() < limit, isSo.toString());
    await delay(20);
  }
}
