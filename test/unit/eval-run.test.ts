// The command's arguments, programs that are executed, and whole evaluations with an answerer that needs no model.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Answerer } from "../../src/cli/eval/answer.js";
import { networkCanBeCut, runsThrough } from "../../src/cli/eval/execute.js";
import { infillingHoles, programWith, runTests } from "../../src/cli/eval/infilling.js";
import { parseEvalOptions } from "../../src/cli/eval/options.js";
import { compare, printTables, toJson, type ArmResults } from "../../src/cli/eval/report.js";
import { answerAll } from "../../src/cli/eval/run-holes.js";
import { middleOf } from "../../src/cli/eval/holes.js";
import { readInfilling } from "../../src/cli/eval/suites.js";
import { UsageError } from "../../src/cli/usage.js";

const root = resolve(__dirname, "../..");
const grammars = { withTree: <T>(_file: object, use: (tree: undefined) => T): T => use(undefined), countErrors: () => undefined };
const alone = { grammars, window: 512, neighboursOf: () => [], progress: () => undefined };

/** Knows the truth for every second hole, and is wrong or silent at the others. */
function oracle(wrong: "wrong" | "silent"): Answerer {
  let turn = 0;
  return {
    name: "oracle",
    answer: (hole) => {
      const right = turn++ % 2 === 0;
      const text = right ? middleOf(hole) : "    raise KeyError(1)";
      const shown = right || wrong === "wrong";
      return Promise.resolve({
        reason: shown ? "shown" : "low-confidence", ms: 1, promptTokens: 10, generatedTokens: 3, confidence: right ? 0.9 : 0.1, unfiltered: text,
        ...(shown && { suggestion: { text, start: hole.start, end: hole.start } }),
      });
    },
    close: () => Promise.resolve(),
  };
}

describe("arguments of inkling eval", () => {
  it("make arms that differ from the first in what was asked for", () => {
    const { arms } = parseEvalOptions(["--model", "a.gguf", "--model", "b.gguf", "--budget", "512", "--against", "context=raw,budget=256"], "default.gguf");
    assert.deepEqual(arms.map((arm) => arm.options), [
      { modelFile: resolve("a.gguf"), announceInlineCompletion: false, budget: 512 },
      { modelFile: resolve("b.gguf"), announceInlineCompletion: false, budget: 512 },
      { modelFile: resolve("a.gguf"), announceInlineCompletion: false, budget: 256, context: "raw" },
    ]);
    assert.deepEqual(arms.map((arm) => arm.name), ["a.gguf budget=512", "b.gguf", "context=raw budget=256"]);
  });

  it("have defaults", () => {
    const options = parseEvalOptions([], "default.gguf");
    assert.equal(options.suite, "holdout");
    assert.equal(options.arms[0]!.options.modelFile, resolve("default.gguf"));
    assert.equal(parseEvalOptions(["some/folder", "--limit", "5"], "").suite, "folder");
  });

  it("are refused with a sentence when they mean nothing", () => {
    for (const wrong of [["--suite", "x"], ["--holes", "many"], ["--kinds", "word"], ["--against", "raw"], ["--context", "big"], ["--what"]]) {
      assert.throws(() => parseEvalOptions(wrong, ""), UsageError, wrong.join(" "));
    }
  });
});

describe("execution", function () {
  this.timeout(30_000);

  it("tells a program that gets to its end from one that does not", async () => {
    assert.equal(await runsThrough("assert 1 + 1 == 2"), true);
    assert.equal(await runsThrough("assert 1 + 1 == 3"), false);
    assert.equal(await runsThrough("import sys; sys.exit(0)"), false, "leaving early is no success");
    assert.equal(await runsThrough("def f(:"), false);
  });

  it("ends what takes too long or too much", async () => {
    const started = Date.now();
    assert.equal(await runsThrough("while True: pass", { timeMs: 700, memory: 1 << 30 }), false);
    assert.ok(Date.now() - started < 5000);
    assert.equal(await runsThrough("import time; time.sleep(60)", { timeMs: 700, memory: 1 << 30 }), false);
    assert.equal(await runsThrough("x = bytearray(800 << 20)", { timeMs: 5000, memory: 512 << 20 }), false);
  });

  it("has no network", async function () {
    if (!networkCanBeCut()) this.skip();
    const listen = `import socket\ns = socket.socket()\ns.settimeout(1)\n`;
    assert.equal(await runsThrough(`${listen}try:\n  s.connect(("127.0.0.1", 9))\n  raise SystemExit(1)\nexcept OSError as e:\n  assert e.errno == 101, e`), true);
  });
});

describe("a whole evaluation", function () {
  this.timeout(60_000);

  it("passes the tests of HumanEval-Infilling with the true lines, and only with them", async () => {
    const problems = infillingHoles(readInfilling(root), 12, 1);
    const results = await runTests(problems, await answerAll(oracle("wrong"), problems.map(({ hole }) => hole), alone));
    assert.deepEqual(results.map((result) => result.exact), results.map((_, i) => i % 2 === 0));
    assert.deepEqual(results.map((result) => result.passed), results.map((_, i) => i % 2 === 0));
  });

  it("runs what the filters dropped as well, and counts it apart", async () => {
    const problems = infillingHoles(readInfilling(root), 4, 1);
    const results = await runTests(problems, await answerAll(oracle("silent"), problems.map(({ hole }) => hole), alone));
    assert.deepEqual(results.map((result) => [result.shown, result.passed]), [[true, true], [false, false], [true, true], [false, false]]);
    const dropped = results.map((result) => ({ ...result, shown: false, text: "", unfiltered: result.middle }));
    assert.deepEqual((await runTests(problems, dropped)).map((result) => [result.passed, result.rawPassed]), Array(4).fill([false, true]));
  });

  it("cuts a long suggestion after its first line", () => {
    const { problem } = infillingHoles(readInfilling(root), 1, 1)[0]!;
    assert.equal(programWith(problem, "a\nb"), programWith(problem, "a"));
  });

  it("has all 1,033 problems, each a line between others", () => {
    const all = infillingHoles(readInfilling(root), undefined, 1);
    assert.equal(all.length, 1033);
    for (const { hole } of all) assert.equal(middleOf(hole).includes("\n"), false);
  });

  it("reports figures, differences and the curve", async () => {
    const holes = infillingHoles(readInfilling(root), 40, 1).map(({ hole }) => hole);
    const arm = async (name: string, answerer: Answerer): Promise<ArmResults> =>
      ({ name, model: answerer.name, context: "compact", budget: null, results: await answerAll(answerer, holes, alone) });
    const [wrong, silent] = [await arm("wrong", oracle("wrong")), await arm("silent", oracle("silent"))];
    const report = toJson("some-suite", 1, [wrong, silent], silent) as Record<string, unknown> & { against: { difference: unknown }[] };
    assert.equal(report["exact"], 0.5);
    assert.equal(report["precision"], 0.5);
    assert.equal(report["shown"], 1);
    assert.deepEqual(report.against[0]!.difference, compare(wrong, silent));
    assert.deepEqual(compare(wrong, silent).exact, { difference: 0, low: 0, high: 0 });
    for (const key of ["suite", "model", "context", "budget", "holes", "exact", "editSimilarity", "shown", "precision", "ms", "baseline"]) assert.ok(key in report, key);
    const text = printTables("some-suite", 1, [wrong, silent], silent);
    assert.match(text, /wrong +40 +50\.0 %/);
    assert.match(text, /coverage +10\.0 %/);
    assert.match(text, /low-confidence 20/);
  });
});
