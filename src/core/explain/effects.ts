// What a piece of code does beyond its own variables, found in one walk over its tree: calls, reads, writes, throws, returns, branches,
// loops. Types, labels and names of fields are passed over; functions inside are looked into, with their own names.
import type { Node } from "web-tree-sitter";
import { calleeNode, calleeNodes, calleePath, isValue } from "./callee.js";
import { createRecord, type EffectsRecord } from "./effects-record.js";
import type { Definitions } from "./definitions.js";
import type { Effects } from "./facts.js";
import { caughtTypes, conditionOf, deepens, isForAwait } from "./flow.js";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { bodyOf, fieldNode, fieldNodes, isFunction, oneLine } from "./nodes.js";
import { parameterLocals } from "./parameters.js";
import { type Path, pathOf, withoutGenerics } from "./paths.js";
import { createResolver, type Resolver } from "./resolve.js";
import { type Local, type Scope, scopeOf } from "./scope.js";

export interface EffectsContext {
  grammar: ExplainGrammar;
  definitions: Definitions;
  /** The type that the code belongs to. */
  container: string | undefined;
  /** What stands for the object itself here; Go names it. */
  selfNames: readonly string[];
}

/** State of the walk at a place. */
interface Here {
  scope: Scope;
  depth: number;
  /** Within a function inside: its returns are its own. */
  inner: boolean;
}

interface Walk extends EffectsContext {
  record: EffectsRecord;
  resolver: Resolver;
}

/** Effects of whole nodes; their own bindings are in `scope` already. */
export function effectsOf(nodes: readonly Node[], scope: Scope, context: EffectsContext): Effects {
  const record = createRecord();
  const walk: Walk = { ...context, record, resolver: createResolver(context) };
  for (const node of nodes) visit(node, { scope, depth: 0, inner: false }, walk);
  return record.effects;
}

function visit(node: Node, here: Here, walk: Walk): void {
  const { grammar, record } = walk;
  const { type } = node;
  if (!node.isNamed && type !== "this" || grammar.skip.includes(type)) return;
  if (isFunction(node, grammar)) visitInner(node, here, walk);
  else if (grammar.calls[type] !== undefined) visitCall(node, here, walk);
  else if (type === "macro_invocation") visitMacro(node, here, walk);
  else if (grammar.creations[type] !== undefined) visitCreation(node, here, walk);
  else if (grammar.assignments[type] !== undefined) visitAssignment(node, here, walk);
  else if (grammar.updates.includes(type) && /\+\+|--/.test(node.text)) visitTarget(node.childForFieldName("argument") ?? node.namedChild(0)!, here, walk);
  else if (grammar.throws.includes(type)) visitThrow(node, here, walk);
  else if (grammar.blockCalls?.includes(type) === true) visitBlockCall(node, here, walk);
  else if (type === "method_reference") record.call(oneLine(node.text), node, undefined);
  else visitOther(node, here, walk);
}

function visitOther(node: Node, here: Here, walk: Walk): void {
  const { grammar } = walk;
  const path = pathOf(node, grammar, walk.selfNames);
  if (path !== undefined) {
    visitName(path, node, here, walk);
    return;
  }
  count(node, here, walk);
  const types = grammar.catches[node.type]?.(node);
  const caught = types && node.namedChildren.find((child) => child.startIndex <= types.startIndex && child.endIndex >= types.endIndex);
  visitChildren(node, { ...here, depth: here.depth + (deepens(node, grammar) ? 1 : 0) }, walk, caught);
}

function visitChildren(node: Node, here: Here, walk: Walk, except?: Node | null): void {
  const { skipFields, bindings, patternValues = [] } = walk.grammar;
  const patterns = new Set((bindings[node.type] ?? []).flatMap((field) => fieldNodes(node, field)).map(({ id }) => id));
  for (let i = 0; i < node.childCount; i += 1) {
    const child = node.child(i)!;
    const field = node.fieldNameForChild(i);
    if (child.id === except?.id || (field !== null && skipFields.includes(field))) continue;
    if (patterns.has(child.id)) visitDefaults(child, patternValues, here, walk);
    else if (!(field === "name" && /argument/.test(node.type))) visit(child, here, walk);
  }
}

