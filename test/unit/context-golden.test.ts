// Golden files: each source in fixtures/context/composed has its cursor at ▮ and its budget, in tokens of three characters, in
// its name; beside it stands the context composed for it. `UPDATE_GOLDEN=1` writes them anew; read the difference.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compose, type Neighbour } from "../../src/core/context/compose.js";
import type { ComposedContext } from "../../src/core/context/context.js";
import { importedModules } from "../../src/core/syntax/imports.js";
import { languageByPath } from "../../src/core/syntax/languages.js";
import type { Syntax, SyntaxTree } from "../../src/core/syntax/parser.js";
import { openForTests } from "../fixtures/syntax.js";

const folder = join(__dirname, "../fixtures/context/composed");

function drawn({ neighbours, outline, prefix, suffix, parts }: ComposedContext): string {
  const kinds = [...new Set(parts.map(({ kind }) => kind))];
  return [
    ...neighbours.map(({ path, text }) => `━━ neighbour ${path}\n${text}`),
    `━━ outline\n${outline}`,
    `━━ window\n${prefix}▮${suffix}`,
    `━━ characters: ${kinds.map(kind => `${kind} ${parts.filter(part => part.kind === kind).reduce((sum, { chars }) => sum + chars, 0)}`).join(", ")}\n`,
  ].join("");
}

describe("composed contexts", () => {
  let syntax: Syntax;
  before(async () => { syntax = await openForTests("typescript", "javascript", "python"); });

  for (const name of readdirSync(folder).filter(name => name.includes("@") && !name.endsWith(".golden"))) {
    it(name, () => {
      const marked = readFileSync(join(folder, name), "utf8");
      const offset = marked.indexOf("▮");
      const [path, tokens] = [name.replace(/@\d+/, ""), Number(/@(\d+)/.exec(name)![1])];
      const read = (path: string, text: string, languageId: string) => ({ document: { uri: path, path, languageId, version: 1, text }, tree: syntax.parse(languageId, text) });
      const { document, tree } = read(path, marked.replace("▮", ""), languageByPath(name)?.ids[0] ?? "plaintext");
      const context = compose({ document, offset, tree, neighbours: tree === undefined ? [] : imported(tree), budget: { tokens, charsPerToken: 3 } });
      tree?.tree.delete();
      const golden = join(folder, `${name}.golden`);
      if (process.env["UPDATE_GOLDEN"] !== undefined || !existsSync(golden)) writeFileSync(golden, drawn(context));
      assert.equal(drawn(context), readFileSync(golden, "utf8"));

      function imported({ outline }: SyntaxTree): Neighbour[] {
        return importedModules(outline)
          .filter(module => existsSync(join(folder, module)))
          .map(module => ({ ...read(basename(module), readFileSync(join(folder, module), "utf8"), "javascript"), why: "imported" }));
      }
    });
  }
});
