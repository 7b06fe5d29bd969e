// Token healing over a model whose every probability is written down: what is begun at a cursor, and what the answer is then.
import { strict as assert } from "node:assert";
import { complete } from "../../src/core/completion/complete.js";
import { begunAt, generateHealed } from "../../src/core/completion/heal.js";
import type { GenerateOptions, LanguageModel, Token } from "../../src/core/model.js";
import { sourceDocument } from "./completion-fake.js";
import { depsFor } from "./completion-setup.js";

const vocabulary = ["<end>", " console", " con", "fig", ".log", "(x)", " ", "c", "o", "n", "x"];
const markers = ["<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"];
const signal = new AbortController().signal;

/** Says the likeliest that it may: one table of probabilities for each token of the answer. */
function tableModel(...table: Readonly<Record<string, number>>[]): LanguageModel & { prompts: string[] } {
  const textOf = (token: Token): string => token < 0 ? markers[-token - 1]! : token >= 1_000 ? String.fromCharCode(token - 1_000) : vocabulary[token]!;
  const model: LanguageModel & { prompts: string[] } = {
    name: "table", contextLength: 1_000, fim: undefined, prompts: [],
    tokenize: (text) => text.split(/(?:)/u).map((letter) => vocabulary.includes(letter) ? vocabulary.indexOf(letter) : letter.charCodeAt(0) + 1_000),
    detokenize: (tokens) => tokens.map(textOf).join(""),
    specialToken: (text) => markers.includes(text) ? -markers.indexOf(text) - 1 : undefined,
    generate(prompt, { choose, maxTokens }: GenerateOptions) {
      model.prompts.push(model.detokenize(prompt));
      async function *steps() {
        await Promise.resolve();
        for (const row of [...table, { "<end>": 1 }].slice(0, maxTokens)) {
          const candidates = Object.entries(row).map(([text, probability]) => ({ token: vocabulary.indexOf(text), probability, ends: text === "<end>" }));
          const token = choose ? choose(candidates) : candidates[0]!.token;
          if (vocabulary[token] === "<end>") return;
          yield { token, probability: candidates.find((candidate) => candidate.token === token)?.probability ?? 0 };
        }
      }
      return Promise.resolve({ reused: 0, prefillMs: 0, steps: steps() });
    },
  };
  return model;
}

async function healed(begun: string, model: LanguageModel): Promise<[text: string, probability: number][]> {
  const { steps } = await generateHealed(begun, model, [], { maxTokens: 10, signal });
  const said: [string, number][] = [];
  for await (const { token, probability } of steps) said.push([model.detokenize([token]), Math.round(probability * 100) / 100]);
  return said;
}

describe("token healing", () => {
  describe("takes as begun", () => {
    for (const [prefix, begun] of [
      ["return con", " con"], ["\n    con", "con"], ["foo.con", "con"], ["a = ", " "], ["foo(", ""], ["\n    ", ""], ["", ""], ["a =  con", "con"], ["größe", "e"],
    ] as const) it(JSON.stringify(prefix), () => assert.equal(begunAt(prefix), begun));
  });

  it("takes the likeliest of the tokens that agree with what is typed, with its probability among them", async () => {
    const model = tableModel({ "x": 0.6, " console": 0.3, " con": 0.1 }, { ".log": 0.5, "x": 0.2 });
    assert.deepEqual(await healed(" con", model), [[" console", 0.75], [".log", 0.5]]);
  });

  it("spells what is begun in several tokens where it has to, and does not end before", async () => {
    const model = tableModel({ "x": 0.9, " ": 0.05 }, { "<end>": 0.9, "c": 0.1 }, { "o": 1 }, { "n": 1 }, { "fig": 0.7, "x": 0.3 });
    assert.deepEqual((await healed(" con", model)).map(([text]) => text).join(""), " config");
  });

  it("writes it out where no token agrees", async () => {
    assert.equal((await healed("co", tableModel({ "x": 1 }, { "x": 1 }, { "fig": 1 }))).map(([text]) => text).join(""), "cofig");
  });

  it("asks from the word's start, shows what is missing, and keeps the answer for the next letter", async () => {
    const model = tableModel({ "x": 0.5, " console": 0.5 }, { ".log": 1 }, { "(x)": 1 });
    const deps = depsFor(model, { heals: true });
    const ask = (text: string) => complete(sourceDocument("a.ts", text), text.length, { automatic: true }, deps, signal);
    const answer = await ask("return con");
    assert.equal(answer.items[0]?.text, "sole.log(x)");
    assert.match(model.prompts[0]!, /return<\|fim_suffix\|>/);
    assert.equal((await ask("return cons")).items[0]?.text, "ole.log(x)");
    assert.equal(model.prompts.length, 1);
  });

  it("leaves an entry of the suggestion list as it was chosen", async () => {
    const model = tableModel({ "(x)": 1 });
    await complete(sourceDocument("a.ts", "a.co"), 4, { automatic: true, selected: { range: [2, 4], text: "con" } }, depsFor(model, { heals: true }), signal);
    assert.match(model.prompts[0]!, /a\.con<\|fim_suffix\|>/);
  });
});
