// How this repository writes its subjects, learnt from the recent ones: the form of the prefix, its words, tense, language, capitals,
// full stop, length. With too little history, or against it by the setting, a common convention is taken.
import type { ConventionChoice, PastCommit } from "../../protocol/commit.js";
import { aliases, emojiOf, typeOf } from "./conventions.js";
import type { CommitType } from "./fact.js";
import { type LanguageCode, languageOfSubjects, type Tense, tenseOf } from "./tense.js";

export interface Convention {
  form:
    | { kind: "plain" }
    /** `feat(scope): `; `brackets` is `[FIX] `. */
    | { kind: "typed"; brackets: boolean; words: ReadonlyMap<CommitType, string>; scopes: ReadonlyMap<string, number>; scopeShare: number }
    /** `net/http: `, the place that was changed. */
    | { kind: "place"; places: ReadonlyMap<string, number>; fullPath: boolean };
  gitmoji: "none" | "unicode" | "shortcode";
  /** Form of a ticket before or behind the subject, with `{}` in its place; its project where there is only one. */
  ticket?: { before: string; after: string; project: string | undefined; inScope: boolean };
  capital: boolean;
  fullStop: boolean;
  tense: Tense;
  language: LanguageCode;
  /** Characters that a subject has at most. */
  length: number;
  /** Share of commits that have a body; undefined without history. */
  bodies: number | undefined;
}

const LEAST_HISTORY = 4;
const MOST = 0.5;
export const LONGEST_SUBJECT = 72;

