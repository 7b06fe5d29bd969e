// LoRA adapters with the real engine: one changes what its role answers and nothing else; one of another model is refused before that.
import { strict as assert } from "node:assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adapterProblem, isAdapter } from "../../src/models/adapter.js";
import { forConversation, forTyping, startRuntime, type Engine } from "../../src/worker/engine.js";
import { writeAdapter } from "../fixtures/adapter.js";
import { writeFamilyModel } from "../fixtures/families.js";

describe("a LoRA adapter", function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), "inkling-adapter-"));
  const [model, other, adapter] = ["model.gguf", "other.gguf", "adapter.gguf"].map((name) => join(folder, name)) as [string, string, string];
  before(() => {
    writeFamilyModel(model, "qwen2.5-coder");
    writeFamilyModel(other, "granite4");
    writeAdapter(adapter, model);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("changes the answers of its role, not those of the other one on the same weights", async () => {
    const runtime = await startRuntime({ log: () => undefined });
    const plain = await runtime.load(model, forTyping);
    const adapted = await runtime.load(model, { ...forTyping, adapterFile: adapter });
    const chat = await runtime.load(model, forConversation);
    const answers = await Promise.all([plain, adapted, chat, plain].map(answer));
    assert.notDeepEqual(answers[1], answers[0]);
    assert.deepEqual([answers[2], answers[3]], [answers[0], answers[0]]);
    for (const engine of [plain, adapted, chat]) await engine.dispose();
  });

  it("is told from a model, and fits its own one only", () => {
    assert.deepEqual([isAdapter(adapter), isAdapter(model)], [true, false]);
    assert.equal(adapterProblem(adapter, model), undefined);
    assert.match(adapterProblem(adapter, other)!, /made for the architecture qwen2, and the model is a granite/);
    assert.match(adapterProblem(other, model)!, /not a LoRA adapter/);
    const wide = join(folder, "wide.gguf");
    writeFamilyModel(wide, "qwen2.5-coder", { dimensions: { width: 128 } });
    assert.match(adapterProblem(adapter, wide)!, /made for a model of another size/);
  });

  it("that is cut off is refused", () => {
    const cut = join(folder, "cut.gguf");
    writeFileSync(cut, readFileSync(adapter).subarray(0, 200));
    assert.equal(isAdapter(cut), false);
    assert.throws(() => adapterProblem(cut, model), /claims 12 tensors/);
  });
});

async function answer(engine: Engine): Promise<number[]> {
  const { steps } = await engine.generate(engine.tokenize("function add(a, b) { return"), { maxTokens: 12, signal: AbortSignal.timeout(20_000) });
  const tokens: number[] = [];
  for await (const { token } of steps) tokens.push(token);
  return tokens;
}
