// `inkling bench`, short: a few keys of one recorded session with a tiny model, and all of its figures are there.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readSession, textBefore } from "../../src/cli/bench/session.js";
import { usedBy } from "../../src/cli/bench/used.js";
import { Page } from "../../src/cli/bench/page.js";
import type { WorkerClient } from "../../src/cli/client.js";
import { writeTinyModel } from "../fixtures/gguf.js";
import { openBench, uri } from "./start.js";

const cli = resolve(__dirname, "../../dist/cli.js");
const sessions = resolve(__dirname, "../bench/sessions");

describe("inkling bench", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "inkling-bench-"));
  after(() => rmSync(folder, { recursive: true }));
  const bench = (...args: string[]): { code: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "bench", ...args], { encoding: "utf8" });
    return { code: status, out: stdout, err: stderr };
  };

  it("types, measures and tells all that it should, as JSON and as a picture", () => {
    const model = join(folder, "tiny.gguf");
    const picture = join(folder, "times.svg");
    writeTinyModel(model);
    const { code, out, err } = bench(join(sessions, "python.json"), "--model", model, "--keys", "12", "--pace", "0.2", "--rounds", "2", "--idle", "0", "--threads", "1", "--json", "--plot", picture);
    assert.equal(code, 0, err);
    const result = JSON.parse(out) as Record<string, unknown>;
    const wanted = ["model", "ms", "withoutModel", "reused", "evaluatedRatio", "afterAcceptMs", "cancelMs", "coldStartMs", "rssMb", "raw", "ratio"];
    assert.deepEqual(wanted.filter((name) => !(name in result)), []);
    assert.equal(result["model"], "inkling-tiny");
    assert.equal(result["keys"], 12);
    assert.ok((result["coldStartMs"] as number) > 0 && (result["rssMb"] as number) > 20);
    assert.ok((result["raw"] as { prefill: number }).prefill > 0);
    assert.match(readFileSync(picture, "utf8"), /^<svg [^]*<polyline [^]*<\/svg>\n$/);
  });

  it("explains a wrong call", () => {
    assert.deepEqual([bench("--keys", "none").code, bench("nowhere.json").code], [2, 1]);
    assert.match(bench("--keys", "none").err, /--keys needs a positive number/);
  });
});

describe("a worker that nobody types for", function () {
  this.timeout(30_000);
  const workers = openBench();
  after(() => workers.close());

  it("computes nothing", async () => {
    const worker = await workers.start();
    await worker.ready;
    worker.openDocument(uri, "typescript", "const value = \n");
    await worker.complete(uri, { line: 0, character: 14 });
    await delay(2500); // thinking ahead ends, and what JavaScript tidies up after work
    const before = await usedBy(worker);
    await delay(2000);
    const after = await usedBy(worker);
    assert.ok(after.cpuMs - before.cpuMs < 20, `${after.cpuMs - before.cpuMs} ms`); // two answers to the question itself, and no more
    assert.deepEqual([after.evaluated, after.generated], [before.evaluated, before.generated]);
  });
});

describe("a recorded session", () => {
  for (const name of readdirSync(sessions)) {
    it(`${name} types the file as it is, mistakes corrected`, () => {
      const session = readSession(join(sessions, name));
      const original = readFileSync(session.file, "utf8");
      const page = new Page("file:///a", original, textBefore(original, session.parts), session.parts[0]!, { changeDocument: () => undefined } as unknown as WorkerClient);
      for (const part of session.parts) {
        page.enter(part);
        for (const key of part.keys) {
          page.press(key);
          if (key.at !== undefined) assert.ok(page.text.startsWith(original.slice(0, part.start + key.at)), JSON.stringify(key));
        }
      }
      assert.equal(page.text, original);
    });
  }
});
