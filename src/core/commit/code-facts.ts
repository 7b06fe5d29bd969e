// Facts about programs: what `relate` found across the files, and what the rules say about each symbol that changed inside.
import type { Across } from "./across.js";
import { annotationOnly } from "./edit-rules.js";
import { deltaOf, explain } from "./edits.js";
import type { CommitType, Fact } from "./fact.js";
import { parametersOf } from "./parameters.js";
import { qualified, type Symbol } from "./symbols.js";
import type { Comparison, Piece } from "./versions.js";

const newWeight = { type: 95, function: 90, member: 78, value: 42 } as const;

export function codeFacts(across: Across, comparisons: readonly Comparison[]): Fact[] {
  const languageOf = new Map(comparisons.map(({ before, after }) => [(after ?? before)!.path, (after ?? before)!.language?.ids[0] ?? ""]));
  const context = contextOf(across, comparisons);
  return [
    ...across.renamed.map(({ from, to }): Fact => ({
      phrase: "rename", args: [from.symbol.name, to.symbol.name], type: "refactor", paths: [to.path],
      weight: (from.symbol.owner === "" ? 75 : 72) + (to.symbol.kind === "type" ? 4 : 0) - (to.symbol.exported ? 0 : 20),
    })),
    ...across.moved.map(({ from, to }): Fact => ({
      phrase: "move", args: [from.symbol.name, shortPath(to.path, from.path)], type: "refactor", weight: from.symbol.owner === "" ? 70 : 40, paths: [to.path, from.path],
      ...from.symbol.owner !== "" && { aside: true },
    })),
    ...across.extracted.map(({ piece, from }): Fact => ({ phrase: "extract", args: [piece.symbol.name, from.symbol.name], type: "refactor", weight: 71, paths: [piece.path, from.path] })),
    ...across.added.flatMap((piece) => addedFacts(piece, context, languageOf.get(piece.path) ?? "")),
    ...across.removed.flatMap((piece) => removedFacts(piece, context)),
    ...across.changed.flatMap((pair) => changedFacts(pair, languageOf.get(pair.after.path) ?? "")),
    ...comparisons.flatMap(restFacts),
  ];
}

/** What has to be known of all symbols to judge one. */
interface Context {
  newTypes: ReadonlySet<string>;
  goneSymbols: ReadonlySet<string>;
  /** Words that stood in the functions that a type has lost. */
  goneWords: ReadonlyMap<string, ReadonlySet<string>>;
  hasNewFunction: boolean;
  hasNewExport: boolean;
  hasChanged: boolean;
  /** Parameters of the functions that there were, by qualified name. */
  oldParameters: ReadonlyMap<string, ReadonlySet<string>>;
  /** Words of the functions that changed. */
  users: ReadonlySet<string>;
  /** Words of the files that were there before: what they use is what the change is for. */
  usedByOld: ReadonlySet<string>;
}

function contextOf({ added, removed, changed }: Across, comparisons: readonly Comparison[]): Context {
  const goneWords = new Map<string, Set<string>>();
  for (const { symbol, body } of removed) goneWords.set(symbol.owner, new Set([...goneWords.get(symbol.owner) ?? [], ...body]));
  const exported = added.filter(({ symbol }) => symbol.exported);
  return {
    newTypes: new Set(added.filter(({ symbol }) => symbol.kind === "type").map(({ symbol }) => symbol.name)), goneSymbols: new Set(removed.map(({ symbol }) => symbol.name)), goneWords,
    hasNewFunction: exported.some(({ symbol }) => symbol.kind === "function" && symbol.owner === ""), hasNewExport: exported.length > 0, hasChanged: changed.length > 0,
    oldParameters: new Map(changed.map(({ before }) => [qualified(before.symbol), new Set([...before.signature])])),
    users: new Set(changed.flatMap(({ after }) => after.body)),
    usedByOld: new Set([...changed.flatMap(({ after }) => [...after.signature, ...after.body]), ...comparisons.flatMap(({ before, after, restChanged }) => (before && after && restChanged ? after.rest : []))]),
  };
}

