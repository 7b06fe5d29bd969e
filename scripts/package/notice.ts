// NOTICE.txt: what in the package others wrote, and under which licences. Read off the bundles and the staged folders, so that it cannot fall behind.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

interface Part {
  name: string;
  version: string;
  licence: string;
  text: string;
}

const INTRODUCTION = `Inkling is licensed under the Apache License 2.0 (LICENSE.txt). This package contains the following work of others.
The engine's native libraries are llama.cpp and ggml (MIT, Copyright (c) 2023-2026 The ggml authors), built by node-llama-cpp.
The grammars in dist/grammars are those of the tree-sitter project and its contributors (MIT), built by @vscode/tree-sitter-wasm.
What inkling-nano was trained on, package by package with its licence, is listed in the repository: models/training/corpus/manifest.json.
`;

/** Packages whose files are copied and not bundled. */
const COPIED = ["@vscode/codicons", "@vscode/tree-sitter-wasm", "web-tree-sitter"];

/** `inputs`: the files that went into the bundles; `modules`: the staged node_modules. */
export async function notice(root: string, inputs: readonly string[], modules: string): Promise<string> {
  const bundled = inputs.map(packageFolderOf).filter((folder) => folder !== undefined).map((folder) => join(root, folder));
  const copied = COPIED.map((name) => join(root, "node_modules", name));
  const folders = new Set([...bundled, ...copied, ...packagesIn(modules)]);
  const parts = await Promise.all([...folders].map(partOf));
  const unique = new Map(parts.map((part) => [`${part.name} ${part.version}`, part]));
  const sorted = [...unique.entries()].sort(([a], [b]) => a < b ? -1 : 1).map(([, part]) => part);
  const list = sorted.map(({ name, version, licence }) => `${name} ${version}: ${licence}`).join("\n");
  return `${INTRODUCTION}\n${list}\n${texts(sorted)}`;
}

/** `node_modules/a/node_modules/@b/c/lib/d.js` is in `node_modules/a/node_modules/@b/c`. */
function packageFolderOf(file: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll("\\", "/"))?.[1];
}

function packagesIn(modules: string): string[] {
  return readdirSync(modules, { recursive: true, encoding: "utf8" })
    .filter((path) => /(^|[\\/]node_modules[\\/])(@[^\\/]+[\\/])?[^@\\/][^\\/]*[\\/]package\.json$/.test(path)).map((path) => join(modules, dirname(path)));
}

async function partOf(folder: string): Promise<Part> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { name: string; version: string; license?: string };
  return { name, version, licence: license ?? "see its licence", text: licenceText(folder) };
}

function licenceText(folder: string): string {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort() : [];
  return names.map((name) => readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim()).join("\n\n");
}

/** Each text once, under the names of all that it is for. */
function texts(parts: readonly Part[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, text } of parts) if (text !== "") byText.set(text, [...byText.get(text) ?? [], name]);
  return [...byText].map(([text, names]) => `\n${"=".repeat(80)}\n${names.join(", ")}\n\n${text}\n`).join("");
}
