// That llama.cpp computes with the shipped model what its trainer computed: the same tokens for a thousand files, and the same
// probabilities but for rounding to eight bits. The trainer's answers are in test/fixtures/nano/parity.json; INKLING_PARITY names
// a folder of models/training/work with a model of one's own and its answers.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp";

interface Reference {
  sha256: string;
  /** Natural logarithms of the probabilities of the ten most probable next tokens. */
  prompts: { tokens: Token[]; best: [Token, number][] }[];
  /** Path of a file of the development dependencies, and the hash of its tokens. */
  texts: [path: string, hash: string][];
}

const root = resolve(__dirname, "../..");
const training = join(root, "models/training");
const own = process.env.INKLING_PARITY;
const file = own ? resolve(root, own, "inkling-nano.gguf") : join(root, "models/inkling-nano.gguf");
const answers = own ? resolve(root, own, "parity.json") : join(root, "test/fixtures/nano/parity.json");
const tokenizer = own ? resolve(root, own, "tokenizer.json") : join(training, "tokenizers/cpu.json");
const python = join(root, ".venv/bin/python");
const heldOut = join(training, "work/files/test.jsonl");

describe("llama.cpp and the trainer of inkling-nano", function () {
  this.timeout(300_000);
  let model: LlamaModel;
  let reference: Reference;

  before(async () => {
    reference = JSON.parse(readFileSync(answers, "utf8")) as Reference;
    const { getLlama } = await import("node-llama-cpp");
    const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, progressLogs: false, maxThreads: 1 });
    model = await llama.loadModel({ modelPath: file });
  });
  after(() => model.dispose());

  it("speak of the same file", () => {
    const digest = createHash("sha256").update(readFileSync(file)).digest("hex");
    assert.equal(digest, reference.sha256, "models/training/run.sh --step reference writes the trainer's answers anew");
  });

  it("cut a thousand files into the same tokens", () => {
    assert.equal(reference.texts.length, 1000);
    const different = reference.texts.filter(([path, hash]) => fingerprint(model, readFileSync(join(root, path), "utf8")) !== hash);
    assert.deepEqual(different.map(([path]) => path), []);
  });

  it("cut the files of held-out projects into the same tokens", function () {
    if (!existsSync(python) || !existsSync(heldOut)) {
      console.log("      skipped: needs the trainer's Python (.venv) and its corpus (models/training/run.sh)");
      return this.skip();
    }
    const run = spawnSync(python, [join(training, "reference.py"), "--hashes-only", "--tokenizer", tokenizer, "--files", heldOut], { encoding: "utf8" });
    assert.equal(run.status, 0, run.stderr);
    const hashes = JSON.parse(run.stdout) as string[];
    const texts = readFileSync(heldOut, "utf8").split("\n").slice(0, hashes.length).map(line => (JSON.parse(line) as { text: string }).text);
    assert.ok(hashes.length >= 500);
    assert.deepEqual(texts.map(text => fingerprint(model, text)), hashes);
  });

  it("agree about the next token", async () => {
    const context = await model.createContext({ contextSize: 1024 });
    const sequence = context.getSequence();
    assert.equal(reference.prompts.length, 20);
    let worst = 0;
    for (const { tokens, best } of reference.prompts) {
      const probabilities = await nextToken(sequence, tokens);
      for (const [token, expected] of best) worst = Math.max(worst, Math.abs(Math.log(probabilities.get(token) ?? 0) - expected));
    }
    await context.dispose();
    console.log(`      largest difference of a log-probability: ${worst.toFixed(3)}`);
    assert.ok(worst < 0.25, `differs by ${worst}`); // eight-bit weights move it by a few hundredths; a wrong graph by whole units
  });
});

function fingerprint(model: LlamaModel, text: string): string {
  return createHash("sha256").update(model.tokenize(text).join(",")).digest("hex").slice(0, 16);
}

async function nextToken(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<Map<Token, number>> {
  await sequence.clearHistory();
  const last = tokens.at(-1);
  assert.ok(last !== undefined);
  const evaluated = await sequence.controlledEvaluate([...tokens.slice(0, -1), [last, { generateNext: { probabilities: true } }]]);
  return evaluated.at(-1)?.next.probabilities ?? new Map<Token, number>();
}