function addedFacts(piece: Piece, context: Context, languageId: string): Fact[] {
  const { symbol, path } = piece;
  const inNewOwner = symbol.owner !== "" && context.newTypes.has(symbol.owner);
  if (inNewOwner || symbol.kind === "value" && symbol.owner !== "") return [];
  const helper = !symbol.exported && (context.users.has(symbol.name) || context.hasNewExport);
  // The shape of data goes with the function that it is for; a style goes with what it is for.
  const isShape = symbol.kind === "type" && /\binterface\b|^(export )?type\b/.test(piece.signature.join(" ")) && context.hasNewExport;
  const base0 = languageId === "css" && context.hasNewExport ? 30 : isShape ? 70 : newWeight[symbol.kind];
  const weight = helper || isPlumbing(symbol) ? 20 : base0 - (symbol.exported ? 0 : 8) + Math.min(3, piece.body.length / 100) + (!isShape && context.usedByOld.has(symbol.name) ? 3 : 0);
  const base = { type: "feat" as const, weight, paths: [path] };
  // Another function of a name that there was: what it takes makes the difference.
  const old = symbol.kind === "function" ? context.oldParameters.get(qualified(symbol)) : undefined;
  const fresh = old && parametersOf(piece.signature, symbol.name, languageId).filter((parameter) => !old.has(parameter));
  if (fresh?.[0] !== undefined) return [{ ...base, phrase: "addParameter", args: [fresh[0], qualified(symbol, languageId)], weight: 80 }];
  // A field that the type had before, only written in another way.
  const rewritten = symbol.owner !== "" && context.goneWords.get(symbol.owner)?.has(symbol.name) === true;
  if (symbol.owner !== "" && symbol.kind !== "function") return [{ ...base, phrase: "addTo", args: [symbol.name, symbol.owner], ...rewritten && { type: "refactor", weight: 20, aside: true } }];
  // Options of something that gets them as a parameter, in the same change.
  const isOptions = symbol.kind === "type" && /(Options|Props|Params|Args|Config|Input|Result)$/.test(symbol.name) && context.hasNewFunction;
  const fact: Fact = { ...base, phrase: "add", args: [qualified(symbol, languageId)] };
  return [isOptions || helper ? { ...fact, weight: 21, aside: true } : fact];
}

/** Constructors and tests for equality are part of their type. */
const isPlumbing = ({ name }: Symbol): boolean => /^(__\w+__|constructor|__construct|initialize|toString|hashCode|equals|fmt|init|deinit|Dispose)$/.test(name);

function removedFacts({ symbol, path }: Piece, { goneSymbols }: Context): Fact[] {
  if (symbol.owner !== "" && goneSymbols.has(symbol.owner)) return [];
  const weight = isPlumbing(symbol) ? 18 : { type: 66, function: 64, member: 58, value: 38 }[symbol.kind] - (symbol.exported ? 0 : 22);
  const base = { type: "refactor" as const, weight, paths: [path] };
  if (symbol.owner !== "" && symbol.kind !== "function") return [{ ...base, phrase: "removeFrom", args: [symbol.name, symbol.owner] }];
  return [{ ...base, phrase: "remove", args: [symbol.name] }];
}

