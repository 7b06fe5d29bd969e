// One or two sentences about the facts, composed, so that there is something to read with any model and with none.
import type { CodeFacts, DataFacts, Effects, Facts, FunctionFacts, ImportFacts, Named, TextFacts, TypeFacts } from "./facts.js";
import { and, article, code, count, lineRange } from "./words.js";

export function summaryOf(facts: Facts): string {
  switch (facts.subject) {
    case "function": return functionSummary(facts);
    case "type": return typeSummary(facts);
    case "code": return codeSummary(facts);
    case "imports": return importSummary(facts);
    case "data": return dataSummary(facts);
    case "text": return textSummary(facts);
  }
}

/** What the facts are about, in a few words: the end of a title. */
export function titleOf(facts: Facts): string {
  const lines = lineRange(facts.lines);
  switch (facts.subject) {
    case "function": return facts.name === "" ? `function in ${lines}` : facts.container === undefined || facts.name === facts.container ? facts.name : `${facts.container}.${facts.name}`;
    case "type": return facts.name;
    case "code": return facts.inside === undefined ? `${facts.kind} in ${lines}` : `${lines} of ${facts.inside}`;
    case "imports": return `imports in ${lines}`;
    case "data": case "text": return lines;
  }
}

function functionSummary(facts: FunctionFacts): string {
  const what = [...facts.modifiers, facts.kind].join(" ");
  const of = facts.container === undefined ? "" : ` of ${code(facts.container)}`;
  const name = facts.name === "" ? "This" : code(facts.name);
  const doings = [takes(facts), ...effectClauses(facts.effects), gives(facts)].filter((clause) => clause !== undefined);
  const first = `${name} is ${article(what)} ${what}${of} (${lineRange(facts.lines)}).`;
  const second = doings.length === 0 ? " It does nothing but be there." : ` It ${and(doings)}.`;
  return `${first}${second}${facts.recursive ? " It calls itself." : ""}`;
}

function takes({ kind, parameters }: FunctionFacts): string | undefined {
  if (parameters.length === 0) return kind === "getter" || kind === "property" ? undefined : "takes no parameters";
  return parameters.length <= 3 ? `takes ${and(parameters.map(({ name }) => code(name)))}` : `takes ${parameters.length} parameters`;
}

function gives({ returnType, effects, modifiers, kind }: FunctionFacts): string | undefined {
  if (modifiers.includes("generator")) return "yields its results one by one";
  if (kind === "constructor" || /^(void|None|\(\)|Promise<void>|Task)$/.test(returnType ?? "")) return undefined;
  const [only] = effects.returns;
  if (effects.returns.length === 1 && only!.name.length <= 40) return `returns ${code(only!.name)}`;
  if (returnType !== undefined) return `returns ${code(returnType)}`;
  return effects.returns.length === 0 ? undefined : `returns one of ${count(effects.returns.length, "expression")}`;
}

function effectClauses(effects: Effects): string[] {
  const own = effects.calls.filter(({ definedAt }) => definedAt !== undefined);
  const [errors, passes] = [effects.throws.filter(({ name }) => name !== "?" && name !== "again"), effects.throws.some(({ name }) => name === "?")];
  return [
    own.length > 0 ? `calls ${few(own)}` : undefined,
    effects.writes.length > 0 ? `changes ${few(effects.writes)}` : undefined,
    errors.length > 0 ? `may throw ${few(errors)}` : undefined,
    passes ? "passes errors on" : undefined,
    effects.throws.some(({ name }) => name === "again") ? "throws on what it caught" : undefined,
  ].filter((clause) => clause !== undefined);
}

function few(list: readonly Named[]): string {
  const names = list.map(({ name }) => code(name));
  return names.length <= 3 ? and(names) : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

function typeSummary({ name, kind, container, lines, members, usedBy }: TypeFacts): string {
  const of = container === undefined ? "" : ` in ${code(container)}`;
  const groups = new Map<string, number>();
  for (const member of members) groups.set(member.kind, (groups.get(member.kind) ?? 0) + 1);
  const has = [...groups].map(([what, many]) => count(many, what));
  const users = new Set(usedBy.map((user) => user.name));
  return `${code(name)} is ${article(kind)} ${kind}${of} (${lineRange(lines)})${has.length === 0 ? "" : ` with ${and(has)}`}.`
    + (users.size === 0 ? "" : ` In this file it is used in ${count(users.size, "place")}.`);
}

function codeSummary(facts: CodeFacts): string {
  const where = facts.inside === undefined ? "" : ` in ${code(facts.inside)}`;
  const what = facts.kind === "expression" ? "An expression" : facts.statements === 1 ? "One statement" : count(facts.statements, "statement");
  const later = facts.declares.filter(({ usedLater }) => usedLater.length > 0);
  const doings = [
    facts.uses.length > 0 ? `needs ${few(facts.uses)} from before` : undefined,
    facts.sets.length > 0 ? `sets ${few(facts.sets)}` : undefined,
    later.length > 0 ? `declares ${few(later.map(({ name }) => ({ name, lines: [] })))} for later` : undefined,
    ...effectClauses(facts.effects),
    facts.effects.returns.length > 0 ? "may return from the function" : undefined,
  ].filter((clause) => clause !== undefined);
  return `${what}${where} (${lineRange(facts.lines)})${doings.length === 0 ? "." : `. It ${and(doings)}.`}`.replace(/(\d+ statements[^.]*\. )It (.*)$/, (_, front: string, rest: string) => `${front}They ${plural(rest)}`);
}

/** The verbs of the clauses above, for more than one statement. */
function plural(clauses: string): string {
  return clauses.replace(/(^|, | and )(needs|sets|declares|calls|changes|passes|throws)\b/g, (_, before: string, verb: string) => `${before}${verb === "passes" ? "pass" : verb.slice(0, -1)}`);
}

function importSummary({ modules, lines }: ImportFacts): string {
  return modules.length === 0 ? `Imports (${lineRange(lines)}).` : `Imports ${count(modules.length, "module")} (${lineRange(lines)}).`;
}

function dataSummary({ language, entries, lines, depth }: DataFacts): string {
  const what = language === "css" ? "rule or property" : "key";
  const many = language === "css" ? `${entries.length} rules or properties` : count(entries.length, what);
  return `${language.toUpperCase()} (${lineRange(lines)}) with ${many}${depth > 1 ? `, ${depth} levels deep` : ""}.`;
}

function textSummary({ isProse, words, headings, links, lines }: TextFacts): string {
  const parts = [count(words, "word"), headings.length > 0 ? count(headings.length, "heading") : undefined, links > 0 ? count(links, "link") : undefined].filter((part) => part !== undefined);
  const what = isProse ? "Text" : "Code in a language that Inkling has no grammar for";
  return `${what} (${lineRange(lines)}): ${and(parts)}.`;
}
