// FIM formats and prompts: which family a model belongs to, what its prompt looks like, and that it fits the budget.
import { strict as assert } from "node:assert";
import { chooseFormat, fimFormats, layOut } from "../../src/core/completion/fim.js";
import { fitPrompt } from "../../src/core/completion/prompt.js";
import type { ComposedContext } from "../../src/core/context/context.js";
import { fakeModel } from "./completion-fake.js";

const context: ComposedContext = {
  neighbours: [{ path: "far.ts", text: "far\n" }, { path: "near.ts", text: "near\n" }],
  path: "own.ts", outline: "import { a } from \"a\";\n", prefix: "const b = ", suffix: ";\nend();\n", parts: [],
};

const bars = ["<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"];
const angles = ["<fim_prefix>", "<fim_suffix>", "<fim_middle>"];
const deepSeek = ["<｜begin▁of▁sentence｜>", "<｜fim▁begin｜>", "<｜fim▁hole｜>", "<｜fim▁end｜>"];

/** Name, vocabulary's markers, and the prompt that the family was trained on. */
const families: readonly [name: string, markers: string[], family: string, prompt: string][] = [
  ["inkling-nano", [...bars, "<|file_sep|>"], "inkling",
    "<|fim_suffix|>;\nend();\n<|fim_prefix|><|file_sep|>far.ts\nfar\n<|file_sep|>near.ts\nnear\n<|file_sep|>own.ts\nimport { a } from \"a\";\nconst b = <|fim_middle|>"],
  ["Qwen2.5 Coder 1.5B", [...bars, "<|file_sep|>", "<|repo_name|>"], "qwen2.5-coder",
    "<|file_sep|>far.ts\nfar\n<|file_sep|>near.ts\nnear\n<|file_sep|>own.ts\n<|fim_prefix|>import { a } from \"a\";\nconst b = <|fim_suffix|>;\nend();\n<|fim_middle|>"],
  ["codegemma-2b", ["<bos>", ...bars, "<|file_separator|>"], "codegemma",
    "<bos>far.ts\nfar\n<|file_separator|>near.ts\nnear\n<|file_separator|><|fim_prefix|>import { a } from \"a\";\nconst b = <|fim_suffix|>;\nend();\n<|fim_middle|>"],
  ["granite-4.0-micro", [...bars, "<|filename|>"], "granite-4", "<|fim_prefix|>import { a } from \"a\";\nconst b = <|fim_suffix|>;\nend();\n<|fim_middle|>"],
  ["Mellum-4b-base", [...angles, "<filename>"], "mellum",
    "<filename>far.ts\nfar\n<filename>near.ts\nnear\n<filename>own.ts\n<fim_suffix>;\nend();\n<fim_prefix>import { a } from \"a\";\nconst b = <fim_middle>"],
  ["starcoder2-3b", [...angles, "<file_sep>"], "starcoder2",
    "<file_sep>far.ts\nfar\n<file_sep>near.ts\nnear\n<file_sep><fim_prefix>own.ts\nimport { a } from \"a\";\nconst b = <fim_suffix>;\nend();\n<fim_middle>"],
  ["tiny_starcoder", angles, "starcoder", "<fim_prefix>import { a } from \"a\";\nconst b = <fim_suffix>;\nend();\n<fim_middle>"],
  ["granite-3b-code", angles, "starcoder", "<fim_prefix>import { a } from \"a\";\nconst b = <fim_suffix>;\nend();\n<fim_middle>"],
  ["deepseek-coder-1.3b", deepSeek, "deepseek-coder", "<｜begin▁of▁sentence｜><｜fim▁begin｜>import { a } from \"a\";\nconst b = <｜fim▁hole｜>;\nend();\n<｜fim▁end｜>"],
  ["codestral-22b", ["<s>", "[SUFFIX]", "[PREFIX]"], "codestral", "<s>[SUFFIX];\nend();\n[PREFIX]import { a } from \"a\";\nconst b = "],
  ["CodeLlama-7b", ["<s>", "▁<PRE>", "▁<SUF>", "▁<MID>"], "codellama", "<s>▁<PRE>import { a } from \"a\";\nconst b = ▁<SUF>;\nend();\n▁<MID>"],
];

