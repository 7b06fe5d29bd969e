// What must hold at every cursor position of real files: nothing throws, the budget is kept, the window is the document.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compose, type ComposeInput } from "../../src/core/context/compose.js";
import type { ComposedContext } from "../../src/core/context/context.js";
import { redact } from "../../src/core/context/secrets.js";
import { languageByPath } from "../../src/core/syntax/languages.js";
import type { Syntax, SyntaxTree } from "../../src/core/syntax/parser.js";
import { openForTests } from "../fixtures/syntax.js";

const packages = join(__dirname, "../../node_modules");
const fixtures = join(__dirname, "../fixtures/context/skeletons");
/** Large files, and one of each of the fourteen languages. */
const files = [
  "@azure/msal-browser/src/controllers/StandardController.ts",
  "@azure/msal-browser/src/cache/BrowserCacheManager.ts",
  "eslint/lib/linter/linter.js",
  "mocha/lib/runner.js",
].map(path => join(packages, path)).concat(readdirSync(fixtures).filter(name => !name.endsWith(".golden")).map(name => join(fixtures, name)));

/** The same positions in every run: a linear congruential generator. */
function* randomNumbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function charsOf({ neighbours, path, outline, prefix, suffix }: ComposedContext): number {
  const others = neighbours.reduce((sum, neighbour) => sum + neighbour.path.length + 1 + neighbour.text.length, 0);
  return others + path.length + 1 + outline.length + prefix.length + suffix.length;
}

describe("context, at random positions of real files", () => {
  let syntax: Syntax;
  const trees: { path: string; text: string; languageId: string; tree: SyntaxTree }[] = [];

  before(async function () {
    this.timeout(20_000);
    const languages = files.map(file => languageByPath(file)!.ids[0]);
    syntax = await openForTests(...new Set(languages));
    assert.equal(new Set(languages).size, 14);
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      const languageId = languageByPath(file)!.ids[0];
      const path = basename(file);
      trees.push({ path, text, languageId, tree: syntax.parse(languageId, text)! });
    }
  });
  after(() => trees.forEach(({ tree }) => tree.tree.delete()));

  it("keeps the budget and shows the document around the cursor", function () {
    this.timeout(240_000);
    const random = randomNumbers(7);
    const next = () => random.next().value as number;
    for (let round = 0; round < 10_000; round += 1) {
      const file = trees[Math.floor(next() * trees.length)]!;
      const other = trees[Math.floor(next() * trees.length)]!;
      const offset = Math.floor(next() * (file.text.length + 1));
      const tokens = [4, 16, 64, 256, 512, 1024, 4096][Math.floor(next() * 7)]!;
      const input: ComposeInput = {
        document: { ...file, uri: file.path, version: 1 }, offset, tree: next() < 0.2 ? undefined : file.tree,
        neighbours: next() < 0.5 ? [] : [{ document: { ...other, uri: other.path, version: 1 }, tree: other.tree, why: "imported" }],
        budget: { tokens, charsPerToken: 3 }, mode: next() < 0.1 ? "raw" : "compact",
      };
      const context = compose(input);
      const where = `${file.path} at ${offset}, ${tokens} tokens`;
      assert.ok(charsOf(context) <= Math.max(tokens * 3, file.path.length + 1), `${where}: ${charsOf(context)} characters`);
      const before = file.text.slice(0, offset).slice(offset - context.prefix.length);
      if (!context.prefix.includes("REDACTED")) assert.equal(context.prefix, before, where);
      if (!context.suffix.includes("REDACTED")) assert.equal(context.suffix, file.text.slice(offset, offset + context.suffix.length), where);
      assert.ok(context.outline === "" || context.outline.endsWith("\n"), where);
      assert.equal(redact(context.outline), context.outline, where);
    }
  });
});
