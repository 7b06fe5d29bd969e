// Whose words are in the input box.
import { strict as assert } from "node:assert";
import { openDraft } from "../../src/extension/commit/draft.js";

describe("a draft in an input box", () => {
  it("grows, and gives back what was there", () => {
    const box = { value: "my own words" };
    const draft = openDraft(box);
    assert.ok(draft.write("fix: a"));
    assert.ok(draft.write("fix: a b"));
    assert.equal(box.value, "fix: a b");
    assert.ok(draft.restore());
    assert.equal(box.value, "my own words");
  });

  it("leaves alone what somebody typed before the first word came", () => {
    const box = { value: "" };
    const draft = openDraft(box);
    box.value = "typed";
    assert.equal(draft.write("fix: a"), false);
    assert.equal(draft.restore(), false);
    assert.equal(box.value, "typed");
  });

  it("leaves alone what somebody typed into it meanwhile", () => {
    const box = { value: "old" };
    const draft = openDraft(box);
    draft.write("fix: a");
    box.value += " typed";
    assert.equal(draft.write("fix: a b"), false);
    assert.equal(draft.restore(), false);
    assert.equal(box.value, "fix: a typed");
  });

  it("knows its own words when the editor writes line ends in another way", () => {
    let value = "";
    const box = { get value() { return value; }, set value(text: string) { value = text.replaceAll("\n", "\r\n"); } };
    const draft = openDraft(box);
    draft.write("fix: a\n\n- b");
    assert.ok(draft.write("fix: a\n\n- b c"));
  });
});
