// What may be in a .vsix and what must be: read off the finished file, whoever packed it.
import { buffer } from "node:stream/consumers";
import { openPromise as openZip } from "yauzl";
import { languages } from "../../src/core/syntax/languages.js";
import { architectureOf } from "./architecture.js";
import { isRunOrLicence } from "./engine.js";
import { enginePackages, type Target } from "./targets.js";

/** A marketplace takes more; a person with a slow line should not have to. */
export const MAX_BYTES = 120e6;

export interface File {
  /** Bytes, unpacked. */
  size: number;
  /** Of a native library; see architecture.ts. */
  architecture?: string | undefined;
}

/** By path inside the extension. */
export type Contents = ReadonlyMap<string, File>;

const NATIVE = /\.(node|so|dll|dylib)$/;

export async function contentsOf(vsix: string): Promise<Contents> {
  const zip = await openZip(vsix);
  const contents = new Map<string, File>();
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize: size } = entry;
    if (!fileName.startsWith("extension/") || fileName.endsWith("/")) continue;
    contents.set(fileName.slice("extension/".length), NATIVE.test(fileName) ? { size, architecture: architectureOf(await buffer(await zip.openReadStreamPromise(entry))) } : { size });
  }
  return contents;
}

const grammars = new Set([...languages.map(({ grammar }) => `tree-sitter-${grammar}.wasm`), "web-tree-sitter.wasm"]);
const queries = new Set(languages.flatMap((language) => language.queries.map((query) => `${query}.scm`)));

export const REQUIRED: readonly string[] = [
  "package.json", "package.nls.json", "readme.md", "changelog.md", "LICENSE.txt", "NOTICE.txt", "l10n/bundle.l10n.json", "media/icon.png",
  "models/inkling-nano.gguf", "models/catalog.json", "models/fim.json",
  "dist/extension.js", "dist/client.js", "dist/worker.mjs", "dist/cli.js", "dist/node_modules/node-llama-cpp/dist/index.js",
  "media/chat.svg", ...["chat.js", "chat-style.css", "codicon.css", "codicon.ttf"].map((name) => `dist/webview/${name}`),
  ...[...grammars, ...queries].map((name) => `dist/grammars/${name}`),
];

/** Where a path may lie; what stands in no line does not belong. */
const ALLOWED = [
  /^(package(\.nls(\.[a-z-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt|NOTICE\.txt)$/,
  /^media\/(?!readme\/).+\.(png|svg|gif|md|css)$/,
  /^l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^models\/([\w-]+\.(json|md)|inkling-nano\.gguf)$/,
  /^dist\/[\w-]+\.(js|mjs|css|ttf)$/,
  /^dist\/webview\/[\w-]+\.(js|css|ttf)$/,
];

/** What is wrong with it, one line each; empty if nothing is. */
export function problemsOf(contents: Contents, target: Target): string[] {
  const paths = [...contents.keys()];
  const missing = [...REQUIRED, ...nativeOf(target)].filter((path) => !contents.has(path)).map((path) => `missing: ${path}`);
  const empty = REQUIRED.filter((path) => contents.get(path)?.size === 0).map((path) => `empty: ${path}`);
  const unwanted = paths.filter((path) => !isAllowed(path, target)).map((path) => `does not belong: ${path}`);
  const foreign = [...contents].filter(([path, { architecture }]) => NATIVE.test(path) && architecture !== target)
    .map(([path, { architecture = "no native library" }]) => `is for ${architecture}: ${path}`);
  return [...missing, ...empty, ...unwanted, ...foreign];
}

function nativeOf(target: Target): string[] {
  return enginePackages(target).flatMap((name) => [`dist/node_modules/${name}/package.json`, `dist/node_modules/${name}/bins/${name.split("/")[1]!}/llama-addon.node`]);
}

function isAllowed(path: string, target: Target): boolean {
  const module = /^dist\/node_modules\/(.+)$/.exec(path)?.[1];
  if (module !== undefined) return isAllowedModule(module, target);
  const grammar = /^dist\/grammars\/(.+)$/.exec(path)?.[1];
  if (grammar !== undefined) return grammars.has(grammar) || queries.has(grammar);
  return ALLOWED.some((pattern) => pattern.test(path));
}

/** Native code only from the platform's own packages; no tests, types or maps. */
function isAllowedModule(path: string, target: Target): boolean {
  if (!isRunOrLicence(path) || /(^|\/)(tests?|__mocks__|examples?)\//.test(path)) return false;
  const isOwnEngine = enginePackages(target).some((name) => path.startsWith(`${name}/`));
  return isOwnEngine || !(path.startsWith("@node-llama-cpp/") || NATIVE.test(path));
}
