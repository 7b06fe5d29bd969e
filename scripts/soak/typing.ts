// Types real source files into the worker, key by key as fast as it answers: every key is a change, every third a question, some are taken back.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Wire } from "../../test/worker/wire.js";

const FOLDER = join(__dirname, "../../test/fixtures/files");
const LANGUAGES: Readonly<Record<string, string>> = { ts: "typescript", tsx: "typescriptreact", js: "javascript", py: "python", go: "go", rs: "rust", java: "java", rb: "ruby", css: "css", c: "c", cs: "csharp", php: "php" };
const KEYS = 60;
const names = readdirSync(FOLDER).filter((name) => name.split(".").at(-1)! in LANGUAGES).sort();

/** Each file once: what a language needs is loaded when it is first seen, and that is no growth. */
export async function typeInAll(wire: Wire): Promise<void> {
  for (const round of names.keys()) await typeFile(wire, round, 7);
}

/** Returns how many requests were answered. */
export async function typeFile(wire: Wire, round: number, keys = KEYS): Promise<number> {
  const name = names[round % names.length]!;
  const lines = readFileSync(join(FOLDER, name), "utf8").split("\n");
  const uri = `file:///soak/${name}`;
  const from = 10 + ((round * 37) % Math.max(1, lines.length - 20));
  wire.notify("textDocument/didOpen", { textDocument: { uri, languageId: LANGUAGES[name.split(".").at(-1)!], version: 1, text: [...lines.slice(0, from), "", ...lines.slice(from + 5)].join("\n") } });
  const typed = lines.slice(from, from + 5).join("\n").slice(0, keys);
  const position = { line: from, character: 0 };
  const asked: Promise<unknown>[] = [];
  for (let index = 0; index < typed.length; index += 1) {
    const key = typed[index]!;
    wire.notify("textDocument/didChange", { textDocument: { uri, version: index + 2 }, contentChanges: [{ range: { start: position, end: position }, text: key }] });
    if (key === "\n") Object.assign(position, { line: position.line + 1, character: 0 });
    else position.character += 1;
    if (index % 3 !== 0) continue;
    asked.push(wire.ask("textDocument/inlineCompletion", { textDocument: { uri }, position: { ...position }, context: { triggerKind: 2 } }));
    if (index % 9 !== 0) await asked.at(-1); // the others are overtaken by the next
  }
  await Promise.all(asked);
  wire.notify("textDocument/didClose", { textDocument: { uri } });
  return asked.length;
}
