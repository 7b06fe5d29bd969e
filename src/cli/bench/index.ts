// `inkling bench`: how fast is it here? Types recorded sessions through the shipped worker as an LSP client, and compares with the bare engine.
import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { defaultWorkerFile, startWorker, type WorkerClient } from "../client.js";
import { startFloor } from "./floor.js";
import { parseBenchOptions, type BenchOptions } from "./options.js";
import { plot } from "./plot.js";
import { replay, type Replayed } from "./replay.js";
import { report, table } from "./report.js";
import { readSession, type Session } from "./session.js";
import { compareSpeeds, measureCancelling, places, type Compared } from "./speed.js";
import { usedBy } from "./used.js";

export { usage } from "./options.js";

/** Tokens that the bare engine decodes in a round; an answer is about as long. */
const FLOOR_DECODE = 16;

export async function run(args: string[]): Promise<number> {
  const options = parseBenchOptions(args);
  const sessions = options.sessions.map(readSession);
  const next = places(sessions);
  const started = performance.now();
  const limit = options.threads === undefined ? {} : { maxThreads: options.threads };
  const client = await startWorker({ modelFile: options.modelFile, folder: dirname(sessions[0]!.file), ...limit });
  try {
    const { name: model } = await client.ready;
    const first = next();
    client.openDocument(first.uri, first.languageId, first.text);
    const { record } = await client.complete(first.uri, first.position);
    const coldStartMs = performance.now() - started;
    const compared = await compare(options, record.tokens.prompt, next);
    const cancelMs = await measureCancelling(client, next, { sessions: sessions.length, rounds: 4 * options.rounds });
    const before = await usedBy(client);
    const replayed = await replayAll(sessions, client, options);
    const after = await usedBy(client);
    const idleCpuPercent = options.idleSeconds === 0 ? null : await idleCpu(client, options.idleSeconds);
    const measured = { model, replayed, before, after, compared, cancelMs, coldStartMs, memory: after.memory, idleCpuPercent, threads: options.threads ?? null };
    const result = report(measured);
    console.log(options.json ? JSON.stringify(result) : table(result));
    if (options.out !== undefined) writeFileSync(options.out, replayed.flatMap(({ rows }) => rows.map((row) => `${JSON.stringify(row)}\n`)).join(""));
    if (options.plot !== undefined) writeFileSync(options.plot, plot(`${model}: ${result.requests} requests`, replayed.flatMap(({ rows }) => rows)));
    return 0;
  } finally {
    await client.close();
  }
}

/** A worker of its own, without what makes an answer out of several: only then is the time of an answer that of its tokens. */
async function compare({ modelFile, threads, rounds }: BenchOptions, prompt: number, next: Parameters<typeof compareSpeeds>[2]): Promise<Compared> {
  const client = await startWorker({ modelFile, ngram: false, ...threads !== undefined && { maxThreads: threads } });
  await client.ready;
  const usage = await usedBy(client);
  const floor = startFloor(defaultWorkerFile(), modelFile, { threads: threads ?? usage.threads, prompt, decode: FLOOR_DECODE });
  try {
    return await compareSpeeds(client, floor, next, rounds);
  } finally {
    floor.close();
    await client.close();
  }
}

async function replayAll(sessions: readonly Session[], client: WorkerClient, options: BenchOptions): Promise<Replayed[]> {
  const replayed: Replayed[] = [];
  for (const session of sessions) {
    process.stderr.write(`${session.name} ...\n`);
    replayed.push(await replay(session, client, options));
  }
  return replayed;
}

/** Percent of one core, from a moment after the last request. */
async function idleCpu(client: WorkerClient, seconds: number): Promise<number> {
  await delay(2000); // thinking ahead ends, and what JavaScript tidies up after work
  const before = await usedBy(client);
  await delay(1000 * seconds);
  return 100 * ((await usedBy(client)).cpuMs - before.cpuMs) / (1000 * seconds);
}
