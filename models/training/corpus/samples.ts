// The step `samples`: fill-in-the-middle samples in the form in which the editor will ask, because the extension's own composer
// makes them, and some plain text. `tsx samples.ts [--preset smoke] [--limit N]`, after build.ts.
import { closeSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compose, type Neighbour } from "../../../src/core/context/compose.js";
import type { SourceDocument } from "../../../src/core/context/context.js";
import { assetsIn } from "../../../src/core/syntax/assets.js";
import { importedModules } from "../../../src/core/syntax/imports.js";
import { openSyntax, type Syntax, type SyntaxTree } from "../../../src/core/syntax/parser.js";
import { chooseHole, nodesByClass, type Hole, type Random } from "./holes.js";
import { resolveImport } from "./imports.js";
import { lineAt, linesOf, type Line } from "./lines.js";
import { presetFolder, type SourceFile } from "./manifest.js";
import { randomFrom, seedOf } from "./random.js";

/** Characters of source for which there is one fill-in-the-middle sample. */
const stride = 2_500;
/** Python gives more text than the two languages that are used most. */
const keep: Record<string, number> = { python: 0.5 };
/** Plain samples for each fill-in-the-middle sample: 30 % of all. */
const plainShare = 0.43;
/** One plain sample, in characters: about what fits a training row. */
const plainChars = 2_500;

const project = fileURLToPath(new URL("../../../", import.meta.url));
const languages = ["typescript", "typescriptreact", "javascript", "python"];

type Sample =
  | { kind: Hole["kind"]; language: string; path: string; neighbours: { path: string; text: string }[]; outline: string; prefix: string; suffix: string; middle: string; order: "spm" | "psm" }
  | { kind: "plain"; language: string; path: string; text: string };

/** The files of one split; any of them can be read again by name. */
interface Library {
  has(project: string, path: string): boolean;
  read(project: string, path: string): SourceFile;
}

function openLibrary(path: string): Library {
  const places = new Map<string, Omit<Line, "text">>();
  const key = (project: string, file: string): string => `${project}\n${file}`;
  for (const { offset, length, text } of linesOf(path)) {
    const { project, path: file } = JSON.parse(text) as SourceFile;
    places.set(key(project, file), { offset, length });
  }
  const handle = openSync(path, "r");
  return {
    has: (project, file) => places.has(key(project, file)),
    read: (project, file) => JSON.parse(lineAt(handle, places.get(key(project, file))!)) as SourceFile,
  };
}

const asDocument = (file: SourceFile): SourceDocument => ({ uri: `file:///${file.path}`, path: file.path, languageId: file.language, version: 1, text: file.text });

/** Up to three files that this one imports, parsed. The caller deletes their trees. */
function importedFiles(file: SourceFile, tree: SyntaxTree, library: Library, syntax: Syntax): Neighbour[] {
  const paths = importedModules(tree.outline)
    .map((module) => resolveImport(file.path, module, (path) => library.has(file.project, path)))
    .filter((path) => path !== undefined && path !== file.path) as string[];
  return [...new Set(paths)].slice(0, 3).map((path) => library.read(file.project, path))
    .filter(({ text }) => text.length < 40_000)
    .map((other) => ({ document: asDocument(other), tree: syntax.parse(other.language, other.text), why: "imported" as const }));
}

/** As in the editor, where the hole is not typed yet: the composer sees the file without it. */
function composeSample(file: SourceFile, tree: SyntaxTree, hole: Hole, around: { neighbours: Neighbour[]; syntax: Syntax; random: Random }): Sample {
  const { neighbours, syntax, random } = around;
  const text = file.text.slice(0, hole.start) + file.text.slice(hole.end);
  const holed = syntax.reparse(tree, text);
  const context = compose({
    document: { ...asDocument(file), text },
    offset: hole.start,
    tree: holed,
    neighbours: random() < 0.75 ? neighbours : [],
    budget: { tokens: Math.round(256 + 600 * Math.sqrt(random())), charsPerToken: 2.8 },
    mode: random() < 0.85 ? "compact" : "raw",
  });
  holed?.tree.delete();
  const { prefix, suffix, outline, path } = context;
  const order = random() < 0.75 ? "spm" : "psm";
  return { kind: hole.kind, language: file.language, path, neighbours: context.neighbours, outline, prefix, suffix, middle: file.text.slice(hole.start, hole.end), order };
}

function plainSample({ text, path, language }: SourceFile, random: Random): Sample {
  const from = Math.floor(random() * Math.max(0, text.length - plainChars / 2));
  const start = from === 0 ? 0 : text.indexOf("\n", from) + 1;
  return { kind: "plain", language, path, text: text.slice(start, start + plainChars) };
}

function* samplesOf(file: SourceFile, library: Library, syntax: Syntax): Generator<Sample> {
  const random = randomFrom(seedOf(file.project + file.path));
  if (random() >= (keep[file.language] ?? 1)) return;
  const tree = syntax.parse(file.language, file.text);
  if (!tree) return;
  const nodes = nodesByClass(tree.tree.rootNode);
  const neighbours = random() < 0.65 ? importedFiles(file, tree, library, syntax) : [];
  for (let left = file.text.length / stride; left > 0 && (left >= 1 || random() < left); left--) {
    const hole = chooseHole(file.text, nodes, random);
    if (hole) yield composeSample(file, tree, hole, { neighbours, syntax, random });
    if (random() < plainShare) yield plainSample(file, random);
  }
  for (const neighbour of neighbours) neighbour.tree?.tree.delete();
  tree.tree.delete();
}

async function main(): Promise<void> {
  const syntax = await openSyntax(assetsIn(join(project, "node_modules/@vscode/tree-sitter-wasm/wasm"), join(project, "node_modules/web-tree-sitter"), join(project, "src/core/syntax/queries")));
  await Promise.all(languages.map((language) => syntax.load(language)));
  const folder = presetFolder(process.argv);
  const limit = Number(process.argv[process.argv.indexOf("--limit") + 1]) || Infinity;
  mkdirSync(join(folder, "samples"), { recursive: true });
  for (const split of ["valid", "train"]) writeSamples(join(folder, "files", `${split}.jsonl`), join(folder, "samples", `${split}.jsonl`), { syntax, limit });
}

function writeSamples(from: string, to: string, { syntax, limit }: { syntax: Syntax; limit: number }): void {
  const started = Date.now();
  const library = openLibrary(from);
  const counts = new Map<string, number>();
  let [written, characters] = [0, 0];
  const handle = openSync(`${to}.part`, "w");
  for (const line of linesOf(from)) {
    if (written >= limit) break;
    for (const sample of samplesOf(JSON.parse(line.text) as SourceFile, library, syntax)) {
      const json = `${JSON.stringify(sample)}\n`;
      writeSync(handle, json);
      written++;
      characters += json.length;
      const label = sample.kind === "plain" ? "plain" : `${sample.kind}${sample.neighbours.length > 0 ? " with neighbours" : ""}`;
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  closeSync(handle);
  renameSync(`${to}.part`, to);
  const seconds = (Date.now() - started) / 1000;
  console.log(`${to}: ${written} samples, ${(characters / 1e6).toFixed(1)} MB, ${seconds.toFixed(0)} s, ${(written / seconds).toFixed(0)} a second`);
  for (const [label, count] of [...counts].sort()) console.log(`  ${label}: ${count}`);
}

await main();
