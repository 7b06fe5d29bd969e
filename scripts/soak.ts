// `npm run soak -- --minutes N`: typing, commits and conversation at full speed against the real worker, and beside it the same in a real VS Code
// window. Watches memory and descriptors of both workers and of the extension host; writes soak.json and soak.svg into `shots/soak`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeTinyModel } from "../test/fixtures/gguf.js";
import { openWire, type Wire } from "../test/worker/wire.js";
import { chatTemplate, workday } from "../test/worker/workday.js";
import { descriptorsOf, type Growth, growthOf, type Memory, ownMemory, type Sample } from "./soak/samples.js";
import { plot } from "./soak/plot.js";
import { typeFile, typeInAll } from "./soak/typing.js";
import { openSoakWindow, type SoakWindow } from "./soak/window.js";
import { onSignal, temporaryFolder } from "./vscode/temporary.js";

const ROOT = join(__dirname, "..");
/** Heaps and caches come to their size in the first ten minutes; what is shorter has its first third for that, and finds gross leaks only. */
const WARM_UP_MINUTES = 10;
const LIMIT_PERCENT = 5;
const SHORT_LIMIT_PERCENT = 15;
/** Below this much, percent of a small process are noise. */
const NOISE_BYTES = 3e6;
const WATCHED: readonly (keyof Memory)[] = ["worker", "windowWorker", "host", "hostHeap"];

interface Plan { minutes: number; warmUpSeconds: number; limitPercent: number; window: boolean; out: string }

function planOf(args: readonly string[]): Plan {
  const { values } = parseArgs({ args: [...args], options: {
    minutes: { type: "string", default: process.env["INKLING_SOAK_MINUTES"] ?? "10" },
    out: { type: "string", default: join(ROOT, "shots/soak") },
    "worker-only": { type: "boolean", default: false },
  } });
  const minutes = Number(values.minutes);
  const isLong = minutes >= 2 * WARM_UP_MINUTES;
  return {
    minutes, out: values.out, window: !values["worker-only"], warmUpSeconds: 60 * (isLong ? WARM_UP_MINUTES : minutes / 3),
    limitPercent: isLong ? LIMIT_PERCENT : SHORT_LIMIT_PERCENT,
  };
}

async function main(): Promise<number> {
  const plan = planOf(process.argv.slice(2));
  const { samples, stumbles, rounds, broke } = await soak(plan);
  const measured = samples.filter(({ seconds }) => seconds >= plan.warmUpSeconds);
  if (measured.length < 6) throw new Error(`Only ${samples.length} samples in ${plan.minutes} minutes. ${broke ?? ""}`);
  const growth = Object.fromEntries([...WATCHED, "descriptors" as const].flatMap((what) => {
    const grown = growthOf(measured, what);
    return grown === undefined ? [] : [[what, grown]];
  })) as Partial<Record<keyof Memory | "descriptors", Growth>>;
  mkdirSync(plan.out, { recursive: true });
  writeFileSync(join(plan.out, "soak.json"), JSON.stringify({ minutes: plan.minutes, growth, requests: samples.at(-1)!.requests, windowRounds: rounds, stumbles, samples }, undefined, 1));
  writeFileSync(join(plan.out, "soak.svg"), plot(samples, plan.warmUpSeconds));

  const grows = WATCHED.filter((what) => growth[what] !== undefined && growth[what].percent > plan.limitPercent && growth[what].to - growth[what].from > NOISE_BYTES);
  console.log(`${plan.minutes} minutes, the first ${Math.round(plan.warmUpSeconds)} s not counted; ${samples.at(-1)!.requests} requests, ${rounds} rounds in the window, ${stumbles} of its steps came to nothing.`);
  for (const what of WATCHED) if (growth[what]) console.log(`  ${what}: ${described(growth[what])}`);
  console.log(`  descriptors: ${growth.descriptors?.from} to ${growth.descriptors?.to}\n${join(plan.out, "soak.svg")} shows it.`);
  if (grows.length > 0) console.log(`Grows by more than ${plan.limitPercent} %: ${grows.join(", ")}.`);
  const works = !plan.window || (rounds > 0 && stumbles <= rounds); // two steps a round
  if (!works) console.log("The window did not work.");
  if (broke !== undefined) console.log(`It ended early: ${broke}`);
  return broke === undefined && grows.length === 0 && (growth.descriptors?.to ?? 0) <= (growth.descriptors?.from ?? 0) && works ? 0 : 1;
}

