// Which other files of a project would be open beside a file: those that it imports by a relative path, then those of its folder.
import { posix } from "node:path";
import type { SourceFile } from "./holes.js";

export function neighboursOf(file: SourceFile, project: readonly SourceFile[], count: number): SourceFile[] {
  const imported = new Set(importedPaths(file));
  const folder = posix.dirname(file.path);
  const rank = (other: SourceFile): number => {
    const bare = other.path.replace(/\.\w+$/, "");
    if (imported.has(bare) || imported.has(bare.replace(/\/(index|__init__)$/, ""))) return 0;
    return posix.dirname(other.path) === folder ? 1 : 2;
  };
  return project.filter((other) => other !== file && rank(other) < 2)
    .sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))
    .slice(0, count);
}

/** Paths within the project, without their extensions. */
export function importedPaths(file: SourceFile): string[] {
  const folder = posix.dirname(file.path);
  const scripts = [...file.text.matchAll(/(?:from|require\(|import\(?)\s*["'](\.{1,2}\/[^"']+)["']/g)]
    .map((match) => posix.join(folder, match[1]!).replace(/\.[cm]?[jt]sx?$/, ""));
  const modules = [...file.text.matchAll(/^\s*from\s+(\.+)(\w[\w.]*)?\s+import\s/gm)].map(([, dots, name]) =>
    posix.join(folder, ...Array.from({ length: dots!.length - 1 }, () => ".."), (name ?? "").replaceAll(".", "/")));
  return [...scripts, ...modules];
}
