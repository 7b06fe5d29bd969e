// Each filter by itself, on its golden file.
import { strict as assert } from "node:assert";
import { alreadyThere } from "../../src/core/completion/filters/already-there.js";
import { balance } from "../../src/core/completion/filters/balance.js";
import type { Filter } from "../../src/core/completion/filters/filter.js";
import { applyFilters } from "../../src/core/completion/filters/index.js";
import { indentation } from "../../src/core/completion/filters/indentation.js";
import { lowConfidence } from "../../src/core/completion/filters/low-confidence.js";
import { repetition } from "../../src/core/completion/filters/repetition.js";
import { trim } from "../../src/core/completion/filters/trim.js";
import { thresholds } from "../../src/core/completion/confidence.js";
import { placeOf } from "../../src/core/completion/place.js";
import { draw, goldenCases } from "./completion-golden.js";

const byFile: readonly [string, Filter][] = [
  ["trim", trim], ["repetition", repetition], ["already-there", alreadyThere], ["balance", balance], ["indentation", indentation],
];

describe("filters", () => {
  for (const [name, filter] of byFile) {
    describe(name, () => {
      for (const { title, languageId, text, offset, says, expected } of goldenCases(`${name}.txt`)) {
        it(title, () => {
          const document = { uri: "file:///a", path: "a", languageId, version: 1, text };
          const verdict = applyFilters({ text: says, tokens: 1, steps: [] }, placeOf(document, offset), [filter]);
          assert.equal(verdict.keep ? draw(text, verdict.item) : `dropped: ${verdict.reason}`, expected);
        });
      }
    });
  }

  describe("low-confidence", () => {
    const place = placeOf({ uri: "file:///a", path: "a.ts", languageId: "typescript", version: 1, text: "" }, 0);
    const steps = (...lines: [length: number, probability: number][]) => {
      let end = 0;
      return lines.map(([length, probability]) => ({ end: end += length, probability }));
    };
    const suggest = (text: string, ...lines: [number, number][]) => lowConfidence({ text, range: [0, 0], steps: steps(...lines) }, place);

    it("drops what the model was not sure of", () => {
      assert.equal(suggest("abc", [3, thresholds.line - 0.01]), "low-confidence");
    });
    it("keeps what it was sure of", () => {
      assert.equal((suggest("abc", [3, thresholds.line + 0.01]) as { text: string }).text, "abc");
    });
    it("ends a block before the first line that the model was not sure of", () => {
      const result = suggest("one();\ntwo();\nthree();", [6, 0.95], [7, 0.95], [9, thresholds.nextLine - 0.05]);
      assert.equal((result as { text: string }).text, "one();\ntwo();");
    });
  });
});