function changedFacts({ before, after }: { before: Piece; after: Piece }, languageId: string): Fact[] {
  const { symbol } = after;
  const paths = [after.path];
  if (symbol.kind === "type" && symbol.hasMembers) return ownerFacts(before, after, languageId);
  const { name } = symbol;
  const label = qualified(symbol, languageId);
  const isFunction = symbol.kind === "function";
  const [old, now] = [before, after].map(({ signature }) => parametersOf(signature, name, languageId));
  const fresh = isFunction ? now!.filter((parameter) => !old!.includes(parameter)) : [];
  const gone = isFunction ? old!.filter((parameter) => !now!.includes(parameter)) : [];
  if (fresh.length > 0 && gone.length === 0) return fresh.map((parameter) => ({ phrase: isComponent(name, languageId) ? "addProp" as const : "addParameter" as const, args: [parameter, label], type: "feat" as const, weight: symbol.exported ? 80 : 45, paths }));
  if (gone.length > 0 && fresh.length === 0) return gone.map((parameter) => ({ phrase: "removeParameter", args: [parameter, label], type: "refactor" as const, weight: symbol.exported ? 68 : 44, paths }));
  const whole = [...before.signature, ...before.body];
  const delta = deltaOf(label, symbol.kind, languageId, before.body.length > 0 ? before.body : before.signature, after.body.length > 0 ? after.body : after.signature);
  const signature = deltaOf(label, symbol.kind, languageId, before.signature, after.signature);
  const everything = deltaOf(label, symbol.kind, languageId, whole, [...after.signature, ...after.body]);
  if (annotationOnly(everything)) return [{ phrase: "typeHints", args: [label], type: "refactor", weight: 55, paths }];
  const edit = explain(delta.hunks.length > 0 ? delta : signature);
  const option = newOption(everything.added, everything.before);
  const facts: Fact[] = [{ ...edit, weight: edit.weight + (symbol.exported ? 3 : 0), paths }];
  if (option !== undefined) facts.push({ phrase: "addOption", args: [option], type: "feat", weight: 85, paths });
  return facts;
}

/** A component of React and its kin takes props. */
const isComponent = (name: string, languageId: string): boolean => /react$|^javascript$/.test(languageId) && /^\p{Lu}/u.test(name);

/** What is left of a type without its members: its head, and the values of an enumeration. */
function ownerFacts(before: Piece, after: Piece, languageId: string): Fact[] {
  const { name } = after.symbol;
  const delta = deltaOf(name, "type", languageId, [...before.signature, ...before.body], [...after.signature, ...after.body]);
  const words = delta.added.filter((text) => /^[\p{L}_]\w*$/u.test(text) && !delta.before.includes(text));
  if (delta.removed.length === 0 && words[0] !== undefined && /^(extends|implements|:|derive)$/.test(delta.added[0]!)) return [{ phrase: "update", args: [name], type: "feat", weight: 35, paths: [after.path] }];
  const edit = explain(delta);
  return [{ ...edit, type: edit.phrase === "update" ? "refactor" : edit.type, weight: 25, paths: [after.path] }];
}

function newOption(added: readonly string[], before: readonly string[]): string | undefined {
  const option = added.map((text) => /^["'`]?(--[a-z][\w-]+)["'`=]?$/.exec(text)?.[1]).find(Boolean);
  return option === undefined || before.some((text) => text.includes(option)) ? undefined : option;
}

/** Statements outside every symbol: the body of a script, routes, exports. */
function restFacts({ before, after, restChanged }: Comparison): Fact[] {
  if (!restChanged || !before || !after) return [];
  const name = after.path.slice(after.path.lastIndexOf("/") + 1);
  const delta = deltaOf(name, "value", after.language?.ids[0] ?? "", before.rest, after.rest);
  const paths = [after.path];
  const option = newOption(delta.added, delta.before);
  if (option !== undefined) return [{ phrase: "addOption", args: [option], type: "feat", weight: 85, paths }];
  const exportsOnly = delta.hunks.every(({ added, removed }) => [...added, ...removed].every((text) => /^(export|\{|\}|,|from|type|\*|as|mod|pub|use|__all__|module|exports|\.|=|\w+|["'].*["'])$/.test(text))) && /\b(export|mod|exports|__all__)\b/.test(` ${[...delta.before, ...delta.after].join(" ")} `);
  const edit = explain(delta);
  return [{ ...edit, type: edit.type, weight: exportsOnly ? 5 : Math.min(edit.weight, 40), paths, ...exportsOnly && { aside: true } }];
}

/** As short as it is clear: the file's name, or the path where only the folder differs. */
function shortPath(path: string, from: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name === from.slice(from.lastIndexOf("/") + 1) ? path : name;
}

export type { CommitType };
