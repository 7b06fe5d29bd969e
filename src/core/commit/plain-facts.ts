// Facts about files that are no program: manifests, settings, pipelines, documents, translations, pictures, modes, submodules.
import type { ChangedFile } from "../../protocol/commit.js";
import { compareManifests } from "./dependencies.js";
import { diff } from "./diff.js";
import type { CommitType, Fact } from "./fact.js";
import type { FileKind } from "./kinds.js";

export const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const typeOfKind: Partial<Record<FileKind, CommitType>> = { manifest: "build", ci: "ci", build: "build", docs: "docs", test: "test", snapshot: "test", translation: "feat" };
const weightOfKind: Partial<Record<FileKind, number>> = { manifest: 24, ci: 34, build: 33, config: 28, docs: 20, translation: 32, data: 32, asset: 14, test: 12 };

/** What the name and the numbers alone say; undefined where the content has to be looked at. */
export function factOfShape(file: ChangedFile, kind: FileKind): Fact | undefined {
  const paths = [file.path];
  const name = fileName(file.path);
  const type = typeOfKind[kind] ?? "chore";
  if (file.submodule) {
    const { before, after } = file.submodule;
    if (after === undefined) return { phrase: "remove", args: [file.path], type: "chore", weight: 45, paths };
    return before === undefined
      ? { phrase: "add", args: [file.path], type: "build", weight: 45, paths }
      : { phrase: "bump", args: [file.path, before.slice(0, 7), after.slice(0, 7)], type: "chore", weight: 45, paths };
  }
  if (file.modes && file.added + file.removed === 0 && file.oldPath === undefined && file.binary !== true) {
    return { phrase: file.modes.after.endsWith("755") ? "executable" : "notExecutable", args: [name], type: "chore", weight: 27, paths };
  }
  if (file.binary === true || kind === "asset") {
    const phrase = file.status === "added" ? "add" : file.status === "deleted" ? "remove" : file.status === "renamed" ? "move" : "update";
    return { phrase, args: phrase === "move" ? [fileName(file.oldPath!), file.path] : [name], type, weight: weightOfKind.asset!, paths };
  }
  return undefined;
}

/** Facts of a manifest. */
export function manifestFacts(file: ChangedFile): Fact[] {
  const paths = [file.path];
  const { added, removed, bumped, version, other } = compareManifests(file.path, file.before ?? "", file.after ?? "");
  if (file.status === "added") return [{ phrase: "add", args: [fileName(file.path)], type: "build", weight: 26, paths }];
  const facts: Fact[] = [];
  if (version) facts.push({ phrase: "release", args: [version.to], type: "chore", weight: 40, paths, certain: true });
  for (const { name, from, to } of bumped) {
    facts.push(from !== "" && to !== "" ? { phrase: "bump", args: [name, from, to], type: "build", weight: 38, paths } : { phrase: "update", args: [name], type: "build", weight: 36, paths });
  }
  for (const { name } of added) facts.push({ phrase: "add", args: [name], type: "build", weight: 39, paths });
  for (const { name } of removed) facts.push({ phrase: "remove", args: [name], type: "build", weight: 37, paths });
  if (other || facts.length === 0) facts.push(...settingFacts(file, "manifest").map((fact) => ({ ...fact, weight: facts.length > 0 ? 10 : fact.weight })));
  return facts;
}

