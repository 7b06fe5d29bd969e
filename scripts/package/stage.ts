// Makes the folder that becomes the .vsix. What is not named here is not in it.
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { languages } from "../../src/core/syntax/languages.js";
import { stageEngine } from "./engine.js";
import { stringBundle } from "./l10n.js";
import { notice } from "./notice.js";
import type { Target } from "./targets.js";

/** Fields of package.json that mean something to VS Code or to a reader of the marketplace's page. */
const MANIFEST_FIELDS = [
  "name", "displayName", "description", "version", "publisher", "license", "repository", "bugs", "homepage", "icon", "galleryBanner",
  "categories", "keywords", "main", "activationEvents", "extensionKind", "capabilities", "contributes", "l10n", "badges", "pricing", "qna",
];

const FILES = ["README.md", "LICENSE", "CHANGELOG.md", "package.nls.json", "media", "l10n", "models/inkling-nano.gguf"];
/** Pictures for readers of the repository and of the marketplace's page, which fetches them from there. */
const NOT_SHIPPED = "media/readme";

export interface Build {
  /** Folder of a production build. */
  dist: string;
  /** Files that went into its bundles, relative to the repository. */
  inputs: readonly string[];
}

/** `staging` becomes the extension. */
export async function stage(root: string, { dist, inputs }: Build, staging: string, target: Target): Promise<void> {
  await stageManifest(root, staging);
  await writeFile(join(staging, ".vscodeignore"), "# Nothing to ignore: only what belongs into the extension came here.\n");
  const models = (await readdir(join(root, "models"))).filter((name) => /^[\w-]+\.(json|md)$/.test(name)).map((name) => join("models", name));
  for (const path of [...FILES, ...models]) {
    if (existsSync(join(root, path))) await copy(join(root, path), join(staging, path));
  }
  await rm(join(staging, NOT_SHIPPED), { recursive: true, force: true });
  for (const name of await bundlesIn(dist)) await copy(join(dist, name), join(staging, "dist", name));
  const modules = join(staging, "dist", "node_modules");
  await stageEngine(root, modules, target);
  await mkdir(join(staging, "l10n"), { recursive: true });
  await writeFile(join(staging, "l10n/bundle.l10n.json"), await stringBundle(root));
  await writeFile(join(staging, "NOTICE.txt"), await notice(root, inputs, modules));
}

async function stageManifest(root: string, staging: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Record<string, unknown> & { engines: { vscode: string } };
  const kept = Object.fromEntries(MANIFEST_FIELDS.filter((field) => field in manifest).map((field) => [field, manifest[field]]));
  await writeFile(join(staging, "package.json"), JSON.stringify({ ...kept, engines: { vscode: manifest.engines.vscode } }, undefined, 2));
}

/** The bundles, and of the grammars those of the languages that Inkling knows. */
async function bundlesIn(dist: string): Promise<string[]> {
  const bundles = (await readdir(dist)).filter((name) => /\.m?js$/.test(name));
  const grammars = new Set(languages.map(({ grammar }) => `tree-sitter-${grammar}.wasm`));
  const assets = (await readdir(join(dist, "grammars")))
    .filter((name) => grammars.has(name) || name === "web-tree-sitter.wasm" || name.endsWith(".scm"));
  const page = (await readdir(join(dist, "webview"))).filter((name) => /\.(js|css|ttf)$/.test(name));
  return [...bundles, ...assets.map((name) => join("grammars", name)), ...page.map((name) => join("webview", name))];
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { recursive: true });
}
