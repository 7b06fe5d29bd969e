// The n-gram baseline on texts small enough to count by hand.
import assert from "node:assert/strict";
import { lex } from "../../src/core/completion/lexer.js";
import { indexSequences, predict, probabilityOf } from "../../src/core/completion/ngram.js";
import { completeLine } from "../../src/core/completion/ngram-line.js";

const letters = (text: string): string[] => text.match(/./g) ?? [];

describe("n-gram", () => {
  const index = indexSequences([letters("abcabcabd")]);

  it("believes the longest context most", () => {
    const afterAb = predict(index, letters("ab"));
    assert.ok(probabilityOf(index, afterAb, "c") > probabilityOf(index, afterAb, "d"));
    const afterLongStretch = predict(indexSequences([letters("xyzqabzrcbzrdbzr")]), letters("xyz"));
    assert.ok(afterLongStretch.seen.get("q")! > afterLongStretch.seen.get("r")!, "one long match beats three short ones");
  });

  it("gives probabilities that add up to one", () => {
    for (const context of ["", "a", "ab", "cab", "zzz"]) {
      const prediction = predict(index, letters(context));
      const total = letters("abcd").reduce((sum, symbol) => sum + probabilityOf(index, prediction, symbol), 0);
      // The boundary behind the sequence takes its share of the unigrams: one of ten places.
      assert.ok(Math.abs(total + prediction.rest * 0.1 - 1) < 1e-9, `${context}: ${total}`);
    }
  });

  it("does not read across the border of two sequences", () => {
    const two = indexSequences([letters("ab"), letters("cd")]);
    assert.equal(predict(two, ["b"]).seen.size, 0);
  });

  it("weighs near occurrences more", () => {
    const far = letters(`ax${"-".repeat(2000)}ay`);
    const sequences = indexSequences([far]);
    const near = predict(sequences, ["a"], far.length);
    assert.ok(near.seen.get("y")! > near.seen.get("x")!);
  });
});

describe("n-gram line", () => {
  const before = `function one() {\n  const list = readList("one");\n  return list.map(toName);\n}\n\nfunction two() {\n  const list = `;

  it("continues as the file did before", () => {
    assert.equal(completeLine(before, "\n}\n").text, `readList("one");`);
  });

  it("uses what stands below the cursor", () => {
    assert.equal(completeLine("const a = ", `\nconst b = makeThing(7);\nconst c = makeThing(7);\n`).text, "makeThing(7);");
  });

  it("finishes a word that was begun", () => {
    assert.equal(completeLine(`${before}rea`, "\n}\n").text, `dList("one");`);
    assert.equal(completeLine("let counter = 0;\nco", "\n").text, "unter = 0;");
  });

  it("uses neighbours where the file says nothing", () => {
    assert.equal(completeLine("x = ", "\n", ["x = frobnicate(x)\n"]).text, "frobnicate(x)");
  });

  it("says again what the line already ends with, and says so", () => {
    assert.deepEqual({ ...completeLine("go(list, 1);\ngo(", ");\n"), probability: 0 }, { text: "list, 1);", replaces: 2, probability: 0 });
  });

  it("indents an empty line as the lines around it", () => {
    assert.equal(completeLine("def f():\n    step()\n    step()\n", "\n    step()\n").text, "    step()");
    assert.equal(completeLine("if a:\n    go()\nfor b in c:\n", "\n    go()\n").text, "    go()");
  });

  it("says nothing where nothing is known", () => {
    assert.equal(completeLine("", "").text, "");
  });
});

describe("lexer", () => {
  it("keeps every character but white space at the very end", () => {
    const text = "if (a?.b !== 'c d') {\n\treturn  x => x ** 2; // ünï\n}\n\n";
    assert.equal(lex(text).map((token) => token.space + token.text).join(""), text);
  });
});
