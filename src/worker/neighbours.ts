// The other files that may go into a prompt: what the document imports, what was edited lately, what is open. Reads imported files of
// the workspace from disk; which of all these is worth its tokens is for core to say.
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Neighbour } from "../core/context/compose.js";
import type { SourceDocument } from "../core/context/context.js";
import { refusalFor } from "../core/context/refuse.js";
import { importedModules } from "../core/syntax/imports.js";
import { languageByPath } from "../core/syntax/languages.js";
import type { SyntaxTree } from "../core/syntax/parser.js";
import { pathOf } from "./documents.js";

/** More would not fit into the prompt of any model that is fast enough. */
const MOST = 8;
const MAX_FILE_BYTES = 200_000;

export interface OpenDocument {
  document: SourceDocument;
  edited: boolean;
}

/** `open` in order of interest, without the document itself. */
export function neighboursOf(
  document: SourceDocument, tree: SyntaxTree | undefined, open: readonly OpenDocument[], files: FileSource, treeOf: (document: SourceDocument) => SyntaxTree | undefined,
): Neighbour[] {
  const imported = (tree ? importedModules(tree.outline) : [])
    .map((module) => firstOf(candidates(module, document.uri, files.folders), (uri) => open.find((other) => other.document.uri === uri)?.document ?? files.read(uri)))
    .filter((other) => other !== undefined && other.uri !== document.uri) as SourceDocument[];
  const taken = new Set(imported.map((other) => other.uri));
  const others = open.filter((other) => !taken.has(other.document.uri));
  return [
    ...imported.map((other) => ({ document: other, why: "imported" as const })),
    ...others.map((other) => ({ document: other.document, why: other.edited ? "recent" as const : "open" as const })),
  ]
    .filter((other) => refusalFor(other.document.path, other.document.text) === undefined)
    .slice(0, MOST)
    .map((other) => ({ ...other, tree: treeOf(other.document) }));
}

function firstOf<A, B>(items: readonly A[], find: (item: A) => B | undefined): B | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** URIs of the files that an import may mean, likeliest first; none for packages, and for languages whose imports name no files. */
export function candidates(module: string, from: string, folders: readonly string[]): string[] {
  if (!from.startsWith("file:")) return [];
  if (/\.pyi?$/.test(from)) return pythonCandidates(module, from, folders);
  if (!/^\.{1,2}\//.test(module) || !/\.[cm]?[jt]sx?$/.test(from)) return [];
  const bare = new URL(module.replace(/\.[cm]?jsx?$/, ""), from).href;
  const exact = new URL(module, from).href;
  return [`${bare}.ts`, `${bare}.tsx`, exact, `${bare}.js`, `${bare}.jsx`, `${bare}.mts`, `${bare}.mjs`, `${bare}/index.ts`, `${bare}/index.js`];
}

function pythonCandidates(module: string, from: string, folders: readonly string[]): string[] {
  const dots = /^\.*/.exec(module)![0].length;
  const path = module.slice(dots).replaceAll(".", "/");
  const bases = dots > 0 ? [new URL(`./${"../".repeat(dots - 1)}${path}`, from).href] : folders.flatMap((folder) => [`${folder}/${path}`, `${folder}/src/${path}`]);
  return bases.flatMap((base) => [`${base.replace(/\/$/, "")}.py`, `${base.replace(/\/$/, "")}/__init__.py`]);
}

export interface FileSource {
  readonly folders: readonly string[];
  /** A source file inside the workspace as it is on disk; undefined if it is none. */
  read(uri: string): SourceDocument | undefined;
}

/** Remembers what it read until the file changes. */
export function createFileSource(folders: readonly string[], limit = 32): FileSource {
  const known = new Map<string, { modified: number; document: SourceDocument }>();
  return {
    folders,
    read(uri) {
      const languageId = languageByPath(uri)?.ids[0];
      if (languageId === undefined || !folders.some((folder) => uri.startsWith(`${folder}/`))) return undefined;
      const file = fileURLToPath(uri);
      const stat = statSync(file, { throwIfNoEntry: false });
      if (!stat?.isFile() || stat.size > MAX_FILE_BYTES) return undefined;
      const before = known.get(uri);
      if (before?.modified === stat.mtimeMs) return before.document;
      const document = { uri, path: pathOf(uri, folders), languageId, version: 0, text: readFileSync(file, "utf8") };
      known.set(uri, { modified: stat.mtimeMs, document });
      for (const eldest of known.keys()) {
        if (known.size <= limit) break;
        known.delete(eldest);
      }
      return document;
    },
  };
}