function described({ from, to, percent }: Growth): string {
  return `${(from / 1e6).toFixed(1)} to ${(to / 1e6).toFixed(1)} MB (${percent.toFixed(1)} %)`;
}

interface Soaked { samples: Sample[]; stumbles: number; rounds: number; broke: string | undefined }

async function soak({ minutes, window: withWindow }: Plan): Promise<Soaked> {
  const modelFile = join(ROOT, "models/inkling-nano.gguf");
  const chatModelFile = join(temporaryFolder("soak"), "talker.gguf");
  writeTinyModel(chatModelFile, { chatTemplate, answer: "sum(ab);" });
  const wire = openWire({
    patienceMs: 300_000, // others may need the machine more
    env: { NODE_OPTIONS: `--require=${join(__dirname, "soak/collect.cjs")}` },
  });
  let window: SoakWindow | undefined;
  try {
    await wire.start({ modelFile, chatModelFile }, 300_000);
    await typeInAll(wire);
    window = withWindow ? await openSoakWindow(modelFile, chatModelFile) : undefined;
    const samples: Sample[] = [];
    const begun = performance.now();
    const seconds = (): number => (performance.now() - begun) / 1000;
    const counts = { requests: 0, rounds: 0 };
    const everySeconds = Math.max(1, (minutes * 60) / 240);
    const isOver = (): boolean => seconds() >= minutes * 60;
    const sample = (): void => {
      if (seconds() >= (samples.at(-1)?.seconds ?? -Infinity) + everySeconds) samples.push({ seconds: seconds(), requests: counts.requests, ...measure(wire, window) });
    };
    const work = [replay(wire, isOver, (requests) => { counts.requests += requests; sample(); }), workIn(window, isOver, (done) => { counts.rounds += 1; counts.requests += done; })];
    const broke = await Promise.all(work).then(() => undefined, (error: unknown) => String(error)); // what was measured until then is shown all the same
    return { samples, stumbles: window?.stumbles() ?? 0, rounds: counts.rounds, broke };
  } finally {
    await Promise.all([wire.close(), window?.close()]);
  }
}

async function replay(wire: Wire, isOver: () => boolean, onDone: (requests: number) => void): Promise<void> {
  for (let round = 0; !isOver(); round += 1) {
    const typed = await typeFile(wire, round);
    const { answered } = await workday(wire, `soak${round % 50}`);
    wire.received.length = 0;
    onDone(typed + answered.completion + answered.explain + answered.commit + answered.chat);
  }
}

async function workIn(window: SoakWindow | undefined, isOver: () => boolean, onRound: (done: number) => void): Promise<void> {
  for (let round = 0; window !== undefined && !isOver(); round += 1) onRound(await window.work(round));
}

function measure(wire: Wire, window: SoakWindow | undefined): Memory & { descriptors: number } {
  const worker = wire.child.pid!;
  if (!window) return { worker: ownMemory(worker), descriptors: descriptorsOf(worker) };
  const { pid: host, alive } = window.host();
  const windowWorker = window.worker();
  const pids = [worker, host, ...windowWorker === undefined ? [] : [windowWorker]];
  return {
    worker: ownMemory(worker), host: ownMemory(host), hostHeap: alive, ...windowWorker !== undefined && { windowWorker: ownMemory(windowWorker) },
    descriptors: pids.reduce((sum, pid) => sum + descriptorsOf(pid), 0),
  };
}

onSignal(() => Promise.resolve()); // what was opened is closed when the process exits
main().then((code) => process.exit(code), (error: unknown) => {
  console.error(error);
  process.exit(2);
});
