// Writes a model of the size and shape of Qwen2.5-Coder-0.5B-Instruct with random weights, for measuring speed: `npx tsx test/bench/half-billion.ts FILE`.
import { writeFamilyModel } from "../fixtures/families.js";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("name the file to write");
writeFamilyModel(file, "qwen2.5-coder-instruct", {
  dimensions: { width: 896, heads: 14, kvHeads: 2, headSize: 64, feedForward: 4864, layers: 24, context: 32_768 }, vocabulary: 151_936, type: "Q8_0",
});
