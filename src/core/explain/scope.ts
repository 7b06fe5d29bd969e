// Which names a function declares for itself, and what is known about their values. Blocks are not told apart: a name that is declared
// anywhere in a function is the function's.
import type { Node } from "web-tree-sitter";
import { baseType, madeType } from "./definitions.js";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { fieldNodes, isFunction } from "./nodes.js";

export interface Local {
  /** Holds something made here, which nobody else can see yet. */
  fresh: boolean;
  /** Name of its type, where it is written or plain to see. */
  type?: string;
  /** Setting it sets the caller's variable. */
  byReference?: boolean;
}

export interface Scope {
  find(name: string): Local | undefined;
}

export const noScope: Scope = { find: () => undefined };

/** Names bound within `node` but not within functions inside of it, on top of an outer scope. */
export function scopeOf(node: Node, grammar: ExplainGrammar, outer: Scope, given: ReadonlyMap<string, Local> = new Map()): Scope {
  const locals = new Map(given);
  const outward = new Set<string>();
  collect(node, true, grammar, locals, outward);
  return { find: (name) => outward.has(name) ? undefined : locals.get(name) ?? outer.find(name) };
}

function collect(node: Node, isTop: boolean, grammar: ExplainGrammar, locals: Map<string, Local>, outward: Set<string>): void {
  if (grammar.outward?.includes(node.type) === true) {
    for (const name of node.namedChildren) outward.add(name.text);
    return;
  }
  const fields = grammar.bindings[node.type];
  if (fields !== undefined && !(isTop && isFunction(node, grammar))) {
    for (const pattern of fields.flatMap((field) => (field === "" ? node.namedChildren.slice(-1) : fieldNodes(node, field)))) bind(pattern, node, grammar, locals);
  }
  if (!isTop && isFunction(node, grammar)) return;
  for (const child of node.namedChildren) collect(child, false, grammar, locals, outward);
}

function bind(pattern: Node, holder: Node, grammar: ExplainGrammar, locals: Map<string, Local>): void {
  const names = patternNames(pattern, grammar);
  const local = names.length === 1 ? valueOf(pattern, holder, grammar) : { fresh: false };
  for (const name of names) {
    const known = locals.get(name);
    locals.set(name, known === undefined ? local : { ...known, fresh: known.fresh && local.fresh });
  }
}

function valueOf(pattern: Node, holder: Node, grammar: ExplainGrammar): Local {
  if (isFunction(holder, grammar)) return { fresh: true };
  const value = holder.childForFieldName("value") ?? holder.childForFieldName("right") ?? lastAfter(pattern, holder);
  const written = holder.childForFieldName("type") ?? holder.parent?.childForFieldName("type");
  const type = baseType(written?.text.replace(/^:\s*/, "")) ?? madeType(unwrap(value), grammar);
  const declared = type === "var" || type === "auto" ? madeType(unwrap(value), grammar) : type;
  return { fresh: isFresh(unwrap(value), pattern, grammar), ...declared !== undefined && { type: declared } };
}

/** Go wraps single values into lists. */
function unwrap(value: Node | null): Node | null {
  return value !== null && value.type.endsWith("_list") && value.namedChildCount === 1 ? value.namedChild(0) : value;
}

function lastAfter(pattern: Node, holder: Node): Node | null {
  const last = holder.namedChildren.at(-1);
  return last !== undefined && last.startIndex >= pattern.endIndex ? last : null;
}

function isFresh(value: Node | null, pattern: Node, grammar: ExplainGrammar): boolean {
  if (value === null) return grammar.zeroValues === true && !pattern.type.startsWith("pointer");
  if (grammar.fresh.includes(value.type) || madeType(value, grammar) !== undefined || /^(\([^)]*\)\s*)?[mc]alloc\(/.test(value.text)) return true;
  // `*x` copies in Go.
  return value.type === "unary_expression" && (value.text.startsWith("*") || grammar.fresh.includes(value.namedChild(0)?.type ?? ""));
}

/** The names in a pattern, without defaults, keys and types. */
export function patternNames(pattern: Node, grammar: ExplainGrammar): string[] {
  if (/^(identifier|shorthand_property_identifier_pattern|variable_name|word|simple_identifier|implicit_parameter|shorthand_field_identifier)$/.test(pattern.type)) {
    const isVariant = grammar.variants === true && /^[A-Z]/.test(pattern.text); // to compare with
    return isVariant || pattern.text === "_" ? [] : [pattern.text];
  }
  if (grammar.members[pattern.type] !== undefined || grammar.subscripts[pattern.type] !== undefined || pattern.type === "property_identifier") return [];
  if (typeof grammar.calls[pattern.type] === "object") return []; // Ruby's `a.b = c` calls a method
  const names: string[] = [];
  for (let i = 0; i < pattern.childCount; i += 1) {
    const child = pattern.child(i)!;
    if (!child.isNamed || grammar.skip.includes(child.type) && child.type !== "match_pattern") continue;
    const field = pattern.fieldNameForChild(i) ?? "";
    if (grammar.patternValues?.includes(field) === true || field === "type") continue;
    names.push(...patternNames(child, grammar));
  }
  return names;
}