describe("FIM formats", () => {
  for (const [name, markers, family, prompt] of families) {
    it(`${name} is written as ${family} wants it`, () => {
      const choice = chooseFormat(fakeModel(() => "", { name, markers }));
      assert.ok(choice.ok);
      assert.equal(choice.bound.format.family, family);
      assert.equal(layOut(choice.bound.format, context).map(piece => "text" in piece ? piece.text : piece.marker).join(""), prompt);
    });
  }

  it("every family has an example", () => {
    assert.deepEqual(fimFormats.map(format => format.family).filter(family => !families.some(([, , named]) => named === family)), []);
  });

  it("a model whose markers are not single tokens is refused, and told why", () => {
    const choice = chooseFormat(fakeModel(() => "", { name: "chat", markers: ["<|im_start|>"] }));
    assert.ok(!choice.ok);
    assert.match(choice.reason, /chat has no fill-in-the-middle tokens.*qwen2\.5-coder: no single token <\|file_sep\|>/);
  });

  it("an unknown family is taken at the word of its metadata", () => {
    const model = { ...fakeModel(() => "", { name: "new", markers: [] }), fim: { prefix: 11, suffix: 12, middle: 13 } };
    const choice = chooseFormat(model);
    assert.ok(choice.ok);
    const { tokens } = fitPrompt({ ...context, neighbours: [], outline: "", prefix: "", suffix: "" }, choice.bound, model, 100);
    assert.deepEqual(tokens, [11, 12, 13]);
  });

  it("markers in a file stay text", () => {
    const model = fakeModel(() => "");
    const choice = chooseFormat(model);
    assert.ok(choice.ok);
    const { tokens } = fitPrompt({ ...context, neighbours: [], prefix: "say(\"<|fim_middle|>\")" }, choice.bound, model, 500);
    const middle = model.specialToken("<|fim_middle|>")!;
    assert.equal(tokens.indexOf(middle), tokens.length - 1);
  });
});

describe("fitting a prompt", () => {
  const lines = (count: number) => Array.from({ length: count }, (_, i) => `line${i} of the file;\n`).join("");
  const long = { ...context, prefix: lines(60), suffix: lines(30) };
  const model = fakeModel(() => "");
  const choice = chooseFormat(model);
  const fit = (what: ComposedContext, limit: number) => {
    assert.ok(choice.ok);
    return fitPrompt(what, choice.bound, model, limit);
  };

  it("leaves alone what fits", () => {
    assert.deepEqual(fit(long, 10_000).context, long);
  });

  it("never takes more tokens than there are, whatever the limit", () => {
    for (let limit = 8; limit < 900; limit += 7) {
      const { tokens } = fit(long, limit);
      assert.ok(tokens.length <= limit, `${tokens.length} tokens for a limit of ${limit}`);
      assert.equal(tokens.at(-1), model.specialToken("<|fim_middle|>"));
    }
  });

  it("keeps what is next to the cursor and cuts at lines", () => {
    const { context: { prefix, suffix, neighbours } } = fit(long, 400);
    assert.deepEqual(neighbours, []);
    assert.ok(prefix !== "" && long.prefix.endsWith(`\n${prefix}`));
    assert.ok(suffix !== "" && long.suffix.startsWith(suffix) && suffix.endsWith("\n"));
  });

  it("drops the most distant file first", () => {
    const all = fit(context, 1_000).tokens.length;
    assert.deepEqual(fit(context, all - 1).context.neighbours, [context.neighbours[1]]);
  });

  it("starts at the same place while somebody types", () => {
    const starts = new Set<string>();
    for (let typed = 0; typed < 60; typed += 1) starts.add(fit({ ...long, prefix: long.prefix + "x ".repeat(typed / 2) }, 400).context.prefix.slice(0, 20));
    assert.ok(starts.size <= 2, [...starts].join(", "));
  });

  it("copes with one endless line", () => {
    assert.ok(fit({ ...context, prefix: "a b ".repeat(2_000), suffix: "c d ".repeat(2_000) }, 100).tokens.length <= 100);
  });
});
