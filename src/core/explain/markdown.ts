// Facts as Markdown that a person is glad to read: a sentence, then a short list. Says each thing once and leaves out what is not there.
import type { CallFact, Caller, Effects, Facts, FunctionFacts, Named, ThrowFact, TypeFacts } from "./facts.js";
import { summaryOf } from "./summary.js";
import { code, count, lineRange } from "./words.js";

export interface MarkdownOptions {
  /** Address of a line of the document; without it lines are only named. */
  link?: (line: number) => string;
}

/** Of a long list this much is shown. */
const most = 12;

export function renderFacts(facts: Facts, options: MarkdownOptions = {}): string {
  const doc = "doc" in facts ? `> ${facts.doc.replace(/[<>]/g, "\\$&")}\n\n` : "";
  const items = itemsOf(facts, options).filter((item) => item !== undefined);
  return `${summaryOf(facts)}\n\n${doc}${items.map((item) => `- ${item}\n`).join("")}`.trimEnd() + "\n";
}

type Item = string | undefined;

function itemsOf(facts: Facts, options: MarkdownOptions): Item[] {
  switch (facts.subject) {
    case "function": return functionItems(facts, options);
    case "type": return typeItems(facts, options);
    case "code": return [
      names("Needs from before", facts.uses, options), names("Sets", facts.sets, options),
      list("Declares", facts.declares.map(({ name, usedLater }) => `${code(name)}${usedLater.length === 0 ? "" : ` (used in ${lines(usedLater, options)})`}`)),
      ...effectItems(facts.effects, options), returned(facts.effects),
    ];
    case "imports": return [list("From", facts.modules.map(code))];
    case "data": return facts.entries.slice(0, most).map(({ name, value, line: at }) => `${code(name)}${value === undefined ? "" : `: ${code(value)}`} (${line(at, options)})`)
      .concat(facts.entries.length > most ? [`and ${facts.entries.length - most} more`] : []);
    case "text": return facts.headings.slice(0, most).map(({ name, line: at }) => `${name} (${line(at, options)})`);
  }
}

function functionItems(facts: FunctionFacts, options: MarkdownOptions): Item[] {
  return [
    list("Takes", facts.parameters.map((parameter) => code(parameterText(parameter)))),
    facts.returnType === undefined ? returned(facts.effects) : `**Returns** ${code(facts.returnType)}${facts.effects.returns.length === 0 ? "" : `: ${codes(facts.effects.returns)}`}`,
    ...effectItems(facts.effects, options),
    users("Used by", facts.calledBy, options),
  ];
}

export function parameterText({ name, type, default: value, optional, rest }: FunctionFacts["parameters"][number]): string {
  const mark = rest === undefined ? "" : rest === "keyword" ? "**" : "...";
  return `${mark}${name}${optional === true ? "?" : ""}${type === undefined ? "" : `: ${type}`}${value === undefined ? "" : ` = ${value}`}`;
}

function returned(effects: Effects): Item {
  return effects.returns.length === 0 ? undefined : `**Returns** ${codes(effects.returns)}`;
}

function effectItems(effects: Effects, options: MarkdownOptions): Item[] {
  return [
    calls(effects.calls, options),
    list("Reads", effects.reads.map(({ name }) => code(name))),
    names("Changes", effects.writes, options),
    thrown(effects.throws, options),
    list("Catches", effects.catches.map(({ name }) => name === "everything" ? name : code(name))),
    flow(effects),
  ];
}

function thrown(all: readonly ThrowFact[], options: MarkdownOptions): Item {
  return list("Throws", all.map(({ name, when, lines: at }) => {
    const what = name === "?" ? "what `?` passes on" : name === "again" ? "again what it caught" : code(name);
    return `${what} (${lines(at, options)})${when === undefined ? "" : ` if ${code(when)}`}`;
  }));
}

/** Those of this file first, with their lines. */
function calls(all: readonly CallFact[], options: MarkdownOptions): Item {
  const own = all.filter(({ definedAt }) => definedAt !== undefined).map(({ name, definedAt }) => `${code(name)} (${line(definedAt!, options)})`);
  const others = all.filter(({ definedAt }) => definedAt === undefined).map(({ name }) => code(name));
  if (own.length === 0 || others.length === 0) return list("Calls", [...own, ...others]);
  return `**Calls** ${cut(own)}; from elsewhere ${cut(others)}`;
}

function flow({ branches, loops, depth, awaits, yields }: Effects): Item {
  const parts = [
    branches > 0 ? count(branches, "branch") : undefined, loops > 0 ? count(loops, "loop") : undefined, depth > 1 ? `nested ${depth} deep` : undefined,
    awaits > 0 ? count(awaits, "await") : undefined, yields > 0 ? count(yields, "yield") : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `**Flow** ${parts.join(", ")}`;
}

function typeItems({ members, usedBy, signature }: TypeFacts, options: MarkdownOptions): Item[] {
  const kinds = [...new Set(members.map(({ kind }) => kind))];
  return [
    `**Declared as** ${code(signature)}`,
    ...kinds.map((kind) => {
      const named = kind === "property" ? "Properties" : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}s`;
      return list(named, members.filter((member) => member.kind === kind).map(({ name, line: at }) => `${code(name)} (${line(at, options)})`));
    }),
    users("Used by", usedBy, options),
  ];
}

function users(title: string, all: readonly Caller[], options: MarkdownOptions): Item {
  const byName = new Map<string, number[]>();
  for (const { name, line: at } of all) byName.set(name, [...byName.get(name) ?? [], at]);
  return list(title, [...byName].map(([name, at]) => `${name === "" ? "the file itself" : code(name)} (${lines(at, options)})`));
}

function names(title: string, all: readonly Named[], options: MarkdownOptions): Item {
  return list(title, all.map(({ name, lines: at }) => `${code(name)} (${lines(at, options)})`));
}

function list(title: string, items: readonly string[]): Item {
  return items.length === 0 ? undefined : `**${title}** ${cut(items)}`;
}

function cut(items: readonly string[]): string {
  return items.length <= most ? items.join(", ") : `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}

function codes(all: readonly Named[]): string {
  return cut(all.map(({ name }) => code(name)));
}

function lines(all: readonly number[], options: MarkdownOptions): string {
  if (all.length === 1 && all[0] !== undefined) return line(all[0], options);
  const shown = all.slice(0, 5).map((at) => options.link === undefined ? String(at) : `[${at}](${options.link(at)})`);
  return `lines ${shown.join(", ")}${all.length > 5 ? "…" : ""}`;
}

function line(at: number, { link }: MarkdownOptions): string {
  return link === undefined ? lineRange({ first: at, last: at }) : `[line ${at}](${link(at)})`;
}