/** In a pattern only the default values are code. */
function visitDefaults(pattern: Node, fields: readonly string[], here: Here, walk: Walk): void {
  for (let i = 0; i < pattern.childCount; i += 1) {
    const child = pattern.child(i)!;
    if (fields.includes(pattern.fieldNameForChild(i) ?? "") && !walk.grammar.skip.includes(child.type)) visit(child, here, walk);
    else visitDefaults(child, fields, here, walk);
  }
}

function count(node: Node, here: Here, { grammar, record }: Walk): void {
  const { effects } = record;
  const { type } = node;
  if (grammar.branches.includes(type) || grammar.ternaries.includes(type)) effects.branches += 1;
  if (grammar.loops.includes(type)) effects.loops += 1;
  if (deepens(node, grammar)) effects.depth = Math.max(effects.depth, here.depth + 1);
  if (type === "try_expression") record.throws("?", node);
  if (Object.hasOwn(grammar.catches, type)) for (const name of caughtTypes(node, grammar)) record.catches(name, node);
  if (here.inner) return;
  if (grammar.awaits.includes(type) || isForAwait(node)) effects.awaits += 1;
  if (grammar.yields.includes(type)) effects.yields += 1;
  if (grammar.returns.includes(type)) {
    const value = node.namedChildren.filter((child) => !/comment/.test(child.type));
    if (value.length > 0) record.returns(node.text.slice(value[0]!.startIndex - node.startIndex, value.at(-1)!.endIndex - node.startIndex), node);
  }
}

/** A function inside: its parameters and variables are not names from outside, its effects are effects. */
function visitInner(node: Node, here: Here, walk: Walk): void {
  const { grammar } = walk;
  const scope = scopeOf(node, grammar, here.scope, parameterLocals(node, grammar));
  for (const child of node.namedChildren) {
    if (child.id === bodyOf(node, grammar)?.id) visit(child, { ...here, scope, inner: true }, walk);
    else visitDefaults(child, ["value", "right"], { ...here, scope, inner: true }, walk);
  }
}

function visitCall(node: Node, here: Here, walk: Walk): void {
  const { grammar, record, resolver } = walk;
  const path = calleePath(node, grammar, walk.selfNames);
  if (path === undefined) {
    visitChildren(node, here, walk);
    return;
  }
  for (const inner of path.rest) visit(inner, here, walk); // what comes first in a chain comes first
  const thrown = grammar.throwingCalls?.[path.text];
  if (thrown === "argument") {
    visitRaise(node, path, here, walk);
    return;
  }
  if (thrown !== undefined) record.throws(thrown, node, conditionOf(node, grammar));
  else if (!isValue(path, grammar)) record.call(path.text, node, resolver.line(path, here.scope));
  visitReceiver(path, node, here, walk);
  const parts = new Set(calleeNodes(node, grammar).map(({ id }) => id));
  for (let i = 0; i < node.childCount; i += 1) {
    const child = node.child(i)!;
    const field = node.fieldNameForChild(i);
    if (!parts.has(child.id) && !(field !== null && grammar.skipFields.includes(field))) visit(child, here, walk);
  }
}

/** What a method is called on is read, where it is a field of its own or a variable of this file. */
function visitReceiver(path: Path, node: Node, { scope }: Here, { record, definitions, grammar }: Walk): void {
  const [root = "", second = ""] = path.names;
  if (path.names.length < 2 || root === "" && !path.own) return;
  if (path.own) {
    if (path.names.length > 2) record.read(`${root}${/^\W/.test(second) ? "" : signOf(path)}${second}`, node);
  } else if (scope.find(root) === undefined && definitions.named(root).some(({ kind, local }) => kind === "variable" && !local)) record.read(root, node);
  else if (grammar.implicitSelf === true && scope.find(root) === undefined && isProperty(root, definitions, grammar)) record.read(root, node);
}

