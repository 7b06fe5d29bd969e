// From ranked facts to a message in the repository's convention, by rules alone: the subject says the first fact, the body the others
// where the change is large, and what nobody looked into is counted.
import type { ChangedFile, ChangeSet } from "../../protocol/commit.js";
import { type Convention, emojiOf, ticketOf, wordFor } from "./convention.js";
import { typeOf } from "./conventions.js";
import type { CommitType, Fact } from "./fact.js";
import type { Facts } from "./facts.js";
import { isCountedOnly } from "./kinds.js";
import { namesOf } from "./merge.js";
import { list, say } from "./phrases.js";
import { SHORT } from "./symbols.js";
import { phrases, smallWords } from "./phrases-other.js";
import { placeFor, scopeFor } from "./scope.js";
import { conjugate } from "./tense.js";

export interface Composed {
  type: CommitType;
  /** What stands before the description: ticket, emoji, type and scope. */
  prefix: string;
  suffix: string;
  subject: string;
  body: string;
}

const MOST_BULLETS = 6;
const MOST_NAMES = 20;

export function compose(change: ChangeSet, found: Facts, convention: Convention): Composed {
  const top = topFact(change, found);
  const type = typeFor(change, top);
  const paths = top.paths.length > 0 ? top.paths : change.files.map(({ path }) => path);
  const dependency = top.type === "build" && /^(bump|add|remove|update)$/.test(top.phrase) && found.files.some(({ file, kind }) => (kind === "manifest" || kind === "lock") && top.paths.includes(file.path));
  const [prefix, suffix] = prefixFor(change, convention, type, paths, dependency ? "deps" : top.phrase === "release" ? "release" : undefined);
  const release = top.phrase === "release" ? releaseLike(change, top.args[0]!) ?? (prefix.includes("(release)") ? prefix + top.args[0]! : undefined) : undefined;
  const subject = release ?? prefix + shortest(top, convention, convention.length - prefix.length - suffix.length, change.files.length) + suffix;
  return { type, prefix, suffix, subject, body: bodyFor(change, found, convention, top) };
}

