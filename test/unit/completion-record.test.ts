// The record of a request: it tells where the answer came from and what the prompt cost, and never what is in the document.
import { strict as assert } from "node:assert";
import { thinkAhead } from "../../src/core/completion/ahead.js";
import { complete } from "../../src/core/completion/complete.js";
import { chooseFormat } from "../../src/core/completion/fim.js";
import { fitPrompt } from "../../src/core/completion/prompt.js";
import type { CompletionDeps } from "../../src/core/completion/request.js";
import type { ComposedContext } from "../../src/core/context/context.js";
import { fakeModel, sourceDocument } from "./completion-fake.js";
import { depsFor } from "./completion-setup.js";

const never = new AbortController().signal;
const ask = (drawn: string, deps: CompletionDeps) =>
  complete(sourceDocument("secretPath.ts", drawn.replace("▮", "")), drawn.indexOf("▮"), { automatic: true }, deps, never);

describe("a record", () => {
  it("says that the model was asked, about what place, and how much it said", async () => {
    const { origin, place, said, budget } = await ask("call(\n  const a = ▮\n", depsFor(fakeModel(() => "one + 1;")));
    assert.equal(origin, "model");
    assert.deepEqual(place, { languageId: "typescript", chars: 19, before: 12, after: 0, open: 1, lines: 1 });
    assert.deepEqual(said, { chars: 8, lines: 1 });
    assert.equal(budget, 1000);
  });

  it("says that an answer was remembered, or thought of ahead", async () => {
    const model = fakeModel((prompt) => (prompt.includes("one") ? "" : "one;"));
    const deps = depsFor(model);
    await ask("const a = ▮\n", deps);
    assert.equal((await ask("const a = o▮\n", deps)).origin, "cache");
    const document = sourceDocument("secretPath.ts", "const a = \n");
    await thinkAhead(document, { text: "one;", range: [10, 10] }, deps, never);
    assert.equal((await ask("const a = one;▮\n", deps)).origin, "ahead");
  });

  it("says that a running generation was adopted", async () => {
    const deps = depsFor(fakeModel(() => "one two three;"));
    const first = new AbortController();
    const slow = deps.model.generate.bind(deps.model);
    deps.model.generate = async (prompt, options) => ({ ...await slow(prompt, options), steps: slowly((await slow(prompt, options)).steps) });
    const source = (text: string) => sourceDocument("a.ts", text);
    const taken = complete(source("const a = \n"), 10, { automatic: true }, deps, first.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    first.abort();
    assert.equal((await taken).reason, "cancelled");
    const { reason, origin, parts } = await complete(source("const a = o\n"), 11, { automatic: true }, deps, never);
    assert.deepEqual([reason, origin, parts], ["shown", "adopted", undefined]);
  });

  it("has no text of the document in it, also where it was refused", async () => {
    for (const drawn of ["const Zanzibar = ▮", "const Zanzibar = ▮quokka", "// Zanzibar ▮", "Zanzibar(quokka, ▮"]) {
      const answer = await ask(drawn, depsFor(fakeModel(() => "wombat")));
      const record = JSON.stringify({ ...answer, items: [], unfiltered: undefined });
      assert.doesNotMatch(record, /Zanzibar|quokka|wombat|secretPath/);
    }
  });
});

async function* slowly<T>(steps: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const step of steps) {
    await new Promise((resolve) => setTimeout(resolve, 15));
    yield step;
  }
}

describe("the parts of a prompt", () => {
  const outline = "import { x } from \"x\";\nfunction outer() {\n";
  const context: ComposedContext = {
    neighbours: [{ path: "far.ts", text: "export const far: number;\n" }, { path: "near.ts", text: "export const near: string; // and more\n" }],
    path: "a.ts", outline, prefix: "const a = one + two;\nconst b = ", suffix: ";\nend();\n",
    parts: [
      { kind: "neighbour", path: "far.ts", chars: 26 }, { kind: "neighbour", path: "near.ts", chars: 38 },
      { kind: "imports", path: "a.ts", chars: 23 }, { kind: "scope", path: "a.ts", chars: outline.length - 23 },
      { kind: "window", path: "a.ts", chars: 31 }, { kind: "suffix", path: "a.ts", chars: 9 },
    ],
  };

  for (const name of ["inkling", "qwen2.5-coder"]) {
    it(`add up to the prompt, for ${name} and every limit`, () => {
      const model = fakeModel(() => "", { name, markers: ["<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", "<|file_sep|>", "<|repo_name|>", "<fim_prefix>", "<fim_suffix>", "<fim_middle>", "<file_sep>"] });
      const choice = chooseFormat(model);
      assert.ok(choice.ok);
      for (const limit of [1000, 60, 50, 40, 30, 20, 10]) {
        const { tokens, parts } = fitPrompt(context, choice.bound, model, limit);
        assert.equal(parts.reduce((sum, part) => sum + part.tokens, 0), tokens.length, `limit ${limit}: ${JSON.stringify(parts)}`);
      }
      const { parts } = fitPrompt(context, choice.bound, model, 1000);
      assert.deepEqual(new Set(parts.map(({ kind }) => kind)), new Set(["neighbour", "imports", "scope", "window", "suffix", "markers"]));
      assert.deepEqual(parts.filter(({ kind }) => kind === "neighbour").map(({ path }) => path), ["far.ts", "near.ts"]);
    });
  }
});
