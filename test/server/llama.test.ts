// A real model server, llama.cpp's own (from the PyPI package xllamacpp), with the embedded model: the whole way from the worker through the
// relay to it and back. Not in `npm test`, because it fetches 34 MB: `npm run test:server`, which needs Python 3.10 or newer.
import { strict as assert } from "node:assert";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startWorker, type WorkerClient } from "../../src/cli/client.js";
import { chooseServer } from "../../src/extension/server/address.js";
import { relay } from "../../src/extension/server/relay.js";

const ROOT = resolve(__dirname, "../..");
const VENV = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "inkling", "xllamacpp-2026.10.11549");
const PYTHON = join(VENV, "bin/python");
const URI = "file:///project/vector.ts";
const TEXT = "export class Vector {\n  constructor(readonly x: number, readonly y: number) {}\n\n  minus(other: Vector): Vector {\n    return new \n  }\n}\n";
const CURSOR = { line: 4, character: 15 };

describe("llama.cpp's server", function () {
  this.timeout(180_000);
  let port: number;
  let server: ChildProcess;
  const workers: WorkerClient[] = [];

  before(async () => {
    if (!existsSync(PYTHON)) {
      execFileSync("python3", ["-m", "venv", VENV], { stdio: "inherit" });
      execFileSync(PYTHON, ["-m", "pip", "install", "--quiet", "--only-binary=:all:", "xllamacpp==2026.10.11549"], { stdio: "inherit" });
    }
    port = await freePort();
    server = await start();
  });
  afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.close())));
  after(() => end(server));

  async function start(): Promise<ChildProcess> {
    const child = spawn(PYTHON, [join(ROOT, "test/server/llama.py"), join(ROOT, "models/inkling-nano.gguf"), String(port), "nano"], { stdio: ["ignore", "ignore", "ignore"] });
    const limit = performance.now() + 60_000;
    while (!await fetch(`http://127.0.0.1:${port}/health`).then(({ ok }) => ok, () => false)) {
      assert.ok(performance.now() < limit && child.exitCode === null, "the server does not start");
      await delay(100);
    }
    return child;
  }

  async function workerFor(model = "nano"): Promise<WorkerClient> {
    const choice = chooseServer({ url: `http://127.0.0.1:${port}`, model });
    assert.ok(choice.kind === "server");
    const worker = await startWorker({
      modelFile: "/nowhere.gguf", server: { address: choice.address, model },
      relay: (request, onPart, signal) => relay(choice.url, request, onPart, signal),
    });
    workers.push(worker);
    worker.openDocument(URI, "typescript", TEXT);
    return worker;
  }

  it("completes", async () => {
    const worker = await workerFor();
    const { name, loadMs, contextLength } = await worker.ready;
    const { items, record } = await worker.complete(URI, CURSOR);
    console.log(`      ${name}: ready after ${loadMs.toFixed(0)} ms, ${contextLength} tokens of context; ${JSON.stringify(items[0]?.insertText)} (${record.reason}), ` +
      `first token after ${record.timings.prefillMs.toFixed(0)} ms, ${record.tokens.generated} tokens in ${record.timings.decodeMs.toFixed(0)} ms, confidence ${record.confidence?.toFixed(2)}`);
    assert.equal(contextLength, 1024);
    assert.ok(record.tokens.generated > 0, record.reason);
    assert.ok(record.confidence! > 0 && record.confidence! < 1, "the probabilities are the server's");
  });

  it("converses", async () => {
    let text = "";
    const body = JSON.stringify({ messages: [{ role: "user", content: "hello" }], max_tokens: 4, stream: true });
    const outcome = await relay(new URL(`http://127.0.0.1:${port}`), { id: 1, path: "/v1/chat/completions", body }, (part) => text += part.text, new AbortController().signal);
    assert.deepEqual(outcome, { kind: "answered", status: 200 });
    assert.match(text, /^data: \{.*"chat\.completion\.chunk"/);
  });

  it("stops computing when the request is taken back", async () => {
    const controller = new AbortController();
    const body = JSON.stringify({ prompt: "const a = ", max_tokens: 900, stream: true, ignore_eos: true });
    let parts = 0;
    const asking = relay(new URL(`http://127.0.0.1:${port}`), { id: 1, path: "/v1/completions", body }, () => parts++, controller.signal);
    while (parts < 3) await delay(5);
    assert.equal(await isBusy(port), true);
    const aborted = performance.now();
    controller.abort();
    while (await isBusy(port)) await delay(5);
    console.log(`      the server is idle ${(performance.now() - aborted).toFixed(0)} ms after the cancellation, ${parts} of 900 tokens generated`);
    assert.equal((await asking).kind, "unreachable");
    assert.ok(parts < 800);
  });

  it("says that it is gone, and notices when it is back", async () => {
    const worker = await workerFor();
    await worker.ready;
    await end(server);
    assert.equal((await worker.complete(URI, CURSOR)).record.reason, "engine-error");
    const status = worker.status();
    assert.ok(status?.state === "problem" && /cannot be reached \(ECONNREFUSED\)/.test(status.problem.message), JSON.stringify(status));
    server = await start();
    const restarted = performance.now();
    while (worker.status()?.state !== "ready") {
      assert.ok(performance.now() - restarted < 60_000);
      await delay(50);
    }
    console.log(`      ${status.problem.message} Back ${((performance.now() - restarted) / 1000).toFixed(1)} s after its restart`);
    assert.notEqual((await worker.complete(URI, CURSOR)).record.reason, "engine-error");
  });

  it("has no model of another name", async () => {
    await assert.rejects((await workerFor("other-model")).ready, /has no model other-model; inkling\.server\.model can be nano/);
  });
});

async function isBusy(port: number): Promise<boolean> {
  const slots = await (await fetch(`http://127.0.0.1:${port}/slots`)).json() as { is_processing: boolean }[];
  return slots.some(({ is_processing }) => is_processing);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