export function topFact({ first, files }: ChangeSet, { facts }: Facts): Fact {
  if (first) return { phrase: "first", args: [], type: "chore", weight: 100, paths: [], certain: true };
  const top = facts.find(({ aside }) => aside !== true) ?? facts[0];
  return top ?? { phrase: "update", args: files.length === 1 ? [files[0]!.path.replace(/^.*\//, "")] : [], type: "chore", weight: 1, paths: files.map(({ path }) => path) };
}

/** What somebody has typed already, and what the branch is called, decide where the facts leave it open. */
function typeFor({ draft, branch }: ChangeSet, { type, weight, certain }: Fact): CommitType {
  const typed = typeOf(/^\[?(\w+)/.exec(draft?.trim() ?? "")?.[1] ?? "");
  if (typed !== undefined) return typed;
  const named = typeOf(/^(\w+)[/-]/.exec(branch ?? "")?.[1] ?? "");
  const open = certain !== true && weight < 56 && /^(feat|fix|refactor|chore)$/.test(type);
  return open && named !== undefined ? named : type;
}

export function prefixFor(change: ChangeSet, convention: Convention, type: CommitType, paths: readonly string[], special?: "deps" | "release"): [prefix: string, suffix: string] {
  const ticket = ticketOf(change.branch, convention.ticket);
  const before = ticket !== undefined && convention.ticket?.inScope === false ? `${convention.ticket.before}${ticket}${convention.ticket.after}` : "";
  const emoji = convention.gitmoji === "none" ? "" : `${emojiOf(type, convention.gitmoji)} `;
  return [before + emoji + formPrefix(change, convention, type, paths, special, ticket), ""];
}

function formPrefix(change: ChangeSet, { form, ticket: ticketForm }: Convention, type: CommitType, paths: readonly string[], special: "deps" | "release" | undefined, ticket: string | undefined): string {
  if (form.kind === "plain") return "";
  if (form.kind === "place") {
    const place = placeFor(paths, form.places, form.fullPath);
    return place === undefined ? "" : `${place}: `;
  }
  const word = wordFor(type, form.words);
  if (form.brackets) return `[${word}] `;
  if (special === "deps") {
    const habit = change.history.map(({ subject }) => /^(\w+)(\((?:deps|dependencies)[\w-]*\))?: (?:bump|update|upgrade|add)\b/i.exec(subject)).find((match) => match !== null && typeOf(match[1]!) !== undefined && (match[2] !== undefined || /bump/i.test(match[0])));
    if (habit) return `${habit[1]!}${habit[2] ?? ""}: `;
    if (form.words.size === 0) return `${word}(deps): `;
  }
  if (special === "release" && form.words.size === 0) return `${word}(release): `;
  const scope = ticketForm?.inScope === true ? ticket : form.scopeShare >= 0.25 ? scopeFor(paths, form.scopes) : undefined;
  return scope === undefined ? `${word}: ` : `${word}(${scope}): `;
}

/** The last release's own subject with the new version in it. */
function releaseLike({ history }: ChangeSet, version: string): string | undefined {
  const pattern = /\bv?(\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?)\b/;
  const like = history.find(({ subject }) => /^v?\d+\.\d+(\.\d+)?$|^chore\(release\)|^(chore: |build: )?(release|bump version|version|prepare)\b/i.test(subject) && pattern.test(subject));
  if (!like || [...like.subject.matchAll(new RegExp(pattern, "g"))].length !== 1) return undefined;
  return like.subject.replace(/\s*\(#\d+\)$/, "").replace(pattern, (whole) => (whole.startsWith("v") ? `v${version}` : version));
}

/** With as many names as fit, then with shorter ones, at last without. */
function shortest(fact: Fact, convention: Convention, room: number, fileCount: number): string {
  for (const most of [3, 2, 1]) {
    for (const brief of [false, true]) {
      const text = sentence(fact, convention, most, brief);
      if (text.length <= room) return text;
    }
  }
  const words = smallWords[convention.language];
  const fallback = fileCount === 1 ? fact.paths[0]?.replace(/^.*\//, "") ?? "" : `${fileCount} ${words.files}`;
  const text = finish(say(phrases[convention.language], "update", [fallback]), convention);
  return text.length <= room ? text : finish(say(phrases[convention.language], "update", [`1 ${words.files.replace(/s$/, "")}`]), convention);
}

export function sentence(fact: Fact, convention: Convention, most = 3, brief = false): string {
  const words = smallWords[convention.language];
  const args = fact.args.map((arg) => {
    const names = namesOf(arg).map((name) => (brief ? name.split(new RegExp(`${SHORT}|/(?=[^/]+\\.\\w+$)`)).at(-1)! : name.replace(SHORT, "")));
    // Twenty names say less than the number of files that they are in.
    if (names.length > MOST_NAMES && fact.paths.length > 1 && !/^(add|remove)/.test(fact.phrase)) return `${fact.paths.length} ${words.files}`;
    if (names.length > 1 && most === 1) return `${names[0]!} ${words.and} ${names.length - 1} ${words.more}`;
    return list(names, words, most);
  });
  const known = args.length === 0 && fact.phrase === "update" ? [`${fact.paths.length} ${words.files}`] : args;
  return finish(say(phrases[convention.language], fact.phrase, known), convention);
}

function finish(text: string, { tense, capital, fullStop, language }: Convention): string {
  const verb = language === "en" ? text.replace(/^[a-z]+(?= )/, (word) => (word === "initial" ? word : conjugate(word, tense))) : text;
  const first = verb[0] ?? "";
  // A name keeps its own first letter.
  const cased = capital && /^[\p{Ll}]+( |$)/u.test(verb) ? first.toUpperCase() + verb.slice(1) : verb;
  return fullStop ? `${cased}${language === "zh" || language === "ja" ? "。" : "."}` : cased;
}

function bodyFor(change: ChangeSet, { facts, files, counted }: Facts, convention: Convention, top: Fact): string {
  const others = facts.filter((fact) => fact !== top && fact.weight >= 7 && (fact.aside !== true || fact.phrase === "bump"));
  const large = others.filter(({ weight, type }) => weight >= 25 && type !== "test" && type !== "docs").length >= 2 || change.files.length >= 6;
  const rare = convention.bodies !== undefined && convention.bodies < 0.1;
  if (change.first || top.phrase === "release" || !large || (rare && change.files.length < 12)) return "";
  const bullets = others.slice(0, MOST_BULLETS).map((fact) => `- ${sentence(fact, convention, 4).replace(/[.。]$/, "")}`);
  const words = smallWords[convention.language];
  if (others.length > MOST_BULLETS) bullets.push(`- ${others.length - MOST_BULLETS} ${others.length === MOST_BULLETS + 1 ? words.changes.replace(/\bchanges$/, "change") : words.changes}`);
  const kinds = new Map(files.map(({ file, kind }) => [file, kind]));
  const parts = ([["lock", words.lockFiles], ["generated", words.generatedFiles]] as const).map(([kind, text]) => countOf(counted.filter((file) => kinds.get(file) === kind), text));
  parts.push(countOf(counted.filter((file) => !/^(lock|generated)$/.test(kinds.get(file) ?? "")), words.otherFiles));
  const left = parts.filter((part) => part !== "");
  if (left.length > 0) bullets.push(`- ${left.join(", ")}`);
  return bullets.join("\n");
}

function countOf(files: readonly ChangedFile[], text: string): string {
  if (files.length === 0) return "";
  const sum = (pick: (file: ChangedFile) => number): number => files.reduce((total, file) => total + pick(file), 0);
  const label = files.length === 1 ? text.replace(/\bfiles\b/, "file") : text;
  return `${files.length} ${label} (+${sum(({ added }) => added)} -${sum(({ removed }) => removed)})`;
}

export { isCountedOnly };
