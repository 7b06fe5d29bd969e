// Native code stands behind all doors, so none is loaded but the engine's, and that only from the packages that were installed with the worker.
import { realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { close, ClosedError, fix, functionsOf } from "./closed.js";

export function closeAddons(): void {
  const load = process.dlopen.bind(process) as (...args: unknown[]) => void;
  fix(process, "dlopen", (target: object, file: string, ...flags: unknown[]) => {
    if (!isEngine(file)) throw new ClosedError("process.dlopen");
    load(target, file, ...flags);
  });
  closeModules(["node:sqlite", "node:ffi", "node:quic"]); // the first loads extensions, the second anything at all
}

/** Modules that only some versions of Node have, as a whole: the worker needs none of them. */
function closeModules(names: readonly string[]): void {
  const warn = process.emitWarning.bind(process);
  process.emitWarning = () => undefined; // that they are experimental
  for (const name of names) {
    const found: object | undefined = process.getBuiltinModule(name);
    if (found) close(found, name, functionsOf(found));
  }
  process.emitWarning = warn;
}

const ENGINE = /[\\/]@node-llama-cpp[\\/][^\\/]+[\\/]bins[\\/].*llama-addon\.node$/;

function isEngine(file: string): boolean {
  const real = realPath(file);
  return real !== undefined && ENGINE.test(real) && packageFolders().some((folder) => real.startsWith(folder + sep));
}

/** Where Node looks for packages, seen from this file. */
function packageFolders(): string[] {
  const folders: string[] = [];
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let parent = dirname(folder); parent !== folder; [folder, parent] = [parent, dirname(parent)]) folders.push(join(folder, "node_modules"));
  return folders.flatMap((name) => realPath(name) ?? []);
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
