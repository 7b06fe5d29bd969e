// Holes cut into real files: that they are what they claim to be, and the same every time.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { cutHoles, type Cutter } from "../../src/cli/eval/cut.js";
import { cutLine, holedText, holeKinds, makeHole, middleOf, type Hole, type HoleKind, type SourceFile } from "../../src/cli/eval/holes.js";
import { importedPaths, neighboursOf } from "../../src/cli/eval/neighbours.js";
import { cutBlock, cutNode, isCode } from "../../src/cli/eval/nodes.js";
import { offsetAt, positionAt } from "../../src/cli/eval/positions.js";
import { seeded } from "../../src/cli/eval/random.js";
import { needsMore } from "../../src/cli/eval/reach.js";
import { readFolder } from "../../src/cli/eval/suites.js";
import { loadGrammars, type Grammars } from "../../src/cli/eval/trees.js";

const root = resolve(__dirname, "../..");
/** Two dialects count as one language. */
const languageOf = (file: SourceFile): string => file.languageId.replace("react", "");
const lineOnly = (kind: HoleKind): Cutter => (kind === "line" ? cutLine : () => undefined);

describe("cutting holes", () => {
  let files: SourceFile[];
  let grammars: Grammars;
  let holes: Hole[];

  function cut(seed: number, of: readonly SourceFile[] = files): Hole[] {
    return cutHoles(of, { holes: 300, seed, kinds: holeKinds }, {
      line: (file, random) => grammars.withTree(file, (tree) => cutLine(file, random, tree && ((offset) => isCode(tree, offset)))),
      node: (file, random) => grammars.withTree(file, (tree) => tree && cutNode(file, tree, random)),
      block: (file, random) => grammars.withTree(file, (tree) => tree && cutBlock(file, tree, random)),
    });
  }

  before(async function () {
    this.timeout(30_000);
    files = readFolder(resolve(root, "test/fixtures/files"));
    grammars = await loadGrammars([...new Set(files.map((file) => file.languageId))]);
    holes = cut(1);
  });

  it("gives the same holes for the same seed, in whatever order the files come", function () {
    this.timeout(30_000);
    const ids = holes.map((hole) => hole.id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(cut(1, [...files].reverse()).map((hole) => hole.id), ids);
    assert.notDeepEqual(cut(2).map((hole) => hole.id), ids);
  });

  it("cuts as many as planned, of every kind, in every language alike", () => {
    assert.equal(holes.length, 300);
    const count = (of: (hole: Hole) => boolean): number => holes.filter(of).length;
    assert.equal(count((hole) => hole.kind === "line"), 180);
    assert.equal(count((hole) => hole.kind === "node"), 75);
    const lines = [...new Set(files.map(languageOf))]
      .map((language) => count((hole) => hole.kind === "line" && languageOf(hole.file) === language));
    assert.ok(Math.max(...lines) - Math.min(...lines) <= 1, `line holes by language: ${lines.join(" ")}`);
  });

  it("cuts lines to their end, with something in them", () => {
    for (const hole of holes.filter((one) => one.kind === "line")) {
      assert.match(middleOf(hole), /[\p{L}\p{N}_]/u);
      assert.ok(!middleOf(hole).includes("\n"));
      assert.match(hole.file.text.slice(hole.end), /^(\r?\n|$)/);
    }
  });

  it("cuts nodes and bodies where a completion could be shown", () => {
    for (const hole of holes.filter((one) => one.kind !== "line")) {
      const behind = hole.file.text.slice(hole.end).split("\n", 1)[0]!;
      assert.match(behind, /^[\s)\]}>"'`;:,{]*$/, hole.id);
      const lines = middleOf(hole).split("\n").length;
      assert.ok(hole.kind === "node" ? lines === 1 : lines >= 2 && lines <= 8, hole.id);
    }
  });

  it("puts the file together again when the middle is put back", () => {
    for (const hole of holes) {
      const text = holedText(hole);
      assert.equal(text.slice(0, hole.start) + middleOf(hole) + text.slice(hole.start), hole.file.text);
    }
  });

  it("stops when there is nothing left to cut", () => {
    const file = { project: "p", path: "a.txt", languageId: "plaintext", text: "one(two)\n" };
    const few = cutHoles([file], { holes: 50, seed: 1, kinds: ["line"] }, { line: lineOnly("line"), node: lineOnly("node"), block: lineOnly("block") });
    assert.ok(few.length > 0 && few.length < 10);
  });

  it("keeps out of comments and strings", () => {
    const text = `const a = "one two three";\n/* four\n five = six(seven)\n*/\nconst b = eight(nine);\n`;
    const file = { project: "p", path: "a.ts", languageId: "typescript", text };
    const random = seeded(3);
    const middles = Array.from({ length: 60 }, () => grammars.withTree(file, (tree) => cutLine(file, random, (offset) => isCode(tree!, offset))))
      .filter((hole) => hole !== undefined).map(middleOf);
    assert.ok(middles.every((middle) => !/^(ne|two|hree|four|five|six|seven)/.test(middle)), middles.join("|"));
    assert.ok(middles.includes("eight(nine);"));
  });

  it("counts parse errors", () => {
    assert.equal(grammars.countErrors("typescript", "f(1);\n"), 0);
    assert.ok(grammars.countErrors("typescript", "f(1;\n")! > 0);
    assert.equal(grammars.countErrors("plaintext", "f(1;\n"), undefined);
  });
});

describe("neighbours of a file", () => {
  const file = (path: string, text = ""): SourceFile => ({ project: "p", path, languageId: "typescript", text });

  it("are what it imports, then what lies beside it", () => {
    const main = file("src/app/main.ts", `import { a } from "../lib/a.js";\nimport b from "./b";\nimport "vscode";\n`);
    const project = [main, file("src/app/aside.ts"), file("src/lib/a.ts"), file("src/app/b/index.ts"), file("test/far.ts")];
    assert.deepEqual(neighboursOf(main, project, 9).map((other) => other.path), ["src/app/b/index.ts", "src/lib/a.ts", "src/app/aside.ts"]);
    assert.equal(neighboursOf(main, project, 1).length, 1);
  });

  it("are found for Python's dots", () => {
    assert.deepEqual(importedPaths(file("pkg/sub/mod.py", "from . import x\nfrom .near import y\nfrom ..far.off import z\n")),
      ["pkg/sub", "pkg/sub/near", "pkg/far/off"]);
  });
});

describe("reach of a window", () => {
  const text = `const farAway = 1;\n${"step();\n".repeat(100)}use(farAway);\n`;
  const file: SourceFile = { project: "p", path: "a.ts", languageId: "typescript", text };
  const hole = makeHole("line", file, text.lastIndexOf("farAway"), text.length - 1);

  it("is too short for a name that stands far away in the file, or in a neighbour", () => {
    assert.equal(needsMore(hole, 64, []), true);
    assert.equal(needsMore(hole, 1024, []), false);
    const alone = makeHole("line", { ...file, text: text.slice(20) }, hole.start - 20, hole.end - 20);
    assert.equal(needsMore(alone, 64, []), false, "a name that stands nowhere cannot be found by looking farther");
    assert.equal(needsMore(alone, 64, [file]), true);
  });
});

describe("positions", () => {
  it("go there and back", () => {
    const text = "ab\r\ncd\n\nef";
    for (const offset of [0, 1, 4, 6, 7, 8, 10]) assert.equal(offsetAt(text, positionAt(text, offset)), offset);
    assert.deepEqual(positionAt(text, 5), { line: 1, character: 1 });
    assert.equal(offsetAt(text, { line: 9, character: 0 }), text.length);
  });
});
