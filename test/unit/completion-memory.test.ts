// What is remembered of a document is a line here and a line there, and must not keep every version of the document alive.
import { strict as assert } from "node:assert";
import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createCache } from "../../src/core/completion/cache.js";
import { createVoices, openFiles } from "../../src/core/completion/voice.js";
import type { LanguageModel } from "../../src/core/model.js";
import { assetsIn } from "../../src/core/syntax/assets.js";
import { openSyntax } from "../../src/core/syntax/parser.js";

const VERSIONS = 200;
const DOCUMENT_CHARS = 200_000;
/** In the second line, with more of it right of the cursor. */
const PLACE = 70;
/** All versions together would take 40 MB. */
const MOST_BYTES = 10e6;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** A new string in one piece, as the editor's documents are. */
function version(n: number): string {
  const line = `const value${n} = compute(${n}, "something or other");\n`;
  return Buffer.from(line + "const other = compute(1, 2, 3, 4, 5, 6);\n".repeat(DOCUMENT_CHARS / 41)).toString("latin1");
}

function grownBy(work: (n: number) => void): number {
  work(0);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let n = 1; n <= VERSIONS; n += 1) work(n);
  collect();
  return process.memoryUsage().heapUsed - before;
}

describe("memory of what is remembered while somebody types", function () {
  this.timeout(60_000);
  it("suggestions do not keep the documents that they were made for", () => {
    const cache = createCache();
    const bytes = grownBy((n) => cache.remember("file:///a.ts", version(n), PLACE, { text: "a(), " }));
    assert.ok(bytes < MOST_BYTES, `${(bytes / 1e6).toFixed(1)} MB`);
    assert.notEqual(cache.find("file:///a.ts", version(VERSIONS), PLACE), undefined);
  });

  it("tokens of lines do not keep the documents that the lines were in", () => {
    const model = { tokenize: (text: string) => [text.length], detokenize: () => "a" } as unknown as LanguageModel;
    const voices = createVoices(model);
    const bytes = grownBy((n) => voices(openFiles({ uri: "file:///a.ts", path: "a.ts", languageId: "typescript", version: n, text: version(n) }, PLACE, [])));
    assert.ok(bytes < MOST_BYTES, `${(bytes / 1e6).toFixed(1)} MB`);
  });

  it("an outline that is kept up to date does not keep the versions that its names were read in", async () => {
    const syntax = await openSyntax(assetsIn(resolve(__dirname, "../../dist/grammars")));
    await syntax.load("typescript");
    const names = Array.from({ length: VERSIONS }, (_, n) => `aFunctionWithALongName${n}`);
    const comment = `// ${"what it does and why ".repeat(DOCUMENT_CHARS / VERSIONS / 21)}\n`;
    const text = (edited: number): string => Buffer.from(names.map((name, n) => `${comment}function ${name}() { return ${n <= edited ? 1 : 0}; }\n`).join("")).toString("latin1");
    let tree = syntax.parse("typescript", text(0))!;
    const bytes = grownBy((n) => { // an edit in each function
      const next = syntax.reparse(tree, text(n))!;
      tree.tree.delete();
      tree = next;
    });
    assert.ok(bytes < MOST_BYTES, `${(bytes / 1e6).toFixed(1)} MB`);
    assert.equal(tree.outline.definitions.length, VERSIONS);
  });
});
