// The stream of an answer: whole characters, nothing of an end marker, no endless loops.
import { strict as assert } from "node:assert";
import { createStream } from "../../src/core/chat/answer.js";
import { repeatsItself } from "../../src/core/chat/repetition.js";

/** A token is a byte. */
const bytes = { detokenize: (tokens: readonly number[]): string => Buffer.from(tokens).toString("utf8").replace(/\uFFFD+$/, "") };

function streamed(text: string, end?: string): { pieces: string[]; complete: boolean } {
  const pieces: string[] = [];
  const stream = createStream(bytes, end, (piece) => pieces.push(piece));
  const complete = [...Buffer.from(text)].some((byte) => stream.add(byte));
  if (!complete) stream.finish();
  return { pieces, complete };
}

describe("stream of an answer", () => {
  it("gives every character once, and only whole ones", () => {
    const text = "größer 漢字 🙂\nund\n\nweiter: 🙂🙂 Ende";
    const { pieces } = streamed(text);
    assert.equal(pieces.join(""), text);
    assert.ok(pieces.every((piece) => !piece.includes("\uFFFD")));
  });

  it("ends at a marker that is spelled out, and shows nothing of it", () => {
    const { pieces, complete } = streamed("Yes.<|im_end|>\nuser", "<|im_end|>");
    assert.equal(pieces.join(""), "Yes.");
    assert.ok(complete);
  });

  it("shows what only began like a marker", () => {
    assert.equal(streamed("a <|im_ b <|im_end", "<|im_end|>").pieces.join(""), "a <|im_ b <|im_end");
  });

  it("begins with a letter", () => {
    assert.equal(streamed("  \n Hello\n  there").pieces.join(""), "Hello\n  there");
  });
});

describe("repetition", () => {
  it("is seen in words, lines and paragraphs that follow themselves", () => {
    assert.ok(repeatsItself(`Well. ${"the same ".repeat(30)}`));
    assert.ok(repeatsItself("It is a function that is a function. \n".repeat(12)));
    assert.ok(repeatsItself("so ".repeat(80)));
  });

  it("is not seen in tables, data and code", () => {
    assert.ok(!repeatsItself(`| a | b |\n|---|---|\n${Array.from({ length: 30 }, (_, i) => `| ${i} | x |\n`).join("")}`));
    assert.ok(!repeatsItself(`const zeros = [${"0, ".repeat(40)}`));
    assert.ok(!repeatsItself("    }\n  }\n}\n".repeat(4)));
    assert.ok(!repeatsItself("=".repeat(79)));
  });
});
