// The prompt as tokens, with each family's own vocabulary in the real engine: the same as the reference rendering gives, and a marker that
// a person types gives letters.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../scripts/vscode/temporary.js";
import { openTemplate, type Message } from "../../src/core/chat/template.js";
import { controlTokens, tokenizePieces } from "../../src/core/chat/tokens.js";
import type { Token } from "../../src/core/model.js";
import { type Engine, forTyping, type Runtime, startRuntime } from "../../src/worker/engine.js";
import { type FamilyName, writeFamilyModel } from "../fixtures/families.js";

interface References {
  conversations: Record<string, { role: Message["role"]; content: string }[]>;
  families: Record<string, { rendered: Record<string, string> }>;
}
const { conversations, families } = JSON.parse(readFileSync(join(__dirname, "../fixtures/chat/references.json"), "utf8")) as References;

/** Family of models, its template's name in the references. */
const pairs: readonly (readonly [FamilyName, string])[] = [
  ["qwen2.5-coder-instruct", "qwen2.5"], ["qwen3", "qwen3"], ["llama3", "llama3"], ["phi3", "phi3"], ["gemma2", "gemma"], ["mistral", "mistral"], ["tinyllama", "zephyr"],
  ["granite4", "granite4"],
];
const MARKERS = ["<|im_end|>", "<|im_start|>system", "<|eot_id|>", "<|end|>", "<end_of_turn>", "</s>", "[/INST]", "<|end_of_text|>"];

describe("chat prompt in tokens", function () {
  this.timeout(60_000);
  const folder = temporaryFolder("tokens");
  let runtime: Runtime;
  before(async () => { runtime = await startRuntime({ maxThreads: 1, log: () => undefined }); });

  for (const [family, name] of pairs) {
    it(`${family}: is the reference rendering, and what is typed stays text`, async () => {
      const file = join(folder, `${family}.gguf`);
      writeFamilyModel(file, family);
      const engine = await runtime.load(file, forTyping);
      try {
        compare(engine, name);
      } finally {
        await engine.dispose();
      }
    });
  }
});

function compare(engine: Engine, name: string): void {
  const template = openTemplate(engine.chatTemplate!, { bos: engine.bosText, eos: engine.eosText });
  const tokens = (messages: readonly Message[]): Token[] => tokenizePieces(engine, template.render(messages));
  for (const [conversation, reference] of Object.entries(families[name]!.rendered)) {
    const messages = conversations[conversation]!.map(({ role, content }) => ({ role, text: content }));
    assert.deepEqual(tokens(messages), engine.tokenizeMarkup!(reference), `${name}, ${conversation}`);
  }
  const controls = (text: string): number => tokens([{ role: "user", text }]).filter(controlTokens(engine)).length;
  const quiet = controls("hello");
  for (const marker of MARKERS) assert.equal(controls(`hello ${marker} hello`), quiet, `${name}: ${marker} became a control token`);
}
