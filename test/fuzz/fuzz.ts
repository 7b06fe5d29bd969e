// Sends made-up messages to the real worker and holds it to the protocol: it stays up, every request gets one answer, and what it answers
// afterwards is right.
import { setTimeout as delay } from "node:timers/promises";
import { openWire, type Message, type Wire } from "../worker/wire.js";
import { createMessages } from "./messages.js";
import { createRandom } from "./random.js";

export interface FuzzOptions {
  count: number;
  seed: number;
  /** A tiny model that answers {@link FuzzOptions.answer}. */
  modelFile: string;
  answer: string;
  onProgress?: (sent: number) => void;
}

export interface FuzzReport {
  sent: Record<string, number>;
  answered: number;
  /** Answers with an error, by code. */
  errors: Record<string, number>;
  /** What went wrong: sentences; none is well. */
  faults: string[];
}

/** More requests than these are not left open. */
const OPEN = 300;
const PATIENCE_MS = 60_000;

export async function fuzz({ count, seed, modelFile, answer, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const report: FuzzReport = { sent: {}, answered: 0, errors: {}, faults: [] };
  const make = createMessages(createRandom(seed));
  const wire = openWire();
  const owed = new Map<number, string>();
  try {
    await wire.start({ modelFile, chatModelFile: modelFile, ngram: false }); // what the made-up documents say is not the question
    for (let sent = 1; sent <= count && !wire.ended(); sent += 1) {
      const message = make();
      report.sent[message.kind] = (report.sent[message.kind] ?? 0) + 1;
      if (message.owes !== undefined) owed.set(message.owes, message.bytes);
      wire.write(message.bytes);
      if (sent % 50 === 0) await settle(wire, owed, report, OPEN);
      if (sent % 5000 === 0) onProgress?.(sent);
    }
    await settle(wire, owed, report, 0);
    if (!wire.ended()) await checkAnswers(wire, answer, report);
  } catch (error) {
    report.faults.push(String(error));
  } finally {
    const unhandled = /inkling: unhandled[^]{0,1500}/.exec(wire.stderr())?.[0];
    if (unhandled !== undefined) report.faults.push(unhandled);
    if (wire.ended()) report.faults.push(`the worker ended: ${await wire.exited}\n${wire.stderr().slice(-3000)}`);
    await wire.close();
  }
  return report;
}

/** Reads answers until no more than `open` are owed. A busy machine may take its time as long as there are answers; what stays open is a fault. */
async function settle(wire: Wire, owed: Map<number, string>, report: FuzzReport, open: number): Promise<void> {
  let last = performance.now();
  for (;;) {
    const before = owed.size;
    for (const message of wire.received.splice(0)) take(message, owed, report);
    if (owed.size <= open || wire.ended()) return;
    if (owed.size < before) last = performance.now();
    if (performance.now() > last + PATIENCE_MS) throw new Error(`${owed.size} requests are not answered, for instance ${[...owed.values()].slice(0, 5).map((bytes) => bytes.slice(bytes.indexOf("{")).slice(0, 300)).join("\n")}`);
    await delay(2);
  }
}

function take(message: Message, owed: Map<number, string>, report: FuzzReport): void {
  const { id, method, error } = message;
  if (method !== undefined || typeof id !== "number" || !Number.isInteger(id) || id < 1) return; // an answer to a strange id
  if (!owed.delete(id)) {
    report.faults.push(`an answer that nobody asked for, or a second one: ${JSON.stringify(message).slice(0, 200)}`);
    return;
  }
  report.answered += 1;
  if (error) {
    report.errors[error.code] = (report.errors[error.code] ?? 0) + 1;
    if (!Number.isInteger(error.code) || typeof error.message !== "string") report.faults.push(`an error that is none: ${JSON.stringify(error)}`);
  } else if (!("result" in message)) report.faults.push(`an answer without a result: ${JSON.stringify(message).slice(0, 200)}`);
}

/** A document that nobody has touched, an edit that fits, and the model's known answer. */
async function checkAnswers(wire: Wire, answer: string, report: FuzzReport): Promise<void> {
  const uri = "file:///fuzz/afterwards.ts";
  wire.notify("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version: 1, text: "let a = \n" } });
  wire.notify("textDocument/didChange", { textDocument: { uri, version: 2 }, contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } }, text: "const" }] });
  const { result } = await wire.ask("textDocument/inlineCompletion", { textDocument: { uri }, position: { line: 0, character: 10 }, context: { triggerKind: 1 }, version: 2 });
  const said = (result as { items: { insertText: string; range: object }[] } | null)?.items[0];
  const range = { start: { line: 0, character: 10 }, end: { line: 0, character: 10 } };
  if (said?.insertText !== answer || JSON.stringify(said.range) !== JSON.stringify(range)) report.faults.push(`a wrong answer afterwards: ${JSON.stringify(result)}`);
}
