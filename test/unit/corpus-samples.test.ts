// Holes for fill-in-the-middle, imported files, and the order of things: on this project's own sources.
import assert from "node:assert/strict";
import { mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chooseHole, lineHole, nodesByClass, type Hole } from "../../models/training/corpus/holes.js";
import { resolveImport } from "../../models/training/corpus/imports.js";
import { lineAt, linesOf } from "../../models/training/corpus/lines.js";
import { randomFrom, seededOrder } from "../../models/training/corpus/random.js";
import { assetsIn } from "../../src/core/syntax/assets.js";
import { openSyntax } from "../../src/core/syntax/parser.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = readFileSync(join(root, "models/training/corpus/holes.ts"), "utf8");

describe("holes", () => {
  it("ends a rest of a line at the line's end or before its closing brackets, and never leaves the line", () => {
    const random = randomFrom(1);
    for (let i = 0; i < 500; i++) {
      const { start, end } = lineHole(text, random)!;
      const middle = text.slice(start, end);
      assert.ok(!middle.includes("\n"));
      assert.match(text.slice(end, text.indexOf("\n", end)), /^[)\]}>;,'"`\s]*$/);
    }
  });

  it("keeps to the shares, cuts nodes that are in the tree, and stays short", async () => {
    const syntax = await openSyntax(assetsIn(join(root, "node_modules/@vscode/tree-sitter-wasm/wasm"), join(root, "node_modules/web-tree-sitter"), join(root, "src/core/syntax/queries")));
    await syntax.load("typescript");
    const { tree } = syntax.parse("typescript", text)!;
    const nodes = nodesByClass(tree.rootNode);
    const random = randomFrom(2);
    const holes = Array.from({ length: 2000 }, () => chooseHole(text, nodes, random)).filter((hole) => hole !== undefined);
    const share = (kind: Hole["kind"]): number => holes.filter((hole) => hole.kind === kind).length / holes.length;
    assert.ok(Math.abs(share("line") - 0.45) < 0.04 && Math.abs(share("node") - 0.35) < 0.04 && Math.abs(share("span") - 0.2) < 0.04);
    assert.ok(holes.every(({ start, end }) => start >= 0 && end <= text.length && end >= start && end - start <= 262));
    for (const { start, end } of holes.filter(({ kind }) => kind === "node").slice(0, 100)) {
      const node = tree.rootNode.descendantForIndex(start, Math.max(start, end - 1));
      assert.ok(node!.startIndex <= start && node!.endIndex >= end);
    }
    tree.delete();
  });

  it("never cuts a character in two", () => {
    const smileys = `const face = "${"😀".repeat(40)}";\n`;
    const random = randomFrom(3);
    for (let i = 0; i < 300; i++) {
      const hole = chooseHole(smileys, [], random);
      if (hole) for (const part of [smileys.slice(hole.start, hole.end), smileys.slice(0, hole.start)]) assert.doesNotMatch(part, /^[\udc00-\udfff]|[\ud800-\udbff]$/);
    }
  });

  it("is silent about a text without a place for a line hole", () => assert.equal(lineHole("\n\n\n", randomFrom(4)), undefined));
});

describe("resolveImport", () => {
  const files = new Set(["src/a.ts", "src/ui/b.tsx", "src/ui/index.ts", "lib/c.js", "app/models/user.py", "app/models/__init__.py", "app/views.py"]);
  const resolve = (from: string, module: string): string | undefined => resolveImport(from, module, (path) => files.has(path));

  it("follows relative imports of scripts, with and without extension", () => {
    assert.equal(resolve("src/main.ts", "./a.js"), "src/a.ts");
    assert.equal(resolve("src/a.ts", "./ui/b"), "src/ui/b.tsx");
    assert.equal(resolve("src/a.ts", "./ui"), "src/ui/index.ts");
    assert.equal(resolve("src/a.ts", "../lib/c.js"), "lib/c.js");
    assert.equal(resolve("src/a.ts", "react"), undefined);
  });

  it("follows relative and absolute imports of Python", () => {
    assert.equal(resolve("app/views.py", ".models.user"), "app/models/user.py");
    assert.equal(resolve("app/models/user.py", "..views"), "app/views.py");
    assert.equal(resolve("app/views.py", "app.models"), "app/models/__init__.py");
    assert.equal(resolve("app/views.py", "os.path"), undefined);
  });
});

describe("reading and ordering", () => {
  it("reads lines in turn and again by their place", () => {
    const path = join(mkdtempSync(join(tmpdir(), "corpus-")), "lines.jsonl");
    const written = ["{\"a\":1}", "größer 😀", "x".repeat(5_000_000), "last"];
    writeFileSync(path, `${written.join("\n")}\n`);
    const lines = [...linesOf(path)];
    assert.deepEqual(lines.map((line) => line.text), written);
    const handle = openSync(path, "r");
    assert.deepEqual(lines.reverse().map((line) => lineAt(handle, line)), [...written].reverse());
  });

  it("orders by seed alone", () => {
    const items = Array.from({ length: 100 }, (_, i) => i);
    assert.deepEqual(seededOrder(items, "one"), seededOrder(items, "one"));
    assert.notDeepEqual(seededOrder(items, "one"), seededOrder(items, "two"));
    assert.deepEqual(seededOrder(items, "one").sort((a, b) => a - b), items);
  });
});
