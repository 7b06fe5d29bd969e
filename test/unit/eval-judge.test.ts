// Verdicts on single suggestions, and what they add up to.
import assert from "node:assert/strict";
import { mean, pairedBootstrap, quantile } from "../../src/cli/eval/bootstrap.js";
import { holedText, makeHole, middleOf, type Hole, type HoleKind } from "../../src/cli/eval/holes.js";
import { acceptedWords, editSimilarity, judge, levenshtein, nothingShown } from "../../src/cli/eval/judge.js";
import { precisionCoverage, summarize, type HoleResult } from "../../src/cli/eval/summary.js";

/** A hole where the text between the two bars is taken out. */
function hole(drawn: string, kind: HoleKind = "line"): Hole {
  const [before, middle, after] = drawn.split("|") as [string, string, string];
  const file = { project: "p", path: "a.ts", languageId: "typescript", text: before + middle + after };
  return makeHole(kind, file, before.length, before.length + middle.length);
}

const typed = (at: Hole, text: string, replaced = 0) => judge(at, { text, start: at.start, end: at.start + replaced });

describe("judge", () => {
  const line = hole("a();\nconst x = |read(1); |\nb();\n");

  it("forgives white space at the line's end and nothing else", () => {
    assert.deepEqual(typed(line, "read(1);"), { exact: true, exactHole: true, editSimilarity: 1, acceptedWords: 1 });
    assert.equal(typed(line, "read(1)").exact, false);
    assert.equal(typed(line, "read(2);").acceptedWords, 2 / 5);
  });

  it("looks at the first line of a long answer, and remembers that there was more", () => {
    const verdict = typed(line, "read(1);\nmore();");
    assert.equal(verdict.exact, true);
    assert.equal(verdict.exactHole, false);
    assert.equal(verdict.editSimilarity, 1);
  });

  it("counts an overwritten closing bracket as the one that was there", () => {
    const call = hole("f(|a, b|);\n", "node");
    assert.equal(typed(call, "a, b").exact, true);
    assert.equal(typed(call, "a, b);", 2).exact, true);
    assert.equal(typed(call, "a, b);", 2).exactHole, true);
    assert.equal(typed(call, "a, b);").exact, false);
  });

  it("wants all lines of a block for the whole hole, the first for the line", () => {
    const block = hole("function f() {\n|  one();\n  two();|\n}\n", "block");
    assert.deepEqual(typed(block, "  one();\n  two();"), { exact: true, exactHole: true, editSimilarity: 1, acceptedWords: 1 });
    const half = typed(block, "  one();");
    assert.equal(half.exact, true);
    assert.equal(half.exactHole, false);
    assert.equal(half.acceptedWords, 0.5);
  });

  it("sees text before the cursor that a suggestion writes anew", () => {
    assert.equal(judge(line, { text: "x = read(1);", start: line.start - 4, end: line.start }).exact, true);
    assert.equal(judge(line, { text: "y = read(1);", start: line.start - 4, end: line.start }).exact, false);
  });
});

describe("figures", () => {
  it("measures distance", () => {
    assert.equal(levenshtein("kitten", "sitting"), 3);
    assert.equal(editSimilarity("abcd", "abxd"), 0.75);
    assert.equal(editSimilarity("", ""), 1);
    assert.equal(acceptedWords("a.b(c)", "a.b(d)"), 4 / 6);
  });

  it("takes quantiles by nearest rank", () => {
    assert.equal(quantile([1, 2, 3, 4], 0.5), 2);
    assert.equal(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9), 9);
    assert.equal(quantile([], 0.5), 0);
    assert.equal(mean([]), 0);
  });

  it("finds a difference that is there, and none where there is none", () => {
    const a = Array.from({ length: 400 }, (_, i) => Number(i % 5 === 0));
    const better = Array.from({ length: 400 }, (_, i) => Number(i % 5 === 0 || i % 7 === 0));
    const interval = pairedBootstrap(a, better);
    assert.ok(interval.low > 0 && interval.low < interval.difference && interval.difference < interval.high);
    assert.deepEqual(pairedBootstrap(a, better), interval, "the same seed gives the same interval");
    assert.deepEqual(pairedBootstrap(a, a), { difference: 0, low: 0, high: 0 });
    const shifted = a.map((_, i) => a[(i + 1) % a.length]!);
    const none = pairedBootstrap(a, shifted);
    assert.ok(none.low < 0 && none.high > 0);
    assert.throws(() => pairedBootstrap([1], []));
  });

  const result = (more: Partial<HoleResult>): HoleResult => ({
    ...nothingShown, id: "h", kind: "line", needsMore: false, languageId: "python", project: "p", reason: "shown", shown: true, text: "x", middle: "x",
    ms: 10, promptTokens: 100, generatedTokens: 5, bytes: 10, ...more,
  });

  it("counts what was not shown as not exact, and leaves it out of the precision", () => {
    const summary = summarize([
      result({ exact: true, parses: true, bits: 20, ms: 30 }), result({ parses: false, bits: 40 }),
      result({ shown: false, reason: "low-confidence" }), result({ shown: false, reason: "repetition" }),
    ]);
    assert.equal(summary.exact, 0.25);
    assert.equal(summary.shown, 0.5);
    assert.equal(summary.precision, 0.5);
    assert.equal(summary.parses, 0.5);
    assert.equal(summary.bitsPerByte, 3);
    assert.deepEqual(summary.ms, { p50: 10, p90: 30 });
    assert.equal(summary.passAt1, undefined);
  });

  it("draws precision against coverage", () => {
    const results = [
      ...[0.9, 0.8].map((confidence) => result({ confidence, exact: true })),
      ...[0.3, 0.2].map((confidence) => result({ confidence, shown: false, unfiltered: "y", rawExact: false })),
      result({ shown: false, reason: "inside-identifier" }),
    ];
    assert.deepEqual(precisionCoverage(results, 5), [
      { threshold: 0.9, coverage: 0.2, precision: 1 }, { threshold: 0.8, coverage: 0.4, precision: 1 },
      { threshold: 0.3, coverage: 0.6, precision: 2 / 3 }, { threshold: 0.2, coverage: 0.8, precision: 0.5 },
    ]);
  });

  it("takes out what it says it takes out", () => {
    const one = hole("ab|cd|ef");
    assert.equal(middleOf(one), "cd");
    assert.equal(holedText(one), "abef");
  });
});
