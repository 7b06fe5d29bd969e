// How fast the engine is through the whole worker, and how fast it stops, measured with requests that have nothing in common.
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { CompletionRecord } from "../../protocol/completion.js";
import type { WorkerClient } from "../client.js";
import type { Floor, Speeds } from "./floor.js";
import type { Session } from "./session.js";
import { median } from "./statistics.js";
import { usedBy } from "./used.js";

/** Fewer tokens say little about the speed. */
const TELLING = { prefill: 128, decode: 5 };

export interface Compared {
  raw: Speeds;
  worker: Speeds;
}

/** Places in files, each in a document of its own, so that nothing can be reused. */
export function places(sessions: readonly Session[]): () => Place {
  let count = 0;
  return () => {
    const session = sessions[count % sessions.length]!;
    const lines = readFileSync(session.file, "utf8").split("\n");
    const at = 40 + (count * 37) % (lines.length - 60);
    count += 1;
    const indent = /^\s*/.exec(lines.slice(at).find((line) => line.trim() !== "") ?? "")![0];
    const text = [`${count}`, ...lines.slice(0, at), indent, ...lines.slice(at)].join("\n");
    return { session: session.name, uri: `file:///bench/${count}/${session.name}`, languageId: session.languageId, text, position: { line: at + 1, character: indent.length } };
  };
}

export interface Place { session: string; uri: string; languageId: string; text: string; position: { line: number; character: number } }

async function askAt(client: WorkerClient, place: Place): Promise<CompletionRecord> {
  return withOpen(client, place, async () => (await client.complete(place.uri, place.position)).record);
}

async function withOpen<T>(client: WorkerClient, { uri, languageId, text }: Place, work: () => Promise<T>): Promise<T> {
  client.openDocument(uri, languageId, text);
  await usedBy(client); // the worker has read it
  try {
    return await work();
  } finally {
    client.closeDocument(uri);
  }
}

/** Turn by turn, so that both meet the same machine. */
export async function compareSpeeds(client: WorkerClient, floor: Floor, next: () => Place, rounds: number): Promise<Compared> {
  const raw: Speeds[] = [];
  const records: CompletionRecord[] = [];
  for (let round = 0; round < rounds; round += 1) {
    raw.push(await floor.measure());
    records.push(await askAt(client, next()), await askAt(client, next()));
  }
  return {
    raw: { prefill: median(raw.map(({ prefill }) => prefill)), decode: median(raw.map(({ decode }) => decode)) },
    worker: { prefill: median(records.flatMap(prefillSpeed)), decode: decodeSpeed(records) },
  };
}

function prefillSpeed({ tokens: { prompt, reused }, timings }: CompletionRecord): number[] {
  return prompt - reused >= TELLING.prefill ? [(prompt - reused) / timings.prefillMs * 1000] : [];
}

/**
 * How the time grows with the answer: the median slope between two answers (Theil and Sen). The first token comes with the prefill, and the last
 * evaluation may say only that the answer is over, so that time by tokens would not be the time of a token. Answers that are all as long as they
 * may be, as those of a model without knowledge, have no slope, but no such last evaluation either.
 */
function decodeSpeed(records: readonly CompletionRecord[]): number {
  const points = records.map(({ tokens, timings }) => ({ tokens: tokens.generated, ms: timings.decodeMs }));
  const slopes = points.flatMap((a) => points.filter((b) => b.tokens - a.tokens >= TELLING.decode).map((b) => (b.ms - a.ms) / (b.tokens - a.tokens)));
  const perToken = points.filter(({ tokens }) => tokens > TELLING.decode).map(({ tokens, ms }) => ms / (tokens - 1));
  return 1000 / median(slopes.length > 0 ? slopes : perToken);
}

/** Milliseconds from taking a request back to an engine that computes nothing, at every moment of its prefill and decode. */
export async function measureCancelling(client: WorkerClient, next: () => Place, { sessions, rounds }: { sessions: number; rounds: number }): Promise<number[]> {
  const whole = new Map<string, CompletionRecord["timings"][]>(); // by the session: a large file's context takes longer
  for (let count = 0; count < 2 * sessions; count += 1) {
    const place = next();
    const { timings } = await askAt(client, place);
    whole.set(place.session, [...whole.get(place.session) ?? [], timings]);
  }
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const place = next();
    const timings = whole.get(place.session)!;
    const contextMs = Math.max(...timings.map((timing) => timing.contextMs));
    const engineMs = median(timings.map(({ prefillMs, decodeMs }) => prefillMs + decodeMs));
    await withOpen(client, place, async () => {
      const controller = new AbortController();
      const answered = { already: false };
      const asking = client.complete(place.uri, place.position, { signal: controller.signal }).then(() => { answered.already = true; }, () => undefined);
      await delay(contextMs + (round + 0.5) / rounds * engineMs);
      const begun = performance.now();
      controller.abort();
      await usedBy(client);
      const ms = performance.now() - begun;
      await asking;
      if (!answered.already) times.push(ms); // else it was too late, and the worker thinks ahead
    });
  }
  return times;
}
