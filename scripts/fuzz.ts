// `npm run fuzz -- --count 100000 --seed 1`: messages of every kind, right and wrong, for the real worker. Ends with 1 when it did not hold.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fuzz } from "../test/fuzz/fuzz.js";
import { writeTinyModel } from "../test/fixtures/gguf.js";
import { chatTemplate } from "../test/worker/workday.js";
import { temporaryFolder } from "./vscode/temporary.js";

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { count: { type: "string", default: "100000" }, seed: { type: "string" } } });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const modelFile = join(temporaryFolder("fuzz"), "tiny.gguf");
  writeTinyModel(modelFile, { chatTemplate });
  console.log(`${values.count} messages, seed ${seed}`);
  const begun = performance.now();
  const onProgress = (sent: number): void => console.log(`  ${sent} sent after ${Math.round((performance.now() - begun) / 1000)} s`);
  const { faults, ...counts } = await fuzz({ count: Number(values.count), seed, modelFile, answer: "value(1);", onProgress });
  console.log(JSON.stringify(counts, undefined, 2));
  console.log(faults.length === 0 ? "No crash, one answer for every request, right answers afterwards." : `Faults:\n${faults.join("\n")}`);
  return faults.length === 0 ? 0 : 1;
}

main().then((code) => process.exit(code), (error: unknown) => {
  console.error(error);
  process.exit(2);
});
