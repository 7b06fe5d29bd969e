// Golden files: beside each source file in fixtures/context/skeletons stands what remains of it when its bodies are left out.
// `UPDATE_GOLDEN=1` writes them anew; read the difference before committing it.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { skeletonOf } from "../../src/core/context/skeleton.js";
import { languageByPath } from "../../src/core/syntax/languages.js";
import { openForTests } from "../fixtures/syntax.js";

const folder = join(__dirname, "../fixtures/context/skeletons");
const none = { near: new Set<string>(), inWindow: new Set<string>() };

describe("skeletons of files", () => {
  for (const name of readdirSync(folder).filter(name => !name.endsWith(".golden"))) {
    it(name, async () => {
      const text = readFileSync(join(folder, name), "utf8");
      const language = languageByPath(name)!;
      const syntax = await openForTests(language.ids[0]);
      const { outline, tree } = syntax.parse(language.ids[0], text)!;
      assert.equal(tree.rootNode.hasError, false, "the fixture itself is correct");
      const everything = skeletonOf({ ...outline, definitions: outline.definitions }, { text, language }, none, Infinity);
      const imports = outline.imports.flatMap(({ sources }) => sources).join(", ");
      const written = `imports: ${imports}\n\n${everything.map(piece => piece.text).join("")}`;
      const golden = join(folder, `${name}.golden`);
      if (process.env["UPDATE_GOLDEN"] !== undefined || !existsSync(golden)) writeFileSync(golden, written);
      assert.equal(written, readFileSync(golden, "utf8"));
      tree.delete();
    });
  }
});
