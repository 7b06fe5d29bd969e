// A session that is replayed while its worker is killed at random moments: what a person would notice is measured, and what is left behind counted.
// Completions go over the extension's own `Worker`, questions through the chat's own `Session` and its files.
import "./no-editor.js";
import { setTimeout as delay } from "node:timers/promises";
import type { StartOptions } from "../../src/cli/client.js";
import { Session } from "../../src/extension/chat/session.js";
import { openStore } from "../../src/extension/chat/store.js";
import { Worker } from "../../src/extension/worker.js";
import type { Random } from "../fuzz/random.js";
import { connectTo, type Current, endProcess } from "./connect.js";
import { remaining } from "./processes.js";

export interface KillsReport {
  kills: number;
  /** Milliseconds from a kill to the end of what was under way, and to a right answer of the next worker. */
  settleMs: number[];
  recoverMs: number[];
  wrongAnswers: number;
  /** Asked in the chat, and those of them that are not on disk afterwards, or with an answer that is still being written. */
  questions: number;
  lost: string[];
  orphans: number[];
}

export interface Replay {
  options: StartOptions;
  /** What the models are known to say. */
  answer: string;
  /** For conversations. */
  folder: string;
  random: Random;
}

const uri = "file:///session/a.ts";
const SETTLE_LIMIT_MS = 2000;
/** Then another conversation begins. */
const QUESTIONS_EACH = 8;

export async function killRepeatedly(count: number, { options, answer, folder, random }: Replay): Promise<KillsReport> {
  const report: KillsReport = { kills: 0, settleMs: [], recoverMs: [], wrongAnswers: 0, questions: 0, lost: [], orphans: [] };
  const current: Current = { client: undefined, started: [] };
  const worker = new Worker({ connect: connectTo(options, current), onState: () => undefined, log: { info: () => undefined, warn: () => undefined } });
  const chat = openChat(worker, folder);
  await ask(worker, current, "first");
  while (report.kills < count) {
    await ask(worker, current, `before ${report.kills}`);
    const pid = current.client!.pid;
    // Sometimes while it starts, sometimes in the middle of an answer, sometimes between two.
    const underWay = Promise.all([ask(worker, current, `during ${report.kills}`).catch(() => "rejected"), random.chance(0.7) ? chat.ask() : undefined]);
    await delay(random.below(60));
    const killed = performance.now();
    endProcess(pid);
    report.kills += 1;
    const outcome = await Promise.race([underWay, delay(SETTLE_LIMIT_MS * 5, "hangs")]);
    report.settleMs.push(outcome === "hangs" ? Infinity : performance.now() - killed);
    if (random.chance(0.2)) endRandomly(current, pid, random); // and once more while it starts
    const said = await ask(worker, current, `after ${report.kills}`).catch(() => ask(worker, current, `again ${report.kills}`)).catch(() => ask(worker, current, `once more ${report.kills}`));
    report.recoverMs.push(performance.now() - killed);
    if (said !== answer) report.wrongAnswers += 1;
  }
  await worker.dispose();
  await delay(200);
  report.questions = chat.asked.length;
  report.lost = chat.lost();
  report.orphans = remaining(current.started);
  return report;
}

function openChat(worker: Worker, folder: string): { asked: readonly string[]; ask(): Promise<void>; lost(): string[] } {
  const attachments = { list: () => [], add: () => Promise.resolve(), remove: () => undefined, take: () => Promise.resolve([]) };
  const session = new Session({ worker, store: openStore(folder), attachments, post: () => undefined, language: () => undefined });
  const asked: string[] = [];
  return {
    asked,
    async ask() {
      if (asked.length % QUESTIONS_EACH === 0) session.startNew();
      asked.push(`Question ${asked.length}`);
      await session.send(asked.at(-1)!);
    },
    lost() {
      session.dispose();
      const kept = openStore(folder).all().flatMap(({ turns }) => turns); // as the next window reads it
      return asked.filter((question) => !kept.some((turn) => turn.question === question && /^(done|failed|stopped)$/.test(turn.answer.state.kind)));
    },
  };
}

function endRandomly(current: Current, before: number, random: Random): void {
  setTimeout(() => {
    const pid = current.client?.pid;
    if (pid !== undefined && pid !== before) endProcess(pid);
  }, random.below(300));
}

/** One key of the session: the document as it is now, and a question. Rejects when the worker ends meanwhile. */
async function ask(worker: Worker, current: Current, word: string): Promise<string | undefined> {
  if (worker.state.kind === "gave-up") await worker.restart(); // as a person would after five crashes within three minutes
  const connection = await worker.ready(AbortSignal.timeout(60_000));
  const { client } = current;
  if (!connection || !client) throw new Error(`no worker (${worker.state.kind})`);
  client.openDocument(uri, "typescript", `// ${word}\nconst a = \n`);
  try {
    const { items } = await client.complete(uri, { line: 1, character: 10 });
    const text = items[0]?.insertText;
    return typeof text === "string" ? text : undefined;
  } finally {
    client.closeDocument(uri);
  }
}
