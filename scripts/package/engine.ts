// Puts the engine into a staging folder: node-llama-cpp, what it depends on, and the binaries for one platform, without what only its
// builders need. From 85 to 36 MB on linux-x64; nothing is compiled on a user's machine.
import { existsSync, statSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fetchPackage, pinnedInLock } from "./tarball.js";
import { enginePackage, gpuPackages, type Target } from "./targets.js";

const ENGINE = "node-llama-cpp";

/** Copies from the repository's node_modules to `into`, keeping who finds whom. */
export async function stageEngine(root: string, into: string, target: Target): Promise<void> {
  const modules = join(root, "node_modules");
  for (const folder of await dependencyFolders(join(modules, ENGINE), modules)) {
    await copyNeeded(folder, join(into, relative(modules, folder)));
  }
  const binaries = enginePackage(target);
  const installed = join(modules, binaries);
  await copyNeeded(existsSync(installed) ? installed : await fetchPackage(await pinnedInLock(root, binaries)), join(into, binaries));
  const gpu = gpuPackages[target];
  if (gpu) await copyNeeded(await fetchPackage(gpu), join(into, gpu.name));
}

/** The folder itself and, found as Node finds them, those of everything it depends on. */
async function dependencyFolders(folder: string, modules: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(folder)) return found;
  found.add(folder);
  const { dependencies } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { dependencies?: Record<string, string> };
  for (const name of Object.keys(dependencies ?? {})) {
    await dependencyFolders(resolveFrom(folder, name, modules), modules, found);
  }
  return found;
}

function resolveFrom(folder: string, name: string, modules: string): string {
  for (let at = folder; at.startsWith(modules); at = dirname(at)) {
    const candidate = join(at, "node_modules", name);
    if (existsSync(candidate)) return candidate;
  }
  return join(modules, name);
}

/** A nested node_modules is copied with the packages that need it. */
async function copyNeeded(from: string, to: string): Promise<void> {
  const folders = /(^|[\\/])(node_modules|tests?|__mocks__|examples?|docs?|bin|\.github)([\\/]|$)/;
  const isEngine = basename(from) === ENGINE;
  await cp(from, to, {
    recursive: true,
    filter: (file) => {
      const path = relative(from, file);
      if (folders.test(path) || (isEngine && isForBuilders(path))) return false;
      return statSync(file).isDirectory() || isRunOrLicence(path);
    },
  });
}

/** The engine brings its C++ sources, project templates and notes on binaries that moved into packages of their own. */
function isForBuilders(path: string): boolean {
  const [top, ...rest] = path.split(/[\\/]/);
  if (top === "llama") return rest.length > 0 && !["binariesGithubRelease.json", "llama.cpp.info.json", "grammars"].includes(rest[0]!);
  return top === "templates" || top === "bins";
}

const RUN = /\.(js|mjs|cjs|json|gbnf|node|so|dll|dylib)(\.[\d.]+)?$/i;

/** What is loaded at run time, and licences, which the law wants to stay with what they are about. */
export function isRunOrLicence(path: string): boolean {
  const name = basename(path);
  return (RUN.test(name) && !name.startsWith(".")) || /^(licen[cs]e|copying|notice)/i.test(name);
}
