// Finds the files of a project that one of its files imports, by path alone. Knows no file contents.
import { posix } from "node:path";

const endings = ["", ".ts", ".tsx", ".js", ".mjs", ".jsx", "/index.ts", "/index.tsx", "/index.js"];

/** The imported file's path, or undefined for what lies outside the project. `module` is as written, without quotes. */
export function resolveImport(from: string, module: string, exists: (path: string) => boolean): string | undefined {
  return from.endsWith(".py") ? resolvePython(from, module, exists) : resolveScript(from, module, exists);
}

function resolveScript(from: string, module: string, exists: (path: string) => boolean): string | undefined {
  if (!module.startsWith(".")) return undefined;
  const base = posix.join(posix.dirname(from), module);
  const bare = base.replace(/\.[cm]?jsx?$/, "");
  return [...endings.map((ending) => base + ending), `${bare}.ts`, `${bare}.tsx`].find(exists);
}

/** One leading dot means the file's own package, each further one a package above it. */
function resolvePython(from: string, module: string, exists: (path: string) => boolean): string | undefined {
  const dots = /^\.*/.exec(module)![0].length;
  const names = module.slice(dots).split(".").filter(Boolean).join("/");
  const folder = dots === 0 ? "" : posix.join(posix.dirname(from), ...Array.from({ length: dots - 1 }, () => ".."));
  const base = posix.join(folder, names);
  return [`${base}.py`, `${base}/__init__.py`].find(exists);
}
