// From what git gives to ranked facts: decides which files are looked into, compares their versions, and puts together what the
// other files of this folder find. Whatever is not looked into is counted.
import type { ChangedFile, ChangeSet } from "../../protocol/commit.js";
import { refusalFor } from "../context/refuse.js";
import { languageByPath } from "../syntax/languages.js";
import type { Syntax } from "../syntax/parser.js";
import { relate } from "./across.js";
import { codeFacts } from "./code-facts.js";
import type { Fact } from "./fact.js";
import { fileFacts, formatFacts } from "./file-facts.js";
import { type FileKind, isCountedOnly, kindOf } from "./kinds.js";
import { merge, SEPARATOR } from "./merge.js";
import { docFacts, factOfShape, manifestFacts, settingFacts } from "./plain-facts.js";
import { testFacts } from "./test-facts.js";
import { compare, type Comparison, type Version, versionOf } from "./versions.js";

export interface ReadFile {
  file: ChangedFile;
  kind: FileKind;
  /** Absent where the texts were not compared. */
  comparison?: Comparison;
}

export interface Facts {
  /** The most important first. */
  facts: Fact[];
  files: ReadFile[];
  /** Files that only their number and lines are known of. */
  counted: ChangedFile[];
}

/** Characters that are parsed at most, both versions together: about a second on a slow machine. */
export const READ_BUDGET = 600_000;
const LONGEST_FILE = 200_000;
const READ_FILES = 120;

/** Languages that have to be loaded before {@link findFacts}. */
export function languagesOf(change: ChangeSet): string[] {
  return [...new Set(change.files.flatMap(({ path }) => languageByPath(path)?.ids[0] ?? []))];
}

export function findFacts(change: ChangeSet, syntax: Syntax): Facts {
  const files = read(change, syntax);
  const facts = files.flatMap(({ file, kind, comparison }) => factsOfFile(file, kind, comparison));
  const code = files.filter(({ kind, comparison }) => (kind === "source" || kind === "config") && comparison !== undefined);
  const comparisons = code.map(({ comparison }) => comparison!).filter(({ onlyComments, onlyFormatting }) => !onlyComments && !onlyFormatting);
  facts.push(...formatFacts(files), ...fileFacts(files));
  // Last, because it takes out of the comparisons what it explains.
  facts.push(...codeFacts(relate(comparisons), comparisons));
  for (const fact of facts) if (fact.paths.length > 0 && fact.paths.every((path) => examples.test(path)) && /^(feat|fix|refactor|perf|chore)$/.test(fact.type)) Object.assign(fact, { type: "docs", weight: Math.min(fact.weight, 25) });
  const counted = files.filter((one) => one.comparison === undefined && !isSmallTalk(one)).map(({ file }) => file);
  return { facts: withDependency(merge(facts), files), files, counted };
}

/** Code that nobody runs but readers. */
const examples = /(^|\/)(examples|samples|demos)\/|^(example|sample|demo)\//;

/** What is new and imports what is new in the manifest was made with it. */
function withDependency(facts: Fact[], files: readonly ReadFile[]): Fact[] {
  const [top, ...others] = facts;
  if (top?.phrase !== "add" || top.args[0]!.includes(SEPARATOR)) return facts;
  const imported = files.filter(({ file }) => top.paths.includes(file.path)).flatMap(({ comparison }) => comparison?.after?.imports ?? []).map((text) => text.replace(/^["']|["']$/g, ""));
  const dependency = others.find(({ phrase, type, args }) => phrase === "add" && type === "build" && imported.includes(args[0]!));
  return dependency ? [{ ...top, phrase: "addWith", args: [top.args[0]!, dependency.args[0]!] }, ...others.filter((fact) => fact !== dependency)] : facts;
}

/** Without a comparison and yet all is said: modes, pictures, submodules, settings. */
function isSmallTalk({ file, kind }: ReadFile): boolean {
  if (isCountedOnly(kind)) return false;
  if (kind === "source" || kind === "test") return file.added + file.removed === 0 || file.binary === true;
  return file.submodule !== undefined || file.binary === true || file.before !== undefined || file.after !== undefined || file.added + file.removed === 0;
}

/** The most telling files first, as many as the budget allows. */
function read(change: ChangeSet, syntax: Syntax): ReadFile[] {
  const all = change.files.map((file): ReadFile => ({ file, kind: file.submodule ? "asset" : kindOf(file.path, (file.after ?? file.before ?? "").slice(0, 20_000)) }));
  const order = all.filter(({ file, kind }) => (kind === "source" || kind === "test" || kind === "config" && languageByPath(file.path) !== undefined) && isReadable(file))
    .sort((a, b) => (a.kind === b.kind ? b.file.added + b.file.removed - a.file.added - a.file.removed : a.kind === "source" ? -1 : 1));
  let budget = READ_BUDGET;
  for (const one of order.slice(0, READ_FILES)) {
    const size = (one.file.before?.length ?? 0) + (one.file.after?.length ?? 0);
    if (size > budget) continue;
    budget -= size;
    one.comparison = compareTexts(one.file, syntax);
  }
  return all;
}

function isReadable({ path, before, after, binary, status }: ChangedFile): boolean {
  if (binary === true || (before === undefined && after === undefined)) return false;
  if (status === "modified" && (before === undefined || after === undefined)) return false;
  return [before, after].every((text) => text === undefined || (text.length <= LONGEST_FILE && refusalFor(path, text) === undefined));
}

function compareTexts({ path, oldPath, before, after }: ChangedFile, syntax: Syntax): Comparison {
  const language = languageByPath(path);
  const old = before === undefined || language === undefined ? undefined : syntax.parse(language.ids[0], before);
  const now = after === undefined || language === undefined ? undefined : old ? syntax.reparse(old, after) : syntax.parse(language.ids[0], after);
  try {
    const version = (where: string, text: string | undefined, tree: typeof now): Version | undefined =>
      (text === undefined ? undefined : versionOf(where, text, language, tree?.outline));
    return compare(version(oldPath ?? path, before, old), version(path, after, now));
  } finally {
    old?.tree.delete();
    now?.tree.delete();
  }
}

function factsOfFile(file: ChangedFile, kind: FileKind, comparison: Comparison | undefined): Fact[] {
  const shape = factOfShape(file, kind);
  if (shape) return [shape];
  switch (kind) {
    case "manifest": return file.before === undefined && file.after === undefined ? settingFacts(file, kind) : manifestFacts(file);
    case "docs": return docFacts(file);
    case "test": return comparison?.onlyFormatting === true || comparison?.onlyComments === true ? [] : testFacts(file, comparison);
    case "ci": case "build": case "data": case "translation": return settingFacts(file, kind);
    case "config": return comparison && file.status === "modified" ? [] : settingFacts(file, kind);
    case "migration": return [{ phrase: file.status === "deleted" ? "remove" : file.status === "added" ? "add" : "update", args: [file.path.slice(file.path.lastIndexOf("/") + 1)], type: "feat", weight: 35, paths: [file.path] }];
    case "lock": return [{ phrase: "update", args: [file.path.slice(file.path.lastIndexOf("/") + 1)], type: "build", weight: 4, paths: [file.path] }];
    case "generated": case "snapshot": return [{ phrase: "regenerate", args: [file.path.slice(file.path.lastIndexOf("/") + 1)], type: kind === "snapshot" ? "test" : "chore", weight: 3, paths: [file.path] }];
    case "secret": case "vendored": return [{ phrase: file.status === "added" ? "add" : "update", args: [file.path], type: "chore", weight: 2, paths: [file.path] }];
    case "source": case "asset": return [];
  }
}
