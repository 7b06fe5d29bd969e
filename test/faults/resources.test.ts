// What a machine can run out of, and what can happen to a model's file under a running worker: it costs an answer or a restart, says what it was,
// and nothing else.
import { strict as assert } from "node:assert";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, renameSync, truncateSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { privateMemory, proportionalMemory } from "../../scripts/soak/samples.js";
import { temporaryFolder } from "../../scripts/vscode/temporary.js";
import { tinyModel, writeTinyModel } from "../fixtures/gguf.js";
import { openBench } from "../worker/start.js";
import { openWire, type Wire } from "../worker/wire.js";
import { workday } from "../worker/workday.js";

const NANO = resolve(__dirname, "../../models/inkling-nano.gguf");
const FURTHER_WINDOW = 60e6;
const uri = "file:///a.ts";

describe("faults: resources and files", function () {
  this.timeout(180_000);
  before(function () { if (process.platform !== "linux") this.skip(); });
  const bench = openBench();
  const wires: Wire[] = [];
  const open = (...options: Parameters<typeof openWire>): Wire => {
    const wire = openWire(...options);
    wires.push(wire);
    return wire;
  };
  afterEach(async () => { await Promise.all(wires.splice(0).map((wire) => wire.close())); });
  after(() => bench.close());

  const complete = async (wire: Wire, text = "const a = \n"): Promise<unknown> => {
    wire.notify("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version: 1, text } });
    const { result } = await wire.ask("textDocument/inlineCompletion", { textDocument: { uri }, position: { line: 0, character: 10 }, context: { triggerKind: 1 } }, 60_000);
    wire.notify("textDocument/didClose", { textDocument: { uri } });
    return (result as { items: { insertText: string }[] }).items[0]?.insertText;
  };

  it("four windows share the model: what a further one costs", async () => {
    const windows = [];
    for (let i = 0; i < 4; i += 1) {
      const wire = open();
      await wire.start({ modelFile: NANO });
      await complete(wire);
      windows.push(wire.child.pid!);
    }
    const [first, ...further] = windows.map((pid) => proportionalMemory(pid));
    const own = windows.map((pid) => privateMemory(pid));
    const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
    console.log(`      PSS ${[first!, ...further].map(megabytes).join(", ")}; private ${own.map(megabytes).join(", ")}`);
    const over = further.map((bytes) => bytes - own[0]!);
    assert.ok(over.every((bytes) => bytes <= FURTHER_WINDOW), `a further window costs ${over.map(megabytes).join(", ")} more than the first one's private part`);
  });

  it("a model file replaced by another one: the running worker keeps its own", async () => {
    const file = join(temporaryFolder("replaced"), "model.gguf");
    writeTinyModel(file);
    const wire = open();
    await wire.start({ modelFile: file });
    assert.equal(await complete(wire), "value(1);");
    const other = `${file}.new`;
    writeTinyModel(other, { answer: "other(2);" });
    renameSync(other, file);
    assert.equal(await complete(wire, "const b = \n"), "value(1);");
    await wire.close();
    const next = open();
    await next.start({ modelFile: file });
    assert.equal(await complete(next), "other(2);");
  });

  it("a model file cut off under the worker costs that worker at most, and the next one says what is wrong", async () => {
    const file = join(temporaryFolder("cut"), "model.gguf");
    writeTinyModel(file, { feedForward: 4096 });
    const wire = open();
    await wire.start({ modelFile: file });
    truncateSync(file, 4096);
    const outcome = await Promise.race([complete(wire, "const c = \n").catch((error: unknown) => String(error)), wire.exited]);
    console.log(`      ${String(outcome).slice(0, 80)}`);
    const next = open();
    const status = await next.start({ modelFile: file });
    assert.equal(status.state, "problem");
    assert.match(JSON.stringify(status), /cut off/);
  });

  it("too little memory for the model: said, or the worker ends; the next one with a smaller model answers", async () => {
    const file = join(temporaryFolder("large"), "model.gguf");
    writeTinyModel(file, { layers: 2, feedForward: 60_000 });
    const limited = open({ under: ["prlimit", "--as=12000000000", "--data=150000000"] });
    const outcome = await limited.start({ modelFile: file }, 60_000).then((status) => status.state, (error: unknown) => String(error));
    console.log(`      ${outcome.slice(0, 100)}`);
    assert.notEqual(outcome, "loading");
    const next = open();
    await next.start({ modelFile: bench.model() });
    assert.equal(await complete(next), "value(1);");
  });

  it("a full disk is nothing to a worker that writes nothing", async function () {
    if (process.getuid?.() !== 0) return this.skip(); // takes a mount
    const full = temporaryFolder("full");
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", full]).status !== 0) return this.skip();
    try {
      spawnSync("dd", ["if=/dev/zero", `of=${join(full, "filler")}`, "bs=4k"], { stdio: "ignore" });
      const wire = open({ env: { TMPDIR: full, HOME: full } });
      await wire.start({ modelFile: bench.model() });
      assert.ok((await workday(wire)).answered.completion >= 4);
      await wire.close();
      assert.doesNotMatch(wire.stderr(), /ENOSPC/);
    } finally {
      execFileSync("umount", [full]);
    }
  });

  it("a paste of 10,000 lines: pings are answered, and so is the next key", async () => {
    const wire = open();
    await wire.start({ modelFile: bench.model() });
    wire.notify("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version: 1, text: "const a = 1;\n" } });
    const start = { line: 1, character: 0 };
    wire.notify("textDocument/didChange", { textDocument: { uri, version: 2 }, contentChanges: [{ range: { start, end: start }, text: "let pasted = call(1, 2);\n".repeat(10_000) }] });
    const begun = performance.now();
    await wire.ask("inkling/ping", undefined, 20_000);
    const { result } = await wire.ask("textDocument/inlineCompletion", { textDocument: { uri }, position: { line: 10_001, character: 0 }, context: { triggerKind: 1 } }, 20_000);
    console.log(`      ${Math.round(performance.now() - begun)} ms: ${(result as { record: { reason: string } }).record.reason}`);
  });

  it("models changed over and over: each start serves its own, nothing is left", async () => {
    const pids: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const file = join(temporaryFolder("switch"), "model.gguf");
      writeTinyModel(file, { answer: `pick(${i});` });
      const wire = open();
      pids.push(wire.child.pid!);
      const started = wire.start({ modelFile: file });
      if (i % 2 === 1) { // taken back before it is there
        await delay(30);
        await wire.close();
        await started.catch(() => undefined);
      } else {
        await started;
        assert.equal(await complete(wire), `pick(${i});`);
        await wire.close();
      }
    }
    assert.deepEqual(pids.filter((pid) => { try { return process.kill(pid, 0); } catch { return false; } }), []);
  });

  it("a damaged model ends in a sentence or in the worker's end, never in a hang", async () => {
    const folder = temporaryFolder("damaged");
    mkdirSync(folder, { recursive: true });
    const good = tinyModel();
    for (const at of [8, 40, 400, 9000]) {
      const file = join(folder, `damaged-${at}.gguf`);
      copyFileSync(bench.model(), file);
      const bytes = Buffer.from(good);
      bytes.fill(0xff, at, at + 8);
      execFileSync("tee", [file], { input: bytes, stdio: ["pipe", "ignore", "inherit"] });
      assert.equal(readFileSync(file).length, good.length);
      const wire = open();
      const outcome = await wire.start({ modelFile: file }, 60_000).then((status) => status.state, (error: unknown) => String(error).slice(0, 60));
      console.log(`      byte ${at}: ${outcome}`);
      assert.doesNotMatch(outcome, /in time/);
    }
  });
});
