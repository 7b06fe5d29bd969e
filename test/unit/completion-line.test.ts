// The line of a small model and the line of the open files, over a model whose every probability is written down.
import { strict as assert } from "node:assert";
import { generateLine } from "../../src/core/completion/line.js";
import type { Voice } from "../../src/core/completion/voice.js";
import type { GenerateOptions, Generation, LanguageModel, Token } from "../../src/core/model.js";

const words = ["<end>", "\n", "a", "b", "c", "d", "e"];
/** What may follow the words so far, with its probability. */
type Tree = Record<string, Record<string, number>>;

interface TreeModel extends LanguageModel {
  /** Tokens that were chosen. */
  chosen: number;
  /** Generations that hold the engine. */
  running: number;
}

function treeModel(tree: Tree): TreeModel {
  const text = (tokens: readonly Token[]): string => tokens.map((token) => words[token]).join("");
  const model: TreeModel = {
    name: "tree", contextLength: 100, fim: undefined, chosen: 0, running: 0,
    tokenize: (said) => said.split("").map((word) => words.indexOf(word)),
    detokenize: text,
    specialToken: () => undefined,
    generate(prompt, { choose, maxTokens }: GenerateOptions): Promise<Generation> {
      assert.equal(model.running, 0, "there is one engine");
      model.running += 1;
      const said = [...prompt];
      const next = (): Token => {
        const candidates = Object.entries(tree[text(said)] ?? { "<end>": 1 }).map(([word, probability]) => ({ token: words.indexOf(word), probability, ends: word === "<end>" }));
        model.chosen += 1;
        return choose!(candidates);
      };
      let token = next();
      async function *steps() {
        await Promise.resolve();
        try {
          for (let count = 1; words[token] !== "<end>"; count += 1) {
            said.push(token);
            const current = token;
            if (count < maxTokens) token = next(); // one ahead of what is pulled, as the engine may be
            yield { token: current, probability: 1 };
            if (count >= maxTokens) return;
          }
        } finally {
          model.running -= 1;
        }
      }
      return Promise.resolve({ reused: 0, prefillMs: 1, steps: steps() });
    },
  };
  return model;
}

const silent: Voice = { after: () => ({ seen: new Map(), rest: 1, longest: 0 }), line: () => undefined, isLineEnd: (token) => words[token] === "\n" };
const signal = new AbortController().signal;

async function line(model: TreeModel, maxTokens = 10, voice = silent): Promise<{ text: string; probability: number }> {
  const { steps } = await generateLine(voice, model, [], { maxTokens, signal });
  let text = "";
  let probability = 1;
  for await (const step of steps) {
    text += words[step.token] ?? "";
    probability *= step.probability;
  }
  assert.equal(model.running, 0, "the engine is free again");
  return { text, probability };
}

describe("a line of a small model", () => {
  const tree: Tree = { "": { a: 0.6, b: 0.4 }, a: { c: 0.5, d: 0.3, e: 0.2 } };
  const files = (probability: number): Voice => ({ ...silent, line: () => ({ tokens: [words.indexOf("d"), words.indexOf("e")], probability }) });

  it("has the likeliest token each time", async () => {
    const { text, probability } = await line(treeModel(tree));
    assert.equal(text, "ac");
    assert.ok(Math.abs(probability - 0.3) < 1e-9);
  });

  it("is the one that the open files would write alone, where they are surer", async () => {
    const { text, probability } = await line(treeModel(tree), 10, files(0.35));
    assert.equal(text, "de");
    assert.ok(Math.abs(probability - 0.35) < 1e-9);
    assert.equal((await line(treeModel(tree), 10, files(0.25))).text, "ac");
  });

  it("is decoded no further than it can win", async () => {
    const model = treeModel({ "": { a: 0.6, b: 0.4 }, a: { c: 0.5, d: 0.5 }, ac: { d: 1 }, acd: { e: 1 } });
    assert.equal((await line(model, 10, files(0.9))).text, "de");
    assert.ok(model.chosen <= 2, `${model.chosen} tokens`);
  });

  it("takes a line break for an end, but not before anything is said", async () => {
    assert.equal((await line(treeModel({ "": { "\n": 1 }, "\n": { a: 1 }, "\na": { "\n": 1 }, "\na\n": { b: 1 } }))).text, "\na");
  });

  it("keeps nothing that the engine says after the line's end", async () => {
    assert.equal((await line(treeModel({ "": { b: 1 }, b: { "\n": 1 }, "b\n": { d: 1 } }))).text, "b");
  });

  it("is cut where it gets too long", async () => {
    assert.equal((await line(treeModel({ "": { a: 1 }, a: { b: 1 }, ab: { c: 1 } }), 2)).text, "ab");
  });

  it("is nothing where the answer ends at once", async () => {
    assert.equal((await line(treeModel({ "": { "<end>": 0.7, a: 0.3 } }))).text, "");
  });
});
