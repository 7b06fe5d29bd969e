// Duplicates and copies: what counts as the same file, and that a planted HumanEval solution is found.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { contamination, gramsOf, humanEvalPrograms, overlap, readExamined } from "../../models/training/corpus/contamination.js";
import { duplicates, jaccard } from "../../models/training/corpus/dedup.js";
import { tokenHashes } from "../../models/training/corpus/tokens.js";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const own = read("models/training/corpus/dedup.ts");
const other = read("models/training/corpus/fetch.ts");

describe("duplicates", () => {
  it("takes the same tokens for the same file, whatever the white space", () => {
    const duplicate = duplicates();
    assert.equal(duplicate(tokenHashes(own)), undefined);
    assert.equal(duplicate(tokenHashes(own.replace(/^ {2}/gm, "\t"))), "exact duplicate");
  });

  it("finds a file with a few names changed, and lets a different one pass", () => {
    const duplicate = duplicates();
    duplicate(tokenHashes(own));
    assert.equal(duplicate(tokenHashes(own.replaceAll("bucket", "pail").replaceAll("common", "shared"))), "near duplicate");
    assert.equal(duplicate(tokenHashes(other)), undefined);
  });

  it("keeps a file that shares half of its words", () => {
    const duplicate = duplicates();
    duplicate(tokenHashes(own));
    assert.equal(duplicate(tokenHashes(own.slice(0, own.length / 2) + other)), undefined);
  });

  it("measures Jaccard similarity", () => {
    assert.equal(jaccard(Uint32Array.of(1, 2, 3, 4), Uint32Array.of(2, 3, 4, 5)), 3 / 5);
    assert.equal(jaccard(Uint32Array.of(1, 2), Uint32Array.of(3)), 0);
    assert.equal(jaccard(Uint32Array.of(), Uint32Array.of()), 0);
  });

  it("tells words and signs apart, and nothing else", () => {
    assert.equal(tokenHashes("a.b_1(c)").length, 6);
    assert.deepEqual(tokenHashes("foo  bar"), tokenHashes("foo\n\tbar"));
    assert.notDeepEqual(tokenHashes("ab"), tokenHashes("ba"));
  });
});

describe("contamination", () => {
  const examined = readExamined([other]);
  const programs = humanEvalPrograms();
  const solution = programs.get("HumanEval/0")!;
  const filler = "def area(width, height):\n    return width * height\n\n";

  it("knows all 164 problems", () => assert.equal(programs.size, 164));

  it("finds every HumanEval solution that is planted in a file, also with other indentation and without its description", () => {
    assert.match(solution, /has_close_elements/);
    for (const program of programs.values()) {
      const planted = filler.repeat(20) + program.replace(/^ {4}/gm, "\t");
      assert.equal(contamination(tokenHashes(planted), "python", examined), "HumanEval");
    }
    const body = solution.slice(solution.lastIndexOf('"""') + 3);
    assert.equal(contamination(tokenHashes(filler + body), "python", examined), "HumanEval");
  });

  it("lets ordinary code pass", () => {
    assert.equal(contamination(tokenHashes(filler.repeat(20)), "python", examined), undefined);
    assert.equal(contamination(tokenHashes(own), "typescript", examined), undefined);
  });

  it("finds a file of a held-out project, also when other code surrounds it", () => {
    assert.equal(contamination(tokenHashes(other), "typescript", examined), "held-out project");
    assert.equal(contamination(tokenHashes(own + other), "typescript", examined), "held-out project");
  });

  it("counts runs of thirteen tokens wherever they stand", () => {
    const grams = gramsOf(["a b c d e f g h i j k l m"]);
    assert.deepEqual(overlap(tokenHashes("x y a b c d e f g h i j k l m z"), grams), { shared: 1, total: 4 });
    assert.deepEqual(overlap(tokenHashes("a b c d e f g h i j k l"), grams), { shared: 0, total: 0 });
  });
});
