// What the open files say about a line, and how far they are listened to.
import { strict as assert } from "node:assert";
import { createVoices, openFiles, promptAlone, type Sources } from "../../src/core/completion/voice.js";
import { fakeModel, plainContext, sourceDocument } from "./completion-fake.js";

const model = fakeModel(() => "");
const voices = createVoices(model);
const said = (sources: Sources): string => model.detokenize(voices(sources).line()?.tokens ?? []);

const text = "const area = width * height;\nconst b = width ";
const document = sourceDocument("a.ts", text);
const other = sourceDocument("b.ts", "total = sum(first, second);\n");

describe("the voice of the open files", () => {
  it("says the line again that began like this one", () => {
    assert.equal(said(openFiles(document, text.length, [])), "* height;");
  });

  it("has read the files beside it", () => {
    const begun = sourceDocument("c.ts", "all = sum(");
    assert.equal(said(openFiles(begun, begun.text.length, [other])), "first, second);");
  });

  it("has no secrets to tell", () => {
    const key = `const key = "ghp_${"a1B2".repeat(9)}";\nconst key = "`;
    const sources = openFiles(sourceDocument("d.ts", key), key.length, [sourceDocument("e.ts", key)]);
    assert.doesNotMatch([sources.left, sources.right, ...sources.beside].join(""), /a1B2/);
  });

  it("held to the prompt, knows what the prompt has and nothing else", () => {
    const context = plainContext(document, text.length);
    assert.equal(said(promptAlone({ ...context, neighbours: [], outline: "", prefix: "const b = width " })), "");
    assert.equal(said(promptAlone({ ...context, outline: "const area = width * height;\n", prefix: "const b = width " })), "* height;");
    assert.equal(said(promptAlone({ ...context, neighbours: [{ path: "a.ts", text: "const area = width * height;\n" }], prefix: "const b = width " })), "* height;");
  });
});
