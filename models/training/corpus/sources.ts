// From a package's archive to its readable source files, by the rules of filter.ts. Many packages publish compiled code with
// source maps that carry the TypeScript it was made from; that is taken out of the maps.
import { posix } from "node:path";
import { entries, type Entry } from "./archive.js";
import { compiledTwins, isForeign, languageOf, rejection, stripLicence } from "./filter.js";
import { projectOf, type Package, type SourceFile } from "./manifest.js";
import { seededOrder } from "./random.js";

/** One source file of a package, wanted or not. */
export type Found = { kind: "file"; file: SourceFile } | { kind: "dropped"; reason: string };

/** Goes through the package's source files in a fixed random order, as far as the caller pulls. */
export function* harvest(pack: Package, archive: Buffer): Generator<Found> {
  const texts = new Map<string, () => string>();
  for (const entry of entries(archive, pack.file)) {
    const path = pack.registry === "npm" ? entry.path.replace(/^[^/]+\//, "") : entry.path;
    if (/\.[cm]?[jt]s\.map$/.test(path)) for (const [name, text] of mappedSources(entry)) texts.set(name, () => text);
    else if (languageOf(path) && entry.size <= 400_000) texts.set(path, () => entry.read().toString("utf8"));
  }
  const twins = compiledTwins([...texts.keys()]);
  for (const [path, read] of seededOrder([...texts], pack.name)) {
    const language = languageOf(path)!;
    const misplaced = isForeign(path) ? "foreign" : twins.has(path) ? "compiled" : undefined;
    const text = misplaced ? "" : stripLicence(read());
    const reason = misplaced ?? rejection(text, language);
    yield reason ? { kind: "dropped", reason } : { kind: "file", file: { project: projectOf(pack), path: workspacePath(pack, path), language, text } };
  }
}

/** The TypeScript files inside a source map, by the paths that they have in their own repository. */
export function* mappedSources(map: Pick<Entry, "read">): Generator<[string, string]> {
  const parsed = parseMap(map.read().toString("utf8"));
  for (const [index, source] of parsed.sources.entries()) {
    const text = parsed.sourcesContent[index];
    const path = posix.normalize(source.replace(/^[a-z-]+:\/\/[^/]*\//, "").replace(/^.*fastbuild[^/]*\/bin\//, "")).replace(/^(\.\.\/|\/)+/, "");
    if (text && /\.[cm]?tsx?$/.test(path) && languageOf(path)) yield [path, text];
  }
}

function parseMap(json: string): { sources: string[]; sourcesContent: (string | null)[] } {
  try {
    const { sources, sourcesContent } = JSON.parse(json) as { sources?: string[]; sourcesContent?: (string | null)[] };
    return { sources: sources ?? [], sourcesContent: sourcesContent ?? [] };
  } catch {
    return { sources: [], sourcesContent: [] };
  }
}

/** The path as it would look in the project's own repository: scoped packages are folders of a monorepo. */
function workspacePath(pack: Package, path: string): string {
  if (!pack.name.startsWith("@") || path.startsWith("packages/")) return path;
  return `packages/${pack.name.slice(pack.name.indexOf("/") + 1)}/${path}`;
}
