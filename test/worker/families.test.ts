// Every model family that Inkling knows, with random weights, in the real engine: it loads, its text survives tokenization, it says something,
// and the right markers are found.
import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseFormat } from "../../src/core/completion/fim.js";
import { loadEngine } from "../../src/worker/engine.js";
import { type ChatAnswer, chatMethods, type ChatParams, type ChatPart } from "../../src/protocol/chat.js";
import { families, type Family, type FamilyName, writeFamilyModel } from "../fixtures/families.js";
import { openBench, uri } from "./start.js";

/** Families whose markers lead to another family's format, because nothing in the file tells them apart. */
const FORMAT: Partial<Record<FamilyName, string>> = {
  "qwen2.5-coder": "qwen2.5-coder", "qwen2.5-coder-instruct": "qwen2.5-coder", qwen3: "qwen2.5-coder", codestral: "codestral", codellama: "codellama",
  codegemma: "codegemma", granite4: "granite-4", "granite4-hybrid": "granite-4", starcoder2: "starcoder2", mellum: "mellum",
  "deepseek-coder": "deepseek-coder", "deepseek-coder-instruct": "deepseek-coder",
};

describe("model families", function () {
  this.timeout(20_000);
  const folder = mkdtempSync(join(tmpdir(), "inkling-families-"));
  after(() => rmSync(folder, { recursive: true }));

  for (const [family, plan] of Object.entries(families) as [FamilyName, Family][]) {
    it(`${family}: loads, tokenizes and generates`, async () => {
      const modelFile = join(folder, `${family}.gguf`);
      writeFamilyModel(modelFile, family);
      const engine = await loadEngine({ modelFile, log: () => undefined });
      try {
        const code = "def f(x):\n  return <|fim_middle|> [INST] é→";
        const prompt = engine.tokenize(code);
        assert.equal(engine.detokenize(prompt), code);
        const { steps } = await engine.generate(prompt, { maxTokens: 8, signal: new AbortController().signal });
        const said: number[] = [];
        for await (const { token } of steps) said.push(token);
        assert.match(engine.detokenize(said), /^[\s\w().;=]+$/);
        const format = chooseFormat(engine);
        assert.equal(format.ok ? format.bound.format.family : undefined, FORMAT[family], format.ok ? "" : format.reason);
        assert.equal(format.ok, plan.fim);
      } finally {
        await engine.dispose();
      }
    });
  }
});

describe("model families in the worker", function () {
  this.timeout(60_000);
  const bench = openBench();
  const folder = mkdtempSync(join(tmpdir(), "inkling-families-"));
  const modelOf = (family: FamilyName): string => {
    const file = join(folder, `${family}.gguf`);
    writeFamilyModel(file, family);
    return file;
  };
  after(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });
  const names = Object.keys(families) as FamilyName[];
  const completing = names.filter((family) => families[family].fim);
  const conversing = names.filter((family) => "template" in families[family]);

  for (const family of completing) {
    it(`${family}: completes`, async () => {
      const worker = await bench.start({ modelFile: modelOf(family), unfiltered: true });
      await worker.ready;
      worker.openDocument(uri, "typescript", "export function half(total: number) {\n  const value = \n}\n");
      const { record } = await worker.complete(uri, { line: 1, character: 16 });
      assert.ok(record.tokens.generated > 0, JSON.stringify(record));
      await worker.close();
    });
  }

  for (const family of conversing) {
    it(`${family}: converses by its own template`, async () => {
      const worker = await bench.start({ chatModelFile: modelOf(family) });
      let text = "";
      const params: ChatParams = { messages: [{ role: "user", text: "What does half() return?" }], maxTokens: 12, temperature: 0 };
      const answer = await worker.request<ChatAnswer, ChatPart>(chatMethods.ask, params, { onPart: (part) => { if (part.kind === "text") text += part.text; } });
      assert.ok(answer.kind === "answered" && answer.tokens.generated > 0, JSON.stringify(answer)); // what random weights say may be blank
      assert.ok(!text.includes("<|"), text);
      await worker.close();
    });
  }
});
