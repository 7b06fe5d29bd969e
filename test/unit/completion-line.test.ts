// The search for the likeliest line, over a model whose every probability is written down.
import { strict as assert } from "node:assert";
import { generateLine } from "../../src/core/completion/hypotheses.js";
import type { Voice } from "../../src/core/completion/voice.js";
import type { GenerateOptions, Generation, LanguageModel, Token } from "../../src/core/model.js";

const words = ["<end>", "\n", "a", "b", "c", "d", "e"];
/** What may follow the words so far, with its probability. */
type Tree = Record<string, Record<string, number>>;

interface TreeModel extends LanguageModel {
  /** Prompts that were asked. */
  asked: string[];
  /** Generations that hold the engine. */
  running: number;
}

function treeModel(tree: Tree): TreeModel {
  const text = (tokens: readonly Token[]): string => tokens.map((token) => words[token]).join("");
  const model: TreeModel = {
    name: "tree", contextLength: 100, fim: undefined, asked: [], running: 0,
    tokenize: (said) => said.split("").map((word) => words.indexOf(word)),
    detokenize: text,
    specialToken: () => undefined,
    generate(prompt, { choose, maxTokens }: GenerateOptions): Promise<Generation> {
      assert.equal(model.running, 0, "there is one engine");
      model.running += 1;
      model.asked.push(text(prompt));
      const said = [...prompt];
      const next = (): Token => {
        const candidates = Object.entries(tree[text(said)] ?? { "<end>": 1 }).map(([word, probability]) => ({ token: words.indexOf(word), probability, ends: word === "<end>" }));
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

async function line(model: TreeModel, effort?: number, maxTokens = 10, voice = silent): Promise<{ text: string; probability: number }> {
  const { steps } = await generateLine(voice, model, [], { maxTokens, signal }, effort);
  let text = "";
  let probability = 1;
  for await (const step of steps) {
    text += words[step.token] ?? "";
    probability *= step.probability;
  }
  assert.equal(model.running, 0, "the engine is free again");
  return { text, probability };
}

describe("the likeliest line", () => {
  const tree: Tree = { "": { a: 0.6, b: 0.4 }, a: { c: 0.4, d: 0.3, e: 0.3 }, b: { e: 1 } };

  it("may begin with a token that is not the likeliest", async () => {
    const model = treeModel(tree);
    const { text, probability } = await line(model);
    assert.equal(text, "be");
    assert.ok(Math.abs(probability - 0.4) < 1e-9);
    assert.deepEqual(model.asked, ["", "b"], "what cannot be likelier is not followed");
  });

  it("is the greedy one with the effort of one", async () => {
    assert.equal((await line(treeModel(tree), 1)).text, "ac");
  });

  it("is given at once where no other can be likelier", async () => {
    const model = treeModel({ "": { a: 0.9, b: 0.1 }, a: { c: 0.9, d: 0.1 } });
    assert.equal((await line(model)).text, "ac");
    assert.deepEqual(model.asked, [""]);
  });

  it("may end where the likeliest token goes on", async () => {
    const model = treeModel({ "": { a: 1 }, a: { b: 0.55, "<end>": 0.45 }, ab: { c: 0.5, d: 0.5 } });
    assert.equal((await line(model)).text, "a");
  });

  it("takes a line break for an end, but not before anything is said", async () => {
    assert.equal((await line(treeModel({ "": { "\n": 1 }, "\n": { a: 1 }, "\na": { "\n": 1 }, "\na\n": { b: 1 } }))).text, "\na");
  });

  it("is the one that the open files would write alone, where they are surer", async () => {
    const files = (probability: number): Voice => ({ ...silent, line: () => ({ tokens: [words.indexOf("d"), words.indexOf("e")], probability }) });
    const sure = await line(treeModel(tree), 4, 10, files(0.45));
    assert.equal(sure.text, "de");
    assert.ok(Math.abs(sure.probability - 0.45) < 1e-9);
    assert.equal((await line(treeModel(tree), 4, 10, files(0.35))).text, "be");
  });

  it("keeps nothing that the engine says after the line's end", async () => {
    assert.equal((await line(treeModel({ "": { a: 0.6, b: 0.4 }, a: { c: 0.4, d: 0.3, e: 0.3 }, b: { "\n": 1 }, "b\n": { d: 1 } }))).text, "b");
  });

  it("is cut where it gets too long", async () => {
    assert.equal((await line(treeModel({ "": { a: 1 }, a: { b: 1 }, ab: { c: 1 } }), 4, 2)).text, "ab");
  });

  it("is nothing where the answer ends at once", async () => {
    assert.equal((await line(treeModel({ "": { "<end>": 0.7, a: 0.3 } }))).text, "");
  });
});
