// Facts about programs' files as a whole: moved, formatted, commented, added or deleted without a symbol to name, or not looked into.
import type { ChangedFile } from "../../protocol/commit.js";
import type { Fact } from "./fact.js";
import type { ReadFile } from "./facts.js";
import { addTo } from "./groups.js";
import { fileName } from "./plain-facts.js";

export function formatFacts(files: readonly ReadFile[]): Fact[] {
  const facts: Fact[] = [];
  for (const { file, kind, comparison } of files) {
    if (!comparison || file.status !== "modified") continue;
    if (comparison.onlyFormatting) facts.push({ phrase: "format", args: [fileName(file.path)], type: "style", weight: 6, paths: [file.path], certain: true });
    if (!comparison.onlyComments) continue;
    const names = comparison.documented.filter((name) => name !== "");
    const type = kind === "test" ? "test" : "docs";
    for (const name of names.length > 0 ? names : [fileName(file.path)]) facts.push({ phrase: "document", args: [name], type, weight: 19, paths: [file.path], certain: true });
  }
  return facts;
}

/** Moves, and what has no symbols. */
export function fileFacts(files: readonly ReadFile[]): Fact[] {
  const programs = files.filter(({ kind }) => kind === "source");
  const moved = programs.filter(({ file }) => file.status === "renamed");
  return [...newFolders(programs), ...moveFacts(moved.map(({ file }) => file)), ...programs.flatMap(({ file, comparison }): Fact[] => {
    if (file.status === "renamed" || file.status === "modified" && comparison) return [];
    const base = { args: [fileName(file.path)], paths: [file.path] };
    const nameless = !comparison || [...comparison.added, ...comparison.removed].every(({ symbol }) => !symbol.exported);
    if (file.status === "added" && nameless) return [{ ...base, phrase: "add", type: "feat", weight: 41 }];
    if (file.status === "deleted" && nameless) return [{ ...base, phrase: "remove", type: "refactor", weight: 39 }];
    if (comparison || file.binary === true || file.submodule || file.added + file.removed === 0) return [];
    return [{ ...base, phrase: "update", type: "fix", weight: 12 }];
  })];
}

/** A folder that begins to exist, with more in it than a subject can name. */
function newFolders(programs: readonly ReadFile[]): Fact[] {
  const groups = new Map<string, ReadFile[]>();
  for (const one of programs) addTo(groups, folder(one.file.path), one);
  return [...groups].filter(([path, group]) => path.includes("/") && group.length >= 4 && group.every(({ file }) => file.status === "added") && exportsOf(group) > 4)
    .sort((a, b) => a[0].length - b[0].length).filter(([path], index, all) => !all.slice(0, index).some(([outer]) => path.startsWith(`${outer}/`)))
    .map(([path, group]): Fact => ({ phrase: "add", args: [path], type: "feat", weight: 110, paths: group.map(({ file }) => file.path) }));
}

const exportsOf = (group: readonly ReadFile[]): number =>
  group.flatMap(({ comparison }) => comparison?.added ?? []).filter(({ symbol }) => symbol.exported && symbol.owner === "" && symbol.kind !== "value").length;

/** Files that went from one folder to another are one move. */
function moveFacts(files: readonly ChangedFile[]): Fact[] {
  const groups = new Map<string, ChangedFile[]>();
  for (const file of files) {
    const key = `${folder(file.oldPath!)}\0${folder(file.path)}`;
    addTo(groups, key, file);
  }
  return [...groups].flatMap(([key, group]): Fact[] => {
    const [from, to] = key.split("\0") as [string, string];
    const base = { type: "refactor" as const, paths: group.map(({ path }) => path) };
    if (group.length > 2 && from !== to) return [{ ...base, phrase: "move", args: [from || ".", to || "."], weight: 74 }];
    return group.map((file): Fact => ({
      ...base, paths: [file.path], weight: 73, phrase: from === to ? "rename" : "move",
      args: [fileName(file.oldPath!), from === to ? fileName(file.path) : file.path],
    }));
  });
}

const folder = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
