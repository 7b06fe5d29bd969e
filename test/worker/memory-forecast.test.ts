// What the forecast says before loading, and what a worker really takes: within 15 %, for five sizes of model and for weights that the engine
// keeps twice.
import { strict as assert } from "node:assert";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWorker } from "../../src/cli/client.js";
import { fitOf, forecast, memoryNow, shapeOfEntry, shapeOfFile } from "../../src/models/fit.js";
import { readCatalog } from "../../src/models/catalog.js";
import { readGgufHeader } from "../../src/models/gguf.js";
import { type FamilyName, type FamilySize, writeFamilyModel } from "../fixtures/families.js";
import { uri, workerFile } from "./start.js";

const LIMIT = 0.15;
const medium = { width: 768, layers: 10, heads: 12, kvHeads: 4, headSize: 64, feedForward: 2048, context: 8192 };
const models: [name: string, family: FamilyName, size: FamilySize][] = [
  ["5M Q8_0", "qwen3", { type: "Q8_0", vocabulary: 4096, dimensions: { width: 256, layers: 6, heads: 4, kvHeads: 1, headSize: 64, feedForward: 704, context: 1024 } }],
  ["25M Q8_0", "granite4", { type: "Q8_0", vocabulary: 16_384, dimensions: { ...medium, width: 384, heads: 6, kvHeads: 2, feedForward: 1152 } }],
  ["120M Q8_0", "deepseek-coder", { type: "Q8_0", vocabulary: 32_768, dimensions: medium }],
  ["120M Q4_K", "deepseek-coder", { type: "Q4_K", vocabulary: 32_768, dimensions: medium }],
  ["270M Q8_0", "codegemma", { type: "Q8_0", vocabulary: 262_144, dimensions: { width: 640, layers: 18, heads: 4, kvHeads: 1, headSize: 256, feedForward: 2048, context: 32_768 } }],
  ["0.5B Q8_0", "qwen2.5-coder", { type: "Q8_0", vocabulary: 151_936, dimensions: { width: 896, layers: 24, heads: 14, kvHeads: 2, headSize: 64, feedForward: 4864, context: 32_768 } }],
];
const code = `${Array.from({ length: 400 }, (_, i) => `const value${i} = compute(index${i}, count);`).join("\n")}\n`;

describe("the forecast of memory", function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "inkling-memory-"));
  after(() => rmSync(folder, { recursive: true }));

  for (const [name, family, size] of models) {
    it(`${name}: is within 15 % of what the worker takes`, async function () {
      if (process.platform !== "linux") this.skip(); // asks /proc
      const modelFile = join(folder, "model.gguf");
      writeFamilyModel(modelFile, family, size);
      const expected = forecast(shapeOfFile(readGgufHeader(modelFile)), "completion").total;
      const worker = await startWorker({ modelFile, workerFile, folder, budget: 2000 });
      try {
        await worker.ready;
        worker.openDocument(uri, "typescript", code);
        await worker.complete(uri, { line: 400, character: 0 });
        const taken = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${worker.pid}/status`, "utf8"))?.[1]) * 1024;
        const error = expected / taken - 1;
        console.log(`      forecast ${mb(expected)} MB, taken ${mb(taken)} MB: ${error < 0 ? "" : "+"}${(error * 100).toFixed(1)} %`);
        assert.ok(Math.abs(error) <= LIMIT);
      } finally {
        await worker.close();
      }
    });
  }

  it("is much the same from the catalogue as from the file", () => {
    const catalog = readCatalog(join(__dirname, "../../models"));
    const nano = catalog.models[0]!;
    const [entry, file] = [shapeOfEntry(nano), shapeOfFile(readGgufHeader(join(__dirname, "../../models", nano.file)))].map((shape) => forecast(shape, "completion").total);
    assert.ok(Math.abs(entry! / file! - 1) < 0.02, `${entry} ${file}`);
  });

  it("says what fits", () => {
    const memory = { available: 4e9, total: 8e9 };
    assert.deepEqual([1e9, 3.9e9, 6e9, 7e9].map((needed) => fitOf(needed, memory)), ["fits", "tight", "tight", "too-large"]);
    const { available, total } = memoryNow();
    assert.ok(available > 50e6 && available <= total && total < 1e15);
  });
});

const mb = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