const signOf = (path: Path): string => /->|::|\./.exec(path.text)?.[0] ?? ".";

function isProperty(name: string, definitions: Definitions, grammar: ExplainGrammar): boolean {
  return definitions.named(name).some(({ kind, node }) => kind === "function" && grammar.functions[node.type]?.kind === "property");
}

function visitCreation(node: Node, here: Here, walk: Walk): void {
  const made = fieldNode(node, walk.grammar.creations[node.type]!) ?? node.namedChild(0);
  if (made !== null) walk.record.call(`new ${withoutGenerics(oneLine(made.text))}`, node, walk.resolver.type(withoutGenerics(made.text)));
  visitChildren(node, here, walk, made);
}

/** `raise Type, "why"`, `raise Type.new("why")`, or words alone. */
function visitRaise(node: Node, path: Path, here: Here, walk: Walk): void {
  const { grammar, record, selfNames } = walk;
  const list = node.childForFieldName("arguments")?.namedChildren ?? [];
  const [first] = list;
  const made = first === undefined ? undefined : calleePath(first, grammar, selfNames) ?? pathOf(first, grammar, selfNames);
  const name = made === undefined ? "RuntimeError" : made.names.at(-1) === "new" ? made.text.replace(/\.new$/, "") : made.text;
  if (!here.inner) record.throws(first === undefined ? "again" : name, node, conditionOf(node, grammar));
  for (const argument of list) {
    if (argument.id !== first?.id || made === undefined) visit(argument, here, walk);
    else if (argument.childForFieldName("arguments") !== null) visit(argument.childForFieldName("arguments")!, here, walk);
  }
}

function visitBlockCall(node: Node, here: Here, walk: Walk): void {
  walk.record.call(node.type, node, undefined);
  visitChildren(node, here, walk);
}

function visitMacro(node: Node, here: Here, walk: Walk): void {
  const name = `${node.childForFieldName("macro")?.text ?? ""}!`;
  const thrown = walk.grammar.throwingCalls?.[name];
  if (thrown !== undefined) walk.record.throws(thrown, node, conditionOf(node, walk.grammar));
  else walk.record.call(name, node, walk.resolver.line({ text: name, names: [name], own: false, rest: [] }, here.scope));
  for (const tree of node.namedChildren) if (tree.type === "token_tree") visitTokens(tree, here, walk);
}

/** Inside of a macro there are only tokens: names joined by dots, and calls where parentheses follow. */
function visitTokens(tree: Node, here: Here, walk: Walk): void {
  const { children } = tree;
  for (let i = 0; i < children.length; i += 1) {
    const token = children[i]!;
    if (token.type === "token_tree") visitTokens(token, here, walk);
    if (token.type !== "identifier" && token.type !== "self") continue;
    const names = [token.text];
    let text = token.text;
    while (/^(\.|::)$/.test(children[i + 1]?.type ?? "") && /^(identifier|self)$/.test(children[i + 2]?.type ?? "")) {
      names.push(children[i + 2]!.text);
      text += children[i + 1]!.text + children[i + 2]!.text;
      i += 2;
    }
    const path: Path = { text, names, own: names[0] === "self", rest: [] };
    const called = children[i + 1]?.type === "token_tree" && children[i + 1]!.text.startsWith("(");
    if (!called) visitName(path, token, here, walk);
    else if (/^[a-z_]/.test(names.at(-1)!)) {
      walk.record.call(text, token, walk.resolver.line(path, here.scope));
      visitReceiver(path, token, here, walk);
    }
  }
}

function visitAssignment(node: Node, here: Here, walk: Walk): void {
  const field = walk.grammar.assignments[node.type]!;
  const target = field === "" ? node.namedChild(0) : node.childForFieldName(field);
  if (target !== null && !/initializer/.test(node.parent?.type ?? "")) visitTarget(target, here, walk);
  visitChildren(node, here, walk, target);
}

