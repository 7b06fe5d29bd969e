// Where the files to be completed come from: the held-out projects of the corpus, any folder, or a public benchmark.
// Reads files, and knows nothing of holes and models.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { gunzipSync } from "node:zlib";
import { languageOf } from "../languages.js";
import type { SourceFile } from "./holes.js";

/** One problem of HumanEval-Infilling: one line is missing between `prompt` and `suffix`. */
export interface InfillingProblem {
  task_id: string;
  entry_point: string;
  prompt: string;
  suffix: string;
  canonical_solution: string;
  /** Defines `check(candidate)`. */
  test: string;
}

/** Projects of the corpus that no model was trained on: `test` for what is reported, `valid` for what is tuned. */
export function readHoldout(root: string, split: "test" | "valid" = "test"): SourceFile[] {
  const file = join(root, "models", "training", "work", "files", `${split}.jsonl`);
  const text = readIfThere(file);
  if (text === undefined) {
    throw new Error(`The held-out files are not there (${file}). Fetch the pinned packages first: models/training/run.sh corpus`);
  }
  return jsonLines<{ project: string; path: string; language: string; text: string }>(text)
    .map(({ project, path, language, text }) => ({ project, path, languageId: language, text }));
}

export function readInfilling(root: string): InfillingProblem[] {
  const file = join(root, "test", "eval", "humaneval-infilling", "HumanEval-SingleLineInfilling.jsonl.gz");
  return jsonLines<InfillingProblem>(gunzipSync(readFileSync(file)).toString("utf8"));
}

/** Source files under a folder; its direct subfolders count as projects. Generated, minified and very big files are left out. */
export function readFolder(folder: string): SourceFile[] {
  const files: SourceFile[] = [];
  for (const file of walk(folder)) {
    const languageId = languageOf(file);
    if (!programming.has(languageId) || /\.(min|d)\.[jt]s$/.test(file) || statSync(file).size > 512 * 1024) continue;
    const text = readFileSync(file, "utf8");
    if (text.length / (text.split("\n").length + 1) > 100) continue;
    const path = relative(folder, file).split(sep).join("/");
    const top = path.includes("/") ? path.slice(0, path.indexOf("/")) : undefined;
    files.push({ project: top ?? basename(folder), path: top === undefined ? path : path.slice(top.length + 1), languageId, text });
  }
  return files;
}

const programming = new Set([
  "typescript", "typescriptreact", "javascript", "javascriptreact", "python", "go", "rust", "java", "c", "cpp", "csharp", "ruby", "php",
  "shellscript", "css",
]);
const skipped = new Set(["node_modules", "dist", "build", "out", "vendor", "__pycache__"]);

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".") || skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

const jsonLines = <T>(text: string): T[] => text.split("\n").filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as T);