const setting = /^\s*(?:-\s*)?(?:export\s+|ENV\s+|ARG\s+)?["']?([\w.$/@-]+)["']?\s*[:=]\s*(.+?)[,;]?$/;
const scalar = /^(?:["'][^"']{0,40}["']|-?[\w.:/@+-]{1,40})$/;

/** Facts of a file of keys and values, or of lines. */
export function settingFacts(file: ChangedFile, kind: FileKind): Fact[] {
  const paths = [file.path];
  const name = fileName(file.path);
  const type = typeOfKind[kind] ?? "chore";
  const weight = weightOfKind[kind] ?? 28;
  if (file.status === "renamed") return [{ phrase: "move", args: [fileName(file.oldPath!), file.path], type, weight, paths }];
  if (file.status === "added") return [{ phrase: kind === "translation" ? "translate" : "add", args: [kind === "translation" ? stem(name) : kind === "ci" ? `${stem(name)} workflow` : name], type, weight: weight + 2, paths }];
  if (file.status === "deleted") return [{ phrase: "remove", args: [name], type, weight, paths }];
  const lines = (text: string | undefined): string[] => (text ?? "").split(/\r?\n/).map((line) => line.trim());
  if (file.before === undefined || file.after === undefined) return [{ phrase: "update", args: [name], type, weight, paths }];
  const hunks = diff(lines(file.before), lines(file.after));
  const removed = hunks.flatMap((hunk) => hunk.removed).filter((line) => line !== "");
  const added = hunks.flatMap((hunk) => hunk.added).filter((line) => line !== "");
  if (/ignore$/.test(name) && removed.length === 0 && added.length > 0) {
    return [{ phrase: "ignore", args: [added.filter((line) => !line.startsWith("#")).slice(0, 2).join(", ").replace(/, (?=[^,]*$)/, " and "), name], type, weight, paths }];
  }
  return [changedSetting(removed, added, name) ?? { phrase: "update" as const, args: [name] }].map((fact) => ({ ...fact, type, weight, paths }));
}

function changedSetting(removed: readonly string[], added: readonly string[], name: string): Pick<Fact, "phrase" | "args"> | undefined {
  const [before, after] = [removed, added].map((lines) => lines.map((line) => setting.exec(line)));
  const first = after?.[0];
  if (first && removed.length === 0 && after.length <= 12) return { phrase: "addTo", args: [first[1]!, name] };
  const old = before?.[0];
  if (old && added.length === 0 && before.length <= 12) return { phrase: "removeFrom", args: [old[1]!, name] };
  if (first && old && old[1] === first[1] && before.length === after.length && before.length <= 2) {
    const plain = (value: string): string => value.replace(/^["']|["']$/g, "");
    const [from, to] = [old[2]!, first[2]!];
    if (`${from} ${to}`.includes("REDACTED")) return { phrase: "update", args: [`${first[1]!} in ${name}`] };
    const items = newItem(from, to);
    if (items !== undefined) return { phrase: "addTo", args: [items, `${first[1]!} in ${name}`] };
    if (/^(true|false)$/.test(to)) return { phrase: "set", args: [first[1]!, to, name] };
    if (scalar.test(from) && scalar.test(to)) return { phrase: "change", args: [first[1]!, plain(from), `${plain(to)} in ${name}`] };
    if (scalar.test(to)) return { phrase: "changeIn", args: [first[1]!, plain(to), name] };
  }
  return versionChange(removed, added, name);
}

/** What a list on one line has more than before: `[18, 20]` and `[18, 20, 22]`. */
function newItem(from: string, to: string): string | undefined {
  if (!/^\[.*\]$/.test(from) || !/^\[.*\]$/.test(to)) return undefined;
  const items = (text: string): string[] => text.slice(1, -1).split(",").map((item) => item.trim().replace(/^["']|["']$/g, ""));
  const fresh = items(to).filter((item) => !items(from).includes(item));
  return fresh.length === 1 && items(to).length > items(from).length ? fresh[0] : undefined;
}

/** One word with digits became another one: `node:20-alpine` and `node:22-alpine`. */
function versionChange(removed: readonly string[], added: readonly string[], name: string): Pick<Fact, "phrase" | "args"> | undefined {
  if (removed.length === 0 || removed.length !== added.length) return undefined;
  const pairs = removed.map((line, index) => {
    const [a, b] = [line.split(/\s+/), added[index]!.split(/\s+/)];
    const at = a.findIndex((text, i) => text !== b[i]);
    return a.length === b.length && at >= 0 ? `${a[at]!} ${b[at]!}` : "";
  });
  const [from, to] = (pairs[0] ?? "").split(" ");
  if (from === undefined || !to || !/\d/.test(to) || pairs.some((pair) => pair !== pairs[0])) return undefined;
  return { phrase: "useInstead", args: [to, from, name] };
}

export function docFacts(file: ChangedFile): Fact[] {
  const paths = [file.path];
  const name = fileName(file.path);
  const base = { type: "docs" as const, paths };
  if (file.status === "added") return [{ ...base, phrase: "add", args: [name], weight: 21 }];
  if (file.status === "deleted") return [{ ...base, phrase: "remove", args: [name], weight: 19 }];
  if (file.status === "renamed") return [{ ...base, phrase: "move", args: [fileName(file.oldPath!), file.path], weight: 19 }];
  const headings = (text: string | undefined): string[] => [...(text ?? "").matchAll(/^#{1,4}\s+(.+?)\s*#*$|^(.+)\n[=~-]{3,}$/gm)].map((match) => (match[1] ?? match[2]!).trim());
  const old = new Set(headings(file.before));
  const fresh = headings(file.after).filter((heading) => !old.has(heading) && heading.length <= 40);
  if (fresh[0] !== undefined && !/^change|^history/i.test(name)) return [{ ...base, phrase: "addSection", args: [fresh[0], name], weight: 21 }];
  return [{ ...base, phrase: "update", args: [name], weight: /^change|^history/i.test(name) ? 8 : 20 }];
}

const stem = (name: string): string => name.replace(/\.[^.]+$/, "");