/** The target of an assignment, or of each of several. */
function visitTarget(target: Node, here: Here, walk: Walk): void {
  const { grammar, record, selfNames } = walk;
  const path = pathOf(target, grammar, selfNames) ?? (grammar.bareCalls === true ? calleePath(target, grammar, selfNames) : undefined);
  if (path === undefined) {
    const isDereference = /^(unary_expression|pointer_expression|dereference)$/.test(target.type) && target.text.startsWith("*");
    const inner = isDereference ? pathOf(target.namedChildren.at(-1)!, grammar, selfNames) : undefined;
    if (inner !== undefined && here.scope.find(inner.names[0]!)?.fresh !== true) record.write(`*${inner.text}`, target);
    else if (/list|pattern|tuple|array/.test(target.type)) for (const part of target.namedChildren) visitTarget(part, here, walk);
    else visit(target, here, walk);
    return;
  }
  for (const inner of path.rest) visit(inner, here, walk);
  if (isOutward(path, here.scope.find(path.names[0] ?? ""), grammar)) record.write(path.text, target);
}

function isOutward(path: Path, local: Local | undefined, grammar: ExplainGrammar): boolean {
  if (path.own) return true;
  if (path.names[0] === "" || local === undefined) return true;
  if (local.byReference === true) return true;
  const isCopy = grammar.valueArrays === true && path.names.length === 1;
  const isPart = path.names.length > 1 || path.text.endsWith("[]");
  return isPart && !local.fresh && !isCopy;
}

function visitThrow(node: Node, here: Here, walk: Walk): void {
  const { grammar, record, selfNames } = walk;
  const value = node.namedChildren.find((child) => !/comment/.test(child.type));
  if (value === undefined) {
    if (!here.inner) record.throws("again", node);
    return;
  }
  const created = grammar.creations[value.type];
  const callee = created !== undefined ? fieldNode(value, created) ?? value.namedChild(0) : grammar.calls[value.type] === undefined ? undefined : calleeNode(value, grammar);
  const name = callee?.text ?? pathOf(value, grammar, selfNames)?.text;
  if (!here.inner) record.throws(withoutGenerics(oneLine(name ?? value.text)), node, conditionOf(node, grammar));
  if (callee === undefined && name !== undefined) return;
  visitChildren(value, here, walk, callee);
  visitChildren(node, here, walk, value);
}

/** A name that is neither called nor assigned. */
function visitName(path: Path, node: Node, here: Here, walk: Walk): void {
  const { grammar, record, resolver, definitions } = walk;
  for (const inner of path.rest) visit(inner, here, walk);
  const [root = "", second] = path.names;
  if (path.own) {
    const handedOn = path.names.length === 2 ? resolver.method(second!, walk.container) : undefined;
    if (handedOn !== undefined) record.call(path.text, node, handedOn);
    else if (second !== undefined) record.read(root === "" ? second : `${root}${signOf(path)}${second}`, node);
    return;
  }
  if (root === "" || here.scope.find(root) !== undefined || grammar.known?.includes(path.text) === true) return;
  if (grammar.throwingCalls?.[path.text] === "argument") {
    if (!here.inner) record.throws("again", node);
    return;
  }
  const last = path.names.at(-1)!;
  if (path.text.includes("::") && grammar.variants === true && !/^[A-Z0-9_]+$/.test(last)) {
    if (/^[a-z_]/.test(last)) record.call(path.text, node, resolver.line(path, here.scope)); // a function that is handed on
    return;
  }
  const [named] = definitions.named(root).filter(({ local }) => !local);
  if (named?.kind === "variable" || isProperty(root, definitions, grammar)) record.read(root, node);
  else if (named?.kind === "function") {
    if (path.names.length === 1) record.call(path.text, node, named.line);
  } else if (named?.kind === "type" && (named.word === "enum" || path.names.length === 1)) return;
  else if (grammar.bareCalls === true && /^[a-z_]/.test(root)) record.call(path.text, node, undefined);
  else if (grammar.capitalTypes === true && /^[A-Z]\w*[a-z]/.test(root)) return;
  else if (grammar.known?.includes(root) !== true) record.read(path.names.slice(0, 2).join(path.text.includes("::") ? "::" : "."), node);
}
