// The KV cache survives as far as two prompts begin alike: while a word is typed nothing before the cursor may change, and over
// a page of typing the window may move only a few times.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compose } from "../../src/core/context/compose.js";
import type { ComposedContext } from "../../src/core/context/context.js";
import type { Syntax, SyntaxTree } from "../../src/core/syntax/parser.js";
import { openForTests } from "../fixtures/syntax.js";

const file = join(__dirname, "../../node_modules/@azure/msal-browser/src/controllers/StandardController.ts");

interface Keystroke {
  key: string;
  context: ComposedContext;
}

describe("context while typing", () => {
  let syntax: Syntax;
  before(async () => { syntax = await openForTests("typescript"); });

  /** Types the lines of a real file again, from the given one on, and composes after each key. */
  function* type(text: string, fromLine: number, lines: number, tokens: number): Generator<Keystroke> {
    const starts = [0, ...[...text.matchAll(/\n/g)].map(match => match.index + 1)];
    const [from, to] = [starts[fromLine]!, starts[fromLine + lines]!];
    let current = text.slice(0, from) + text.slice(to);
    let tree: SyntaxTree = syntax.parse("typescript", current)!;
    for (let offset = from; offset < to; offset += 1) {
      const key = text.charAt(offset);
      current = current.slice(0, offset) + key + current.slice(offset);
      const next = syntax.reparse(tree, current)!;
      tree.tree.delete();
      tree = next;
      const document = { uri: "a", path: "a.ts", languageId: "typescript", version: 1, text: current };
      yield { key, context: compose({ document, offset: offset + 1, tree, neighbours: [], budget: { tokens, charsPerToken: 3 } }) };
    }
    tree.tree.delete();
  }

  const onlyAppends = (before: ComposedContext, after: ComposedContext, key: string) =>
    before.outline === after.outline && before.prefix + key === after.prefix && before.suffix === after.suffix;

  it("letters only append to the prompt", function () {
    this.timeout(20_000);
    let [letters, appended] = [0, 0];
    let last: ComposedContext | undefined;
    for (const { key, context } of type(readFileSync(file, "utf8"), 800, 25, 512)) {
      if (last !== undefined && /\w/.test(key)) {
        letters += 1;
        if (onlyAppends(last, context, key)) appended += 1;
      }
      last = context;
    }
    assert.ok(letters > 400);
    // The window still has to follow the cursor now and then.
    assert.ok(appended >= letters * 0.98, `${appended} of ${letters}`);
  });

  it("the window's start moves once in a quarter of its room", function () {
    this.timeout(20_000);
    let [keys, moves] = [0, 0];
    let last: ComposedContext | undefined;
    for (const { context } of type(readFileSync(file, "utf8"), 800, 25, 512)) {
      keys += 1;
      if (last !== undefined && !context.prefix.startsWith(last.prefix)) moves += 1;
      last = context;
    }
    const step = 512 * 3 * 0.46 / 4;
    assert.ok(moves <= Math.ceil(keys / step) + 1, `${moves} moves in ${keys} keys`);
  });

  it("a line further down, everything before the window is the same as long as the window is", () => {
    const text = readFileSync(file, "utf8");
    const tree = syntax.parse("typescript", text)!;
    const document = { uri: "a", path: "a.ts", languageId: "typescript", version: 1, text };
    const skeletons = new Map<string, Set<string>>();
    let offset = text.indexOf("async acquireTokenRedirect");
    for (let line = 0; line < 60; line += 1) {
      offset = text.indexOf("\n", offset + 1);
      const { outline, prefix, parts } = compose({ document, offset, tree, neighbours: [], budget: { tokens: 512, charsPerToken: 3 } });
      const stable = parts.filter(({ kind }) => kind === "imports" || kind === "scope").reduce((sum, { chars }) => sum + chars, 0);
      const start = text.slice(0, offset).lastIndexOf(prefix).toString();
      skeletons.set(start, (skeletons.get(start) ?? new Set()).add(`${stable} ${outline.split("\n")[0]}`));
    }
    const windows = skeletons.size;
    const outlines = [...skeletons.values()].reduce((sum, set) => sum + set.size, 0);
    assert.ok(windows <= 14, `${windows} windows in 60 lines`);
    assert.ok(outlines <= windows * 2, `${outlines} outlines for ${windows} windows`);
    tree.tree.delete();
  });
});
