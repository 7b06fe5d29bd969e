// One fact out of several that say the same of different things: "add A" and "add B" are "add A and B". Then the order.
import type { Fact } from "./fact.js";
import { addTo } from "./groups.js";
import type { PhraseKey } from "./phrases.js";
import { SHORT } from "./symbols.js";

/** Which argument of a phrase may be a list. */
const listed: Partial<Record<PhraseKey, number>> = {
  add: 0, addTo: 0, remove: 0, removeFrom: 0, move: 0, update: 0, document: 0, format: 0, addTests: 0, updateTests: 0, log: 0, removeDebug: 0,
  typeHints: 0, asyncAwait: 0, simplify: 0, cache: 0, escape: 0, handleErrors: 0, overflow: 0, quote: 0, regenerate: 0, translate: 0, addOption: 0,
  removeParameter: 1, addParameter: 1, addProp: 0, handleMissing: 1, handleEmpty: 1, reject: 1, check: 1, use: 1, setIn: 1, useInstead: 2, lock: 1, close: 1, await: 1, executable: 0,
  typo: 0, reword: 0, bounds: 0, pattern: 0,
};

/** Between the names of a list inside an argument, until a language says how it lists. */
export const SEPARATOR = "\u0001";

export function merge(facts: readonly Fact[]): Fact[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of byOwner(facts)) {
    const at = listed[fact.phrase];
    const fixed = at === undefined ? fact.args : fact.args.filter((_, index) => index !== at);
    const key = JSON.stringify([fact.phrase, fact.type, fact.aside === true || undefined, fixed, at === undefined ? undefined : Math.round(fact.weight / 12)]);
    addTo(groups, key, fact);
  }
  const merged = [...groups.values()].map(join);
  return severalParameters(severalBumps(merged)).sort((a, b) => b.weight - a.weight || b.paths.length - a.paths.length);
}

/** Where a type gets more than one thing, each is added to the type. */
function byOwner(facts: readonly Fact[]): Fact[] {
  const ownerOf = ({ phrase, args, aside }: Fact): string | undefined =>
    (aside === true ? undefined : phrase === "addTo" ? args[1] : phrase === "add" && args[0]!.includes(SHORT) ? args[0]!.split(SHORT)[0]!.replace(/(\.|::|#)$/, "") : undefined);
  const best = new Map<string, { weight: number; count: Set<string> }>();
  for (const fact of facts) {
    const owner = ownerOf(fact);
    if (owner === undefined || fact.weight < 40) continue;
    const known = best.get(owner) ?? { weight: 0, count: new Set<string>() };
    best.set(owner, { weight: Math.max(known.weight, fact.weight), count: known.count.add(fact.args[0]!.split(SHORT).at(-1)!) });
  }
  return facts.map((fact) => {
    const owner = ownerOf(fact);
    const known = owner === undefined || fact.weight < 40 ? undefined : best.get(owner);
    return known === undefined || known.count.size < 2 ? fact : { ...fact, phrase: "addTo", args: [fact.args[0]!.split(SHORT).at(-1)!, owner!], weight: known.weight };
  });
}

function join(group: readonly Fact[]): Fact {
  const sorted = [...group].sort((a, b) => b.weight - a.weight);
  const first = sorted[0]!;
  const at = listed[first.phrase];
  if (at === undefined || group.length === 1) return first;
  const names = [...new Set(sorted.map((fact) => fact.args[at]!))];
  const args = first.args.map((arg, index) => (index === at ? names.join(SEPARATOR) : arg));
  return { ...first, args, paths: [...new Set(group.flatMap(({ paths }) => paths))], weight: first.weight + Math.min(3, group.length * 0.1) };
}

/** Of several versions at once only the names are said. */
function severalBumps(facts: readonly Fact[]): Fact[] {
  const bumps = facts.filter(({ phrase }) => phrase === "bump");
  const [first] = bumps;
  if (!first || bumps.length < 2) return [...facts];
  const all: Fact = { ...first, phrase: "bumpAll", args: [bumps.map(({ args }) => args[0]!).join(SEPARATOR)], weight: first.weight + 0.5 };
  return [all, ...facts.map((fact) => (fact.phrase === "bump" ? { ...fact, aside: true } : fact))];
}

/** Several parameters of one function. A field of its options that has the same name is the same thing. */
function severalParameters(facts: readonly Fact[]): Fact[] {
  const parameters = new Set(facts.filter(({ phrase }) => phrase === "addParameter" || phrase === "addProp").map(({ args }) => args[0]!));
  return facts.filter(({ phrase, args }) => phrase !== "addTo" || !args[0]!.split(SEPARATOR).every((name) => parameters.has(name)));
}

export const namesOf = (arg: string): string[] => arg.split(SEPARATOR);