const typedPattern = /^(?:\[(?<bracket>[A-Za-z]+)\]\s*|(?<word>[A-Za-z]+)(?:\((?<scope>[^()]+)\))?!?:\s+)(?<rest>\S.*)$/;
const placePattern = /^(?<place>[\w./*{},-]+(?: [\w./-]+)?):\s+(?<rest>\S.*)$/;
const emojiPattern = /^(?:(?<code>:[a-z0-9_+-]+:)|(?<emoji>\p{Extended_Pictographic}\uFE0F?))\s*/u;
const ticketPattern = /^(?<before>\[?#?)(?<ticket>[A-Z][A-Z0-9]+-\d+|#?\d{2,})(?<after>\]?\s*[:|–-]?\s+)(?<rest>\S.*)$/;

export function learn(history: readonly PastCommit[], choice: ConventionChoice): Convention {
  const commits = history.filter(({ subject }) => !/^(Merge|Revert|fixup!|squash!|amend!|Initial commit|WIP\b)/i.test(subject) && !isRelease(subject));
  const subjects = commits.map(({ subject }) => subject.replace(/\s*\(#\d+\)$/, ""));
  const enough = subjects.length >= LEAST_HISTORY;
  const ticket = enough ? learnTicket(subjects) : undefined;
  const bare = subjects.map((subject) => stripTicket(subject, ticket).replace(emojiPattern, ""));
  const emoji = subjects.filter((subject) => emojiPattern.test(stripTicket(subject, ticket)));
  const form = choice === "plain" ? { kind: "plain" as const } : enough ? learnForm(bare, commits) : { kind: "plain" as const };
  const typed = choice === "conventional" && form.kind !== "typed" ? { kind: "typed" as const, brackets: false, words: new Map<CommitType, string>(), scopes: new Map<string, number>(), scopeShare: 0 } : form;
  const descriptions = bare.map((subject) => describe(subject, typed)).filter((text) => text !== "");
  return {
    form: typed, ...ticket && { ticket }, ...voice(descriptions, typed, enough),
    gitmoji: choice === "auto" && share(emoji.length, subjects.length) >= MOST && enough ? (emoji.filter((subject) => subject.includes(":")).length > emoji.length / 2 ? "shortcode" : "unicode") : "none",
    length: enough ? Math.min(LONGEST_SUBJECT, Math.max(50, percentile(subjects.map(({ length }) => length), 0.9))) : LONGEST_SUBJECT,
    bodies: enough ? share(commits.filter(({ hasBody }) => hasBody).length, commits.length) : undefined,
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const isRelease = (subject: string): boolean => /^v?\d+\.\d+(\.\d+)?$|^(chore\(release\)|release|bump version)/i.test(subject);

function percentile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0;
}

/** Tense, capitals and the like of the descriptions. */
function voice(descriptions: readonly string[], form: Convention["form"], enough: boolean): Pick<Convention, "capital" | "fullStop" | "tense" | "language"> {
  if (!enough) return { capital: form.kind === "plain", fullStop: false, tense: "imperative", language: "en" };
  const language = languageOfSubjects(descriptions);
  const capitals = descriptions.filter((text) => /^\p{Lu}\p{Ll}/u.test(text)).length;
  const small = descriptions.filter((text) => /^\p{Ll}/u.test(text)).length;
  return {
    language, tense: language === "en" ? tenseOf(descriptions) : "imperative",
    capital: capitals > small, fullStop: share(descriptions.filter((text) => /[^.]\.$|。$/.test(text)).length, descriptions.length) > MOST,
  };
}

function describe(subject: string, form: Convention["form"]): string {
  if (form.kind === "typed") return typedPattern.exec(subject)?.groups?.["rest"] ?? "";
  if (form.kind === "place") return placePattern.exec(subject)?.groups?.["rest"] ?? "";
  return subject;
}

function learnForm(subjects: readonly string[], commits: readonly PastCommit[]): Convention["form"] {
  const typed = subjects.map((subject) => typedPattern.exec(subject)?.groups).filter((groups) => groups !== undefined && typeOf(groups["bracket"] ?? groups["word"] ?? "") !== undefined);
  if (share(typed.length, subjects.length) >= MOST) {
    const scopes = typed.flatMap((groups) => groups?.["scope"] ?? []);
    const brackets = typed.filter((groups) => groups?.["bracket"] !== undefined).length > typed.length / 2;
    return { kind: "typed", brackets, words: usualWords(typed.map((groups) => groups?.["bracket"] ?? groups!["word"]!)), scopes: count(scopes.flatMap((scope) => scope.split(/,\s*/))), scopeShare: share(scopes.length, typed.length) };
  }
  const places = subjects.flatMap((subject, index) => placeOf(subject, commits[index]!));
  if (share(places.length, subjects.length) < MOST) return { kind: "plain" };
  return { kind: "place", places: count(places), fullPath: places.filter((place) => place.includes("/")).length > places.length / 4 };
}

/** A prefix counts as a place when it stands in a path of the commit, or, where the paths are not known, looks like one. */
function placeOf(subject: string, { files }: PastCommit): string[] {
  const place = placePattern.exec(subject)?.groups?.["place"];
  if (place === undefined) return [];
  return files.length === 0 || files.some((file) => file.toLowerCase().includes(place.toLowerCase())) ? [place] : [];
}

function count(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** The word that is written most for each type, among those that mean it. */
function usualWords(words: readonly string[]): Map<CommitType, string> {
  const usual = new Map<CommitType, string>();
  const counts = [...count(words)].sort((a, b) => b[1] - a[1]);
  for (const [word] of counts) {
    const type = typeOf(word);
    if (type !== undefined && !usual.has(type)) usual.set(type, word);
  }
  return usual;
}

/** The word for a type here; where none was ever seen, the next best that was, then the usual one in the letter case that is usual here. */
export function wordFor(type: CommitType, words: ReadonlyMap<CommitType, string>): string {
  const own = words.get(type);
  if (own !== undefined) return own;
  const near = aliases[type].instead.map((other) => words.get(other)).find((word) => word !== undefined);
  if (near !== undefined && words.size >= 4) return near;
  const [example] = words.values();
  if (example === undefined) return type;
  return example === example.toUpperCase() ? (aliases[type].words.find((word) => word.length <= 5) ?? type).toUpperCase() : /^\p{Lu}/u.test(example) ? type[0]!.toUpperCase() + type.slice(1) : type;
}

function learnTicket(subjects: readonly string[]): Convention["ticket"] {
  const found = subjects.map((subject) => ticketPattern.exec(subject)?.groups).filter((groups) => groups !== undefined);
  if (share(found.length, subjects.length) >= 0.4) {
    const forms = [...count(found.map((groups) => `${groups["before"]!}\0${groups["after"]!.replace(/\s+$/, " ")}`))].sort((a, b) => b[1] - a[1]);
    const [before, after] = forms[0]![0].split("\0") as [string, string];
    return { before, after, project: projectOf(found.map((groups) => groups["ticket"]!)), inScope: false };
  }
  const scoped = subjects.flatMap((subject) => /^\w+\(([A-Z][A-Z0-9]+-\d+)\)!?:/.exec(subject)?.[1] ?? []);
  return share(scoped.length, subjects.length) >= 0.4 ? { before: "", after: "", project: projectOf(scoped), inScope: true } : undefined;
}

function projectOf(tickets: readonly string[]): string | undefined {
  const projects = [...count(tickets.map((ticket) => /^[A-Z][A-Z0-9]+/.exec(ticket)?.[0] ?? "#"))].sort((a, b) => b[1] - a[1]);
  return projects[0]?.[0];
}

function stripTicket(subject: string, ticket: Convention["ticket"]): string {
  return ticket === undefined || ticket.inScope ? subject : ticketPattern.exec(subject)?.groups?.["rest"] ?? subject;
}

/** The ticket that a branch is named after, in the form that the history has. */
export function ticketOf(branch: string | undefined, ticket: Convention["ticket"]): string | undefined {
  if (branch === undefined || ticket === undefined) return undefined;
  const id = /[A-Z][A-Z0-9]+-\d+/.exec(branch.toUpperCase())?.[0];
  if (ticket.project !== "#" && id !== undefined && (/[A-Z]/.test(branch) || id.startsWith(`${ticket.project ?? ""}-`))) return id;
  const number = /(?:^|[/_-])#?(\d{2,})(?:[/_-]|$)/.exec(branch)?.[1];
  return ticket.project === "#" && number !== undefined ? number : undefined;
}

export { emojiOf };
