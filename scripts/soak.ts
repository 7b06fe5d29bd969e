// `npm run soak -- --minutes N`: typing, commits and conversation replayed at full speed against the real worker with the model in the box.
// Watches memory and descriptors of the worker, and of this process for what a client keeps; writes soak.json and soak.svg into `shots/soak`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeTinyModel } from "../test/fixtures/gguf.js";
import { openWire } from "../test/worker/wire.js";
import { chatTemplate, workday } from "../test/worker/workday.js";
import { growthOf, type Sample, sampleOf } from "./soak/samples.js";
import { plot } from "./soak/plot.js";
import { typeFile, typeInAll } from "./soak/typing.js";
import { temporaryFolder } from "./vscode/temporary.js";

const ROOT = join(__dirname, "..");
/** Memory may grow until caches are full: so much of the time does not count. */
const WARM_UP = 1 / 6;
const LIMIT_PERCENT = 5;
/** Heaps and caches come to their size in the first ten minutes: a shorter run finds gross leaks only. */
const SHORT_MINUTES = 30;
const SHORT_LIMIT_PERCENT = 25;
/** Below this much, percent of a small process are noise. */
const NOISE_BYTES = 3e6;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { minutes: { type: "string", default: defaultMinutes() }, out: { type: "string", default: join(ROOT, "shots/soak") } } });
  const minutes = Number(values.minutes);
  const samples = await soak(minutes);
  const measured = samples.filter(({ seconds }) => seconds >= minutes * 60 * WARM_UP);
  const [first] = measured;
  const last = measured.at(-1);
  if (!first || !last || measured.length < 6) throw new Error(`Only ${samples.length} samples in ${minutes} minutes.`);

  const growth = { worker: growthOf(measured, "worker"), client: growthOf(measured, "client"), descriptors: last.descriptors - first.descriptors };
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, "soak.json"), JSON.stringify({ minutes, growth, requests: last.requests, samples }, undefined, 1));
  writeFileSync(join(values.out, "soak.svg"), plot(samples, minutes * 60 * WARM_UP));
  console.log(`${minutes} minutes, ${last.requests} requests: worker ${megabytes(first.worker)} to ${megabytes(last.worker)} MB (${growth.worker.percent.toFixed(1)} %), ` +
    `client ${megabytes(first.client)} to ${megabytes(last.client)} MB (${growth.client.percent.toFixed(1)} %), descriptors ${first.descriptors} to ${last.descriptors}.`);
  console.log(`${join(values.out, "soak.svg")} shows it.`);
  const isFlat = (of: { percent: number; bytes: number }): boolean => of.percent <= (minutes < SHORT_MINUTES ? SHORT_LIMIT_PERCENT : LIMIT_PERCENT) || of.bytes <= NOISE_BYTES;
  return isFlat(growth.worker) && isFlat(growth.client) && growth.descriptors <= 0 ? 0 : 1;
}

/** Five minutes where every change is tested, one where somebody waits. */
function defaultMinutes(): string {
  return process.env["INKLING_SOAK_MINUTES"] ?? (process.env["CI"] === undefined ? "1" : "5");
}

async function soak(minutes: number): Promise<Sample[]> {
  const chatModelFile = join(temporaryFolder("soak"), "talker.gguf");
  writeTinyModel(chatModelFile, { chatTemplate, answer: "sum(ab);" });
  const wire = openWire();
  const samples: Sample[] = [];
  try {
    await wire.start({ modelFile: join(ROOT, "models/inkling-nano.gguf"), chatModelFile });
    await typeInAll(wire);
    const begun = performance.now();
    const seconds = (): number => (performance.now() - begun) / 1000;
    const everySeconds = Math.max(1, (minutes * 60) / 240);
    let requests = 0;
    for (let round = 0; seconds() < minutes * 60; round += 1) {
      requests += await typeFile(wire, round);
      const { answered } = await workday(wire, `soak${round % 50}`);
      requests += answered.completion + answered.explain + answered.commit + answered.chat;
      wire.received.length = 0;
      if (seconds() >= (samples.at(-1)?.seconds ?? -Infinity) + everySeconds) samples.push(await sampleOf(wire.child.pid!, seconds(), requests));
    }
    return samples;
  } finally {
    await wire.close();
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

main().then((code) => process.exit(code), (error: unknown) => {
  console.error(error);
  process.exit(2);
});
