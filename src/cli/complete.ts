// `inkling complete`: one completion at a place in a file, through the same worker that the editor uses.
import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Position } from "vscode-languageserver-protocol";
import { defaultModelFile, startWorker, type Completion } from "./client.js";
import { languageOf } from "./languages.js";
import { orUsageError, UsageError } from "./usage.js";

export const usage = `Usage: inkling complete FILE:LINE:COL [--model GGUF] [--json]

Prints the completion at a place in a file. Lines and columns count from 1; column 1 is before the first character.
  --model GGUF   the model to use instead of the embedded one
  --json         prints one line: text, range, reason, model, timings (ms) and tokens`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = orUsageError(() =>
    parseArgs({ args, allowPositionals: true, options: { model: { type: "string" }, json: { type: "boolean", default: false } } }));
  const place = parsePlace(positionals);
  const text = readFileSync(place.file, "utf8");
  const position = positionIn(text, place);
  const completion = await ask(place.file, text, position, values.model === undefined ? defaultModelFile() : resolve(values.model));
  if (values.json) console.log(JSON.stringify(toJson(completion)));
  else if (completion.items[0]) console.log(textOf(completion));
  else console.error(`No completion here: ${completion.record.reason}.`);
  return 0;
}

async function ask(file: string, text: string, position: Position, modelFile: string): Promise<Completion> {
  const worker = await startWorker({ modelFile, folder: folderOf(file) });
  try {
    await worker.ready;
    const uri = pathToFileURL(file).href;
    worker.openDocument(uri, languageOf(file), text);
    return await worker.complete(uri, position);
  } finally {
    await worker.close();
  }
}

interface Place { file: string; line: number; column: number }

function parsePlace(positionals: string[]): Place {
  const [place, ...rest] = positionals;
  const match = /^(?<file>.+):(?<line>[1-9]\d*):(?<column>[1-9]\d*)$/.exec(place ?? "");
  if (!match?.groups || rest.length > 0) throw new UsageError("one argument FILE:LINE:COL is needed");
  return { file: resolve(match.groups.file!), line: Number(match.groups.line), column: Number(match.groups.column) };
}

/** LSP counts from 0. A column may be one past the line's last character. */
function positionIn(text: string, { file, line, column }: Place): Position {
  const lines = text.split(/\r\n|\r|\n/);
  const content = lines[line - 1];
  if (content === undefined) throw new UsageError(`${file} has ${lines.length} lines, there is no line ${line}`);
  if (column > content.length + 1) throw new UsageError(`line ${line} of ${file} has ${content.length} characters, there is no column ${column}`);
  return { line: line - 1, character: column - 1 };
}

/** The working directory stands for the workspace where the file is inside it. */
function folderOf(file: string): string {
  return relative(process.cwd(), file).startsWith("..") ? dirname(file) : process.cwd();
}

function textOf({ items: [item] }: Completion): string {
  if (!item) return "";
  return typeof item.insertText === "string" ? item.insertText : item.insertText.value;
}

/** The range counts from 1, as the command's argument does. */
function toJson(completion: Completion): object {
  const { reason, model, timings, tokens, confidence } = completion.record;
  const range = completion.items[0]?.range;
  const fromOne = ({ line, character }: Position): object => ({ line: line + 1, column: character + 1 });
  return {
    text: textOf(completion), range: range ? { start: fromOne(range.start), end: fromOne(range.end) } : null,
    reason, model, timings: rounded(timings), tokens, ...confidence !== undefined && { confidence },
  };
}

function rounded(timings: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(timings).map(([name, ms]) => [name, Math.round(ms * 100) / 100]));
}
