// What only shows when all files are looked at together: a symbol that got another name, went to another file, or was cut out of
// another one. What is explained by that is taken out of the comparisons, so that what is left is change.
import { similarity } from "./diff.js";
import { addTo } from "./groups.js";
import type { Symbol } from "./symbols.js";
import { type Comparison, type Piece, sameList } from "./versions.js";

export interface Renamed { from: Piece; to: Piece }
export interface Moved { from: Piece; to: Piece }
export interface Extracted { piece: Piece; from: Piece }

export interface Across {
  renamed: Renamed[];
  moved: Moved[];
  extracted: Extracted[];
  /** Pieces that changed although everything above is accounted for. */
  changed: { before: Piece; after: Piece }[];
  added: Piece[];
  removed: Piece[];
}

/** How alike two pieces have to be to be the same one under another name, or in another place. */
const SAME_THING = 0.72;

export function relate(comparisons: readonly Comparison[]): Across {
  const added = comparisons.flatMap((comparison) => comparison.added);
  const removed = comparisons.flatMap((comparison) => comparison.removed);
  const moved = pairUp(removed, added, byName, (a, b) => a.path !== b.path && likeness(a, b) >= SAME_THING);
  const renamed = pairUp(removed, added, byKind, (a, b) => a.symbol.name !== b.symbol.name && sameKind(a.symbol, b.symbol) && isLong(a) && likeness(a, b) >= SAME_THING);
  const names = new Map(renamed.map(({ from, to }) => [from.symbol.name, to.symbol.name]));
  const changed: Across["changed"] = [];
  for (const pair of [...comparisons.flatMap((comparison) => comparison.changed), ...membersOfRenamed(removed, added, names)]) {
    if (!isSame(pair.before, pair.after, names)) changed.push(pair);
  }
  const more = [...renamed, ...moved].filter(({ from, to }) => !isSame(from, to, names)).map(({ from, to }) => ({ before: from, after: to }));
  const extracted = extractions(added, changed);
  return { renamed, moved, extracted, changed: [...changed, ...more], added, removed };
}

const byName = ({ symbol }: Piece): string => symbol.name;
const byKind = ({ symbol }: Piece): string => symbol.kind;
/** Comparisons of two pieces; more would take longer than anybody waits. */
const MOST_COMPARISONS = 12_000;

/** Takes the pairs that fit, best first, out of both lists. Only pieces with the same key are compared. */
function pairUp(removed: Piece[], added: Piece[], key: (piece: Piece) => string, fits: (from: Piece, to: Piece) => boolean): { from: Piece; to: Piece }[] {
  const pairs: { from: Piece; to: Piece }[] = [];
  const candidates = new Map<string, Piece[]>();
  for (const piece of added) {
    addTo(candidates, key(piece), piece);
  }
  let left = MOST_COMPARISONS;
  const gone = new Set<Piece>();
  for (const from of removed) {
    const near = (candidates.get(key(from)) ?? []).filter((to) => !gone.has(to) && isAboutAsLong(from, to));
    left -= near.length;
    if (left < 0) break;
    const [to] = near.filter((one) => fits(from, one)).sort((a, b) => nearness(from, b) - nearness(from, a));
    if (!to) continue;
    gone.add(from).add(to);
    pairs.push({ from, to });
  }
  for (const list of [removed, added]) list.splice(0, list.length, ...list.filter((piece) => !gone.has(piece)));
  return pairs;
}

function isAboutAsLong(a: Piece, b: Piece): boolean {
  const [short, long] = [a.signature.length + a.body.length, b.signature.length + b.body.length].sort((x, y) => x - y) as [number, number];
  return short * 2 + 8 >= long;
}

const nearness = (from: Piece, to: Piece): number => likeness(from, to) + (from.path === to.path ? 0.2 : 0);

/** The pieces' own names do not count. Of a type the names of its members count, because the members are pieces of their own. */
function likeness(a: Piece, b: Piece): number {
  const content = ({ symbol, signature, body }: Piece): string[] => [...signature, ...body].map((text) => (text === symbol.name ? "\0" : text));
  if (a.members.length + b.members.length > 0) return similarity(a.members, b.members);
  return similarity(content(a), content(b));
}

/** A constant and its value are too little to know it again by. */
function isLong({ symbol, signature, body }: Piece): boolean {
  return signature.length + body.length >= (symbol.kind === "function" ? 8 : symbol.kind === "type" ? 2 : 6);
}

function sameKind(a: Symbol, b: Symbol): boolean {
  return a.kind === b.kind && (a.owner === "") === (b.owner === "");
}

/** Members follow a type that got another name. */
function membersOfRenamed(removed: Piece[], added: Piece[], names: ReadonlyMap<string, string>): { before: Piece; after: Piece }[] {
  const pairs = pairUp(removed, added, byName, (a, b) => names.get(a.symbol.owner) === b.symbol.owner);
  return pairs.map(({ from, to }) => ({ before: from, after: to }));
}

function isSame(before: Piece, after: Piece, names: ReadonlyMap<string, string>): boolean {
  const renamed = (list: readonly string[]): string[] => list.map((text) => names.get(text) ?? text);
  return sameList(renamed(before.signature), after.signature) && sameList(renamed(before.body), after.body);
}

/** An added function whose body stood in another one before, which now calls it. */
function extractions(added: Piece[], changed: { before: Piece; after: Piece }[]): Extracted[] {
  const found: Extracted[] = [];
  const callers = new Map<string, { before: Piece; after: Piece }[]>();
  for (const pair of changed) for (const word of new Set(pair.after.body)) addTo(callers, word, pair);
  for (const piece of [...added]) {
    if (piece.symbol.kind !== "function" || piece.body.length < 8) continue;
    const from = callers.get(piece.symbol.name)?.find((pair) => changed.includes(pair) && !pair.before.body.includes(piece.symbol.name) &&
      shareIn(piece.body, lost(pair.before.body, pair.after.body)) >= 0.6);
    if (!from) continue;
    added.splice(added.indexOf(piece), 1);
    changed.splice(changed.indexOf(from), 1);
    found.push({ piece, from: from.after });
  }
  return found;
}

function lost(before: readonly string[], after: readonly string[]): string[] {
  const left = [...after];
  return before.filter((text) => {
    const at = left.indexOf(text);
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
}

/** How much of the words of one list are in the other; signs are everywhere and say nothing. */
function shareIn(part: readonly string[], whole: readonly string[]): number {
  const words = part.filter((text) => /\w/.test(text));
  if (words.length === 0) return 0;
  const left = [...whole];
  let found = 0;
  for (const word of words) {
    const at = left.indexOf(word);
    if (at === -1) continue;
    left.splice(at, 1);
    found += 1;
  }
  return found / words.length;
}
