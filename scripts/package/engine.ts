// Puts the engine into a staging folder: node-llama-cpp, what it depends on, and the binaries for one platform, without what only its
// builders need. From 85 to 36 MB on linux-x64; nothing is compiled on a user's machine.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { type Target, targets } from "./targets.js";

const ENGINE = "node-llama-cpp";

interface Manifest {
  version: string;
  dependencies?: Record<string, string>;
}

/** Copies from `modules`, the repository's node_modules, to `into`, keeping who finds whom. */
export async function stageEngine(modules: string, into: string, target: Target): Promise<void> {
  for (const folder of await dependencyFolders(join(modules, ENGINE), modules)) {
    const name = relative(modules, folder);
    await cp(folder, join(into, name), { recursive: true, filter: (file) => isNeeded(name, relative(folder, file)) });
  }
  const { version } = await manifestOf(join(modules, ENGINE));
  await stageBinaries(modules, into, `@node-llama-cpp/${targets[target]}`, version);
}

/** The folder itself and, found as Node finds them, those of everything it depends on. */
async function dependencyFolders(folder: string, modules: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(folder)) return found;
  found.add(folder);
  for (const name of Object.keys((await manifestOf(folder)).dependencies ?? {})) {
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

async function manifestOf(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
}

/** A nested node_modules is copied with the packages that need it; types, maps, sources and papers are read by nobody, licences by law. */
function isNeeded(name: string, file: string): boolean {
  if (/(^|[\\/])node_modules([\\/]|$)/.test(file)) return false;
  if (/\.(map|md|markdown|ts|mts|cts|h|cc|gyp|gypi|lock|yml)$/i.test(file)) return /^licen[cs]e/i.test(file);
  const [top, ...rest] = file.split(/[\\/]/);
  if (name !== ENGINE || (top !== "llama" && top !== "templates")) return true;
  return top === "llama" && (rest.length === 0 || ["binariesGithubRelease.json", "llama.cpp.info.json", "grammars"].includes(rest[0]!));
}

/** The binaries of another platform are not installed here; they come from the registry. */
async function stageBinaries(modules: string, into: string, name: string, version: string): Promise<void> {
  const destination = join(into, name);
  await mkdir(destination, { recursive: true });
  const installed = join(modules, name);
  if (existsSync(installed)) {
    await cp(installed, destination, { recursive: true, filter: (file) => isNeeded(name, relative(installed, file)) });
    return;
  }
  const { stdout } = await promisify(execFile)("npm", ["pack", "--silent", `${name}@${version}`], { cwd: into, shell: process.platform === "win32" });
  const archive = join(into, stdout.trim());
  await promisify(execFile)("tar", ["xzf", archive, "-C", destination, "--strip-components=1"]);
  await rm(archive);
}
