// Trees and outlines after edits must be what a fresh parse gives.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importedModules } from "../../src/core/syntax/imports.js";
import { changeBetween, openSyntax, type Syntax, type SyntaxTree } from "../../src/core/syntax/parser.js";
import { createTrees } from "../../src/core/syntax/trees.js";
import { openForTests, packageAssets } from "../fixtures/syntax.js";

const folder = join(__dirname, "../fixtures/context/skeletons");
const fixtures = [["shop.ts", "typescript"], ["accounts.py", "python"], ["queue.js", "javascript"], ["shapes.rs", "rust"]] as const;

function applyRandomEdit(text: string, random: () => number): string {
  const start = Math.floor(random() * text.length);
  const end = Math.min(text.length, start + Math.floor(random() ** 4 * 200));
  const pieces = ["", "x", "(", ")", "{", "}", "\n", "\"", "// ", "function f() {}\n", "import a from 'b';\n", "class C { m() {} }\n", "def g(a):\n    return a\n"];
  return text.slice(0, start) + pieces[Math.floor(random() * pieces.length)]! + text.slice(end);
}

function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

describe("trees", () => {
  let syntax: Syntax;
  before(async function () {
    this.timeout(20_000);
    syntax = await openForTests(...fixtures.map(([, id]) => id));
  });

  it("of a heap of open brackets take seconds, not minutes", function () {
    this.timeout(60_000);
    const tree = syntax.parse("typescript", "(".repeat(300_000)); // one or none: it depends on the machine
    tree?.tree.delete();
    assert.equal(syntax.parse("typescript", "const a = 1;")?.tree.rootNode.hasError, false, "the parser begins afresh");
  });

  it("are given up where there is none in time, and asked for again when the document was closed", () => {
    let asked = 0;
    const slow: Syntax = { ...syntax, parse: (languageId, text) => {
      asked += 1;
      return text.startsWith("(") ? undefined : syntax.parse(languageId, text);
    } };
    const trees = createTrees(slow);
    const document = { uri: "file:///a.ts", languageId: "typescript", text: "((" };
    assert.equal(trees.of(document), undefined);
    assert.equal(trees.of({ ...document, text: "const a = 1;" }), undefined, "not tried with every keystroke");
    assert.equal(asked, 1);
    assert.ok(trees.of({ ...document, uri: "file:///b.ts", text: "const a = 1;" }));
    trees.forget(document.uri);
    assert.ok(trees.of({ ...document, text: "const a = 1;" }));
    assert.equal(trees.of({ ...document, text: "const a = 1;\n".repeat(100_000) }), undefined, "too large");
    trees.dispose();
  });

  for (const [name, languageId] of fixtures) {
    it(`outline of ${name} after each of 150 random edits equals the one read afresh`, function () {
      this.timeout(20_000);
      const original = readFileSync(join(folder, name), "utf8");
      const random = generator(11);
      let text = original;
      let tree: SyntaxTree = syntax.parse(languageId, text)!;
      for (let round = 0; round < 150; round += 1) {
        text = round % 10 === 9 ? original : applyRandomEdit(text, random);
        const next = syntax.reparse(tree, text)!;
        tree.tree.delete();
        tree = next;
        const fresh = syntax.parse(languageId, text)!;
        // After an error the two parses may repair differently; where the trees agree, the outlines must.
        if (fresh.tree.rootNode.toString() === tree.tree.rootNode.toString()) assert.deepEqual(tree.outline, fresh.outline, `round ${round}`);
        else assert.ok(fresh.tree.rootNode.hasError, `round ${round}`);
        fresh.tree.delete();
      }
    });
  }

  it("finds the one range that changed", () => {
    const long = "abc\n".repeat(2_000);
    assert.deepEqual(changeBetween("abcd", "abXd"), { start: 2, oldEnd: 3, newEnd: 3 });
    assert.deepEqual(changeBetween("aa", "aaa"), { start: 2, oldEnd: 2, newEnd: 3 });
    assert.deepEqual(changeBetween("aaa", "aa"), { start: 2, oldEnd: 3, newEnd: 2 });
    assert.deepEqual(changeBetween("", "a"), { start: 0, oldEnd: 0, newEnd: 1 });
    assert.deepEqual(changeBetween(`${long}1${long}`, `${long}23${long}`), { start: long.length, oldEnd: long.length + 1, newEnd: long.length + 2 });
    assert.deepEqual(changeBetween(long, long + long), { start: long.length, oldEnd: long.length, newEnd: long.length * 2 });
  });

  it("keeps a tree per document, follows its text, and frees the eldest", () => {
    const trees = createTrees(syntax, 2);
    const document = (uri: string, text: string) => ({ uri, languageId: "typescript", text });
    const first = trees.of(document("a", "const a = 1;"))!;
    assert.equal(trees.of(document("a", "const a = 1;")), first);
    const second = trees.of(document("a", "const a = 1;\nfunction f() { return a + 1 + 2 + 3; }"))!;
    assert.equal(second.outline.definitions.at(-1)?.name, "f");
    trees.of(document("b", "let b;"));
    trees.of(document("c", "let c;"));
    assert.notEqual(trees.of(document("a", "const a = 1;")), second);
    assert.equal(trees.of({ uri: "d", languageId: "cobol", text: "" }), undefined);
    trees.dispose();
  });

  it("follows a document that changes its language", () => {
    const trees = createTrees(syntax);
    trees.of({ uri: "a", languageId: "typescript", text: "let a;" });
    assert.equal(trees.of({ uri: "a", languageId: "python", text: "def f(): pass" })?.language.ids[0], "python");
    trees.dispose();
  });

  it("loads only languages that it has, and says what it cannot read", async () => {
    assert.equal(await syntax.load("cobol"), false);
    assert.equal(syntax.parse("java", "class A {}"), undefined);
    const broken = await openSyntax(name => name.endsWith(".scm") ? Promise.reject(new Error("unreadable")) : packageAssets(name));
    await assert.rejects(broken.load("python"), /unreadable/);
  });

  it("lists what a file imports", () => {
    const modules = (languageId: string, text: string) => importedModules(syntax.parse(languageId, text)!.outline);
    assert.deepEqual(modules("typescript", "import a, { b } from './a';\nimport './c';\nexport { d } from 'd';\nimport type { E } from './a';"), ["./a", "./c", "d"]);
    assert.deepEqual(modules("javascript", "const fs = require('fs'); const { join } = require('node:path'); const f = other('x');"), ["fs", "node:path"]);
    assert.deepEqual(modules("python", "import os, a.b as c\nfrom . import x\nfrom ..models.user import User\n"), ["os", "a.b", ".", "..models.user"]);
  });
});
