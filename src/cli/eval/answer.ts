// Ways of answering a hole: the shipped worker, as an editor would use it, and the n-gram. To the rest of the evaluation they look alike.
import { completeLine } from "../../core/completion/ngram-line.js";
import type { CompletionRecord } from "../../protocol/completion.js";
import type { WorkerOptions } from "../../protocol/worker.js";
import { startWorker, type WorkerClient } from "../client.js";
import { holedText, middleOf, type Hole, type SourceFile } from "./holes.js";
import type { Suggestion } from "./judge.js";
import { offsetAt, positionAt, type Position } from "./positions.js";

export interface Answer {
  suggestion?: Suggestion;
  reason: CompletionRecord["reason"];
  /** What the model said before the filters. */
  unfiltered?: string;
  confidence?: number;
  /** From the request to the answer, as the client sees it. */
  ms: number;
  promptTokens: number;
  generatedTokens: number;
  /** Information in the true text, in bits. */
  bits?: number;
}

export interface Answerer {
  /** Name of the model. */
  name: string;
  /** Other files may be open beside the hole's; they are the same for all arms. */
  answer(hole: Hole, neighbours: readonly SourceFile[]): Promise<Answer>;
  close(): Promise<void>;
}

export const ngram: Answerer = {
  name: "n-gram",
  answer: (hole, neighbours) => {
    const started = performance.now();
    const { text } = hole.file;
    const line = completeLine(text.slice(0, hole.start), text.slice(hole.end), neighbours.map((file) => file.text));
    const answer: Answer = {
      reason: line.text === "" ? "no-suggestion" : "shown", confidence: line.probability,
      ms: performance.now() - started, promptTokens: 0, generatedTokens: 0,
      ...(line.text !== "" && { suggestion: { text: line.text, start: hole.start, end: hole.start + line.replaces } }),
    };
    return Promise.resolve(answer);
  },
  close: () => Promise.resolve(),
};

/** A name of no real folder: the worker is told everything that it may know. */
const folder = "/inkling-eval";
const uriOf = (file: SourceFile): string => `file://${folder}/${encodeURI(file.path)}`;

export async function startArm(options: WorkerOptions, score: boolean): Promise<Answerer> {
  const worker = await startWorker({ ...options, folder, unfiltered: true });
  const close = (): Promise<void> => worker.close();
  try {
    const { name } = await worker.ready;
    return { name, close, answer: (hole, neighbours) => ask(worker, hole, neighbours, score) };
  } catch (error) {
    await close(); // otherwise the process would wait for the worker's end
    throw error;
  }
}

async function ask(worker: WorkerClient, hole: Hole, neighbours: readonly SourceFile[], score: boolean): Promise<Answer> {
  const { file } = hole;
  const text = holedText(hole);
  const uri = uriOf(file);
  const position = positionAt(text, hole.start);
  for (const other of neighbours) worker.openDocument(uriOf(other), other.languageId, other.text);
  worker.openDocument(uri, file.languageId, text);
  try {
    const started = performance.now();
    const { items, record } = await worker.complete(uri, position, { invoked: false });
    const ms = performance.now() - started;
    const scored = score ? await worker.score(uri, position, middleOf(hole)) : undefined;
    const { unfiltered, confidence } = record;
    return {
      reason: record.reason, ms, promptTokens: record.tokens.prompt, generatedTokens: record.tokens.generated,
      ...(unfiltered !== undefined && { unfiltered }), ...(confidence !== undefined && { confidence }),
      ...(scored && { bits: scored.bits }), ...(items[0] && { suggestion: toSuggestion(items[0], text, hole.start) }),
    };
  } finally {
    for (const other of [file, ...neighbours]) worker.closeDocument(uriOf(other));
  }
}

interface Item {
  insertText: string | { value: string };
  range?: { start: Position; end: Position };
}

function toSuggestion({ insertText, range }: Item, text: string, cursor: number): Suggestion {
  return {
    text: typeof insertText === "string" ? insertText : insertText.value,
    start: range ? offsetAt(text, range.start) : cursor,
    end: range ? offsetAt(text, range.end) : cursor,
  };
}
