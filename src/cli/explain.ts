// `inkling explain`: what is certain about some lines of a file, and what a model adds, through the same worker that the editor uses.
import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type DocumentAnswer, type ExplainAnswer, explainMethods, type ExplainParams, type ExplainPart, type Words } from "../protocol/explain.js";
import { defaultModelFile, startWorker, type WorkerClient } from "./client.js";
import { languageOf } from "./languages.js";
import { orUsageError, UsageError } from "./usage.js";

export const usage = `Usage: inkling explain FILE:START-END [--facts | --comment] [--model GGUF] [--chat-model GGUF] [--json]

Prints what these lines do, as Markdown: facts from the syntax tree, then the words of a model. FILE:LINE is about the function around a line.
  --facts             facts alone; no model is asked
  --comment           prints a doc comment for the function or type instead
  --model GGUF        the model that completes, instead of the embedded one
  --chat-model GGUF   a model for conversation that explains in words
  --json              prints one line`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = orUsageError(() => parseArgs({
    args, allowPositionals: true,
    options: {
      model: { type: "string" }, "chat-model": { type: "string" }, json: { type: "boolean", default: false },
      facts: { type: "boolean", default: false }, comment: { type: "boolean", default: false },
    },
  }));
  const place = parsePlace(positionals);
  const text = readFileSync(place.file, "utf8");
  const range = rangeIn(text, place);
  const folder = relative(process.cwd(), place.file).startsWith("..") ? dirname(place.file) : process.cwd();
  const chatModel = values["chat-model"];
  const worker = await startWorker({
    folder, modelFile: values.model === undefined ? defaultModelFile() : resolve(values.model), ...chatModel !== undefined && { chatModelFile: resolve(chatModel) },
  });
  try {
    if (!values.facts) await worker.ready;
    const uri = pathToFileURL(place.file).href;
    worker.openDocument(uri, languageOf(place.file), text);
    const params: ExplainParams = { textDocument: { uri }, range, ...values.facts && { factsOnly: true } };
    return values.comment ? await printComment(worker, params, values.json) : await printExplanation(worker, params, values.json);
  } finally {
    await worker.close();
  }
}

async function printExplanation(worker: WorkerClient, params: ExplainParams, json: boolean): Promise<number> {
  let shown = false;
  const onPart = (part: ExplainPart): void => {
    if (json) return;
    if (part.kind === "facts") process.stdout.write(`# ${part.title}\n\n${part.markdown}`);
    else process.stdout.write(shown ? part.text : `\n${part.text}`);
    shown ||= part.kind === "text";
  };
  const answer = await worker.request<ExplainAnswer, ExplainPart>(explainMethods.explain, params, { onPart });
  if (json) console.log(JSON.stringify(answer));
  if (answer.kind === "refused") {
    if (!json) console.error(answer.message);
    return 1;
  }
  if (!json) process.stdout.write(closing(answer.words));
  return 0;
}

/** What is said after the facts and the streamed words. */
function closing(words: Words): string {
  switch (words.by) {
    case "chat-model": return `\n\n(in words: ${words.model})\n`;
    case "completion-model": return `\nA doc comment for it (by ${words.model}):\n\n${words.comment}\n`;
    case "facts": return `\nA doc comment for it (from the facts):\n\n${words.comment}\n`;
    case "nobody": return words.message === undefined ? "" : `\n${words.message}\n`;
  }
}

async function printComment(worker: WorkerClient, params: ExplainParams, json: boolean): Promise<number> {
  const answer = await worker.request<DocumentAnswer>(explainMethods.document, params);
  if (json) console.log(JSON.stringify(answer));
  else if (answer.kind === "documented") console.log(answer.edit.newText.trimEnd());
  else console.error(answer.message);
  return answer.kind === "documented" ? 0 : 1;
}

interface Place { file: string; first: number; last: number | undefined }

function parsePlace(positionals: string[]): Place {
  const [place, ...rest] = positionals;
  const match = /^(?<file>.+):(?<first>[1-9]\d*)(-(?<last>[1-9]\d*))?$/.exec(place ?? "");
  if (!match?.groups || rest.length > 0) throw new UsageError("one argument FILE:START-END is needed");
  const { file, first, last } = match.groups as { file: string; first: string; last?: string };
  return { file: resolve(file), first: Number(first), last: last === undefined ? undefined : Number(last) };
}

/** Whole lines; an empty range for one line alone, which asks about what is around it. */
function rangeIn(text: string, { file, first, last }: Place): ExplainParams["range"] {
  const lines = text.split(/\r\n|\r|\n/);
  if (last !== undefined && last < first) throw new UsageError(`line ${last} is before line ${first}`);
  if ((last ?? first) > lines.length) throw new UsageError(`${file} has ${lines.length} lines, there is no line ${last ?? first}`);
  const start = { line: first - 1, character: 0 };
  if (last === undefined) {
    const indent = /^\s*/.exec(lines[first - 1]!)![0].length;
    return { start: { ...start, character: indent }, end: { ...start, character: indent } };
  }
  return { start, end: { line: last - 1, character: lines[last - 1]!.length } };
}
