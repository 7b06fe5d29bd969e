import assert from "node:assert/strict";
import { blankLineAfter, countErrors, isInEmptyBlock, isInsideIdentifier, type Place, surfaceAt } from "../../src/core/syntax/position.js";
import type { Syntax } from "../../src/core/syntax/parser.js";
import { openForTests } from "../fixtures/syntax.js";

const ts = "typescript", py = "python", rb = "ruby";

describe("questions about a place", () => {
  let syntax: Syntax;
  before(async () => { syntax = await openForTests(ts, py); });

  /** The place at the mark, with a tree and without one. */
  function places(languageId: string, marked: string): Place[] {
    const offset = marked.indexOf("▮");
    const text = marked.replace("▮", "");
    const tree = syntax.parse(languageId, text);
    return [{ text, offset, languageId, tree: undefined }, ...tree === undefined ? [] : [{ text, offset, languageId, tree }]];
  }

  const surfaces: [string, string, string][] = [
    [ts, "const a = ▮1;", "code"],
    [ts, "const a = \"b▮c\";", "string"],
    [ts, "const a = ▮\"bc\";", "code"],
    [ts, "const a = \"bc\"▮;", "code"],
    [ts, "const a = 1; // why▮", "comment"],
    [ts, "let s: ▮string;", "code"],
    [py, "a = 'it▮'", "string"],
    [py, "a = 1  # why▮", "comment"],
  ];
  for (const [languageId, marked, expected] of surfaces) {
    it(`${expected}: ${marked}`, () => places(languageId, marked).forEach(place => assert.equal(surfaceAt(place), expected)));
  }

  const onlyWithTree: [string, string, string][] = [
    [ts, "const a = `b ${c▮} d`;", "code"],
    [ts, "const a = `b ${c} d▮`;", "string"],
    [ts, "/*\n * about▮\n */", "comment"],
    [ts, "/* about */▮ f();", "code"],
    [py, "def f():\n    \"\"\"Says▮\n    more.\n    \"\"\"\n", "string"],
  ];
  for (const [languageId, marked, expected] of onlyWithTree) {
    it(`${expected}, by the tree: ${JSON.stringify(marked)}`, () => assert.equal(surfaceAt(places(languageId, marked)[1]!), expected));
  }

  const empty: [string, string, boolean][] = [
    [ts, "function f() {▮}", true],
    [ts, "function f() {\n  ▮\n}", true],
    [ts, "class A {\n  ▮\n}", true],
    [ts, "function f() {\n  g();\n  ▮\n}", false],
    [ts, "const a = {▮};", false],
    [ts, "f({▮});", false],
    [ts, "if (a) {\n  ▮\n} else {\n}", true],
    [py, "def f():\n    ▮\n\ndef g():\n    pass\n", true],
    [py, "def f():\n    ▮", true],
    [py, "def f():\n    ▮\n    return 1\n", false],
    [py, "a = {\n  ▮\n}\n", false],
    [rb, "def f\n  ▮\nend\n", true],
    [rb, "def f\n  ▮\n  1\nend\n", false],
  ];
  for (const [languageId, marked, expected] of empty) {
    it(`${expected ? "an" : "not an"} empty block: ${JSON.stringify(marked)}`, () =>
      places(languageId, marked).forEach(place => assert.equal(isInEmptyBlock(place), expected, place.tree ? "with tree" : "without tree")));
  }

  const below: [string, string, string | undefined][] = [
    [ts, "function f() {\n  ▮\n  g();\n}", "signature"],
    [ts, "items.map(item =>\n  ▮\n);", "signature"],
    [ts, "// Adds two numbers.\n▮\n", "comment"],
    [ts, "/**\n * Adds.\n */\n▮", "comment"],
    [ts, "g();\n▮", undefined],
    [ts, "// far away\n\n▮", undefined],
    [ts, "function f() {\n  g();▮\n}", undefined],
    [py, "class A:\n    ▮", "signature"],
    [py, "# Adds two numbers.\n▮", "comment"],
    [py, "a = 1\n▮", undefined],
  ];
  for (const [languageId, marked, expected] of below) {
    it(`below ${expected ?? "neither"}: ${JSON.stringify(marked)}`, () =>
      places(languageId, marked).forEach(place => assert.equal(blankLineAfter(place), expected, place.tree ? "with tree" : "without tree")));
  }

  it("tells the middle of a word from its end", () => {
    assert.equal(isInsideIdentifier({ text: "foo", offset: 1 }), true);
    assert.equal(isInsideIdentifier({ text: "foo", offset: 3 }), false);
    assert.equal(isInsideIdentifier({ text: "foo.", offset: 3 }), false);
    assert.equal(isInsideIdentifier({ text: "größe", offset: 2 }), true);
  });

  it("counts errors, in all and in a range", () => {
    const text = "const a = 1;\nfunction f( {\n}\nconst b = 2;\n";
    const tree = syntax.parse(ts, text)!;
    assert.ok(countErrors(tree) > 0);
    assert.equal(countErrors(tree, { start: 0, end: 5 }), 0);
    assert.equal(countErrors(syntax.parse(ts, "const a = 1;")!), 0);
    assert.ok(countErrors(syntax.parse(ts, "f(1;")!) > 0);
  });
});
