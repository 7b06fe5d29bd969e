// The words of Explain: what facts look like to a reader, which sentences of a model are shown, and doc comments that keep the code whole.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { docEdit, docTarget } from "../../src/core/explain/doc/document.js";
import { explain } from "../../src/core/explain/explain.js";
import { groundedStream, isGrounded, vocabularyOf } from "../../src/core/explain/grounding.js";
import { renderFacts } from "../../src/core/explain/markdown.js";
import { openForTests } from "../fixtures/syntax.js";

const text = readFileSync(join(__dirname, "../fixtures/explain/sessions.ts"), "utf8");
const offsetOf = (words: string): number => text.indexOf(words);

describe("explain in words", function () {
  this.timeout(30_000);

  it("says a function in a sentence and a short list", async () => {
    const tree = (await openForTests("typescript")).parse("typescript", text);
    const at = offsetOf("a session needs a user");
    const found = explain({ languageId: "typescript", text }, { start: at, end: at }, tree);
    assert.equal(renderFacts(found!.facts), `\`startSession\` is a function (lines 18–25). It takes \`user\`, \`tags\` and \`lifetime\`, calls \`newId\`, may throw \`RangeError\` and returns \`session\`.

> Starts a session for a user and remembers it.

- **Takes** \`user: string\`, \`tags: string[] = []\`, \`lifetime = LIFETIME_MS\`
- **Returns** \`Session\`: \`session\`
- **Calls** \`newId\` (line 27); from elsewhere \`user.trim\`, \`Date.now\`, \`sessions.set\`
- **Reads** \`LIFETIME_MS\`, \`sessions\`
- **Throws** \`RangeError\` (line 20) if \`user.trim() === ""\`
- **Flow** 1 branch
`);
  });

  it("documents every function of a file without breaking it, and none twice", async () => {
    const syntax = await openForTests("typescript");
    for (const name of ["function newId", "export function findSession", "const isExpired", "constructor(", "extend(", "*expiring("]) {
      const selection = { start: offsetOf(name), end: offsetOf(name) + name.length };
      const target = docTarget({ languageId: "typescript", text }, selection, syntax.parse("typescript", text));
      assert.ok(target.kind === "target", name);
      const { span, text: comment } = docEdit(target.target);
      const documented = text.slice(0, span.start) + comment + text.slice(span.end);
      const tree = syntax.parse("typescript", documented)!;
      assert.equal(tree.tree.rootNode.hasError, false, name);
      assert.equal(documented.replace(comment, ""), text, "nothing else has changed");
      const moved = { start: selection.start + comment.length, end: selection.end + comment.length };
      assert.deepEqual(docTarget({ languageId: "typescript", text: documented }, moved, tree).kind, "refused", `${name}: a second one`);
    }
  });

  it("shows only sentences whose names are in the code", () => {
    const vocabulary = vocabularyOf("function sweep(also) { sessions.delete(id) }");
    assert.ok(isGrounded("It removes what `sweep` finds in `sessions`.", vocabulary));
    assert.ok(!isGrounded("It calls `purgeAll` for each.", vocabulary));
    assert.ok(!isGrounded("It calls purgeAll for each.", vocabulary));
    let shown = "";
    const stream = groundedStream(vocabulary, (piece) => { shown += piece; });
    for (const piece of ["It looks at `ses", "sions`. It then calls `purge", "All` twice. ", "It ends.\n```ts\nsweep()\n```\nDone."]) stream.add(piece);
    stream.finish();
    assert.equal(shown.replace(/\s+/g, " ").trim(), "It looks at `sessions`. It ends. Done.");
    assert.equal(stream.dropped, 1);
  });
});
