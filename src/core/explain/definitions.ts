// Every definition of a file: functions, types, variables of the file and fields of types, with the type that each belongs to.
import type { Node, Tree, TreeCursor } from "web-tree-sitter";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { fieldNodes, isFunction, lineOf, nameNode } from "./nodes.js";
import { withoutGenerics } from "./paths.js";

export interface Definition {
  name: string;
  kind: "function" | "type" | "variable";
  /** For types, what a person calls it. */
  word?: string;
  /** Name of the type that it belongs to. */
  container?: string;
  /** Defined inside of a function. */
  local: boolean;
  /** Line of the name. */
  line: number;
  node: Node;
  /** Of a variable or field, where it is written or plain to see: the name of its type. */
  valueType?: string;
}

export interface Definitions {
  all: readonly Definition[];
  named(name: string): readonly Definition[];
  /** The definition whose node this is. */
  of(node: Node): Definition | undefined;
}

interface Place {
  container: string | undefined;
  inFunction: boolean;
}

export function definitionsOf(tree: Tree, grammar: ExplainGrammar): Definitions {
  const all: Definition[] = [];
  const cursor = tree.walk();
  walk(cursor, { container: undefined, inFunction: false }, grammar, all);
  cursor.delete();
  const byName = new Map<string, Definition[]>();
  const byNode = new Map<number, Definition>();
  for (const definition of all) {
    byName.set(definition.name, [...byName.get(definition.name) ?? [], definition]);
    if (!byNode.has(definition.node.id)) byNode.set(definition.node.id, definition);
  }
  return { all, named: (name) => byName.get(name) ?? [], of: (node) => byNode.get(node.id) };
}

function walk(cursor: TreeCursor, place: Place, grammar: ExplainGrammar, found: Definition[]): void {
  let inner = place;
  const type = cursor.nodeType;
  if (grammar.functions[type] !== undefined || grammar.lambdas[type] !== undefined) {
    const node = cursor.currentNode;
    addFunction(node, place, grammar, found);
    inner = { ...place, inFunction: grammar.functions[type]?.kind !== "property" };
  } else if (grammar.types[type] !== undefined && cursor.nodeIsNamed) {
    const node = cursor.currentNode;
    const name = addType(node, place, grammar, found);
    if (name !== undefined && !/^(namespace|module)$/.test(grammar.types[type])) inner = { container: name, inFunction: false };
  } else if (grammar.variables[type] !== undefined && !place.inFunction) addVariable(cursor.currentNode, place, grammar, found);
  if (!cursor.gotoFirstChild()) return;
  do walk(cursor, inner, grammar, found);
  while (cursor.gotoNextSibling());
  cursor.gotoParent();
}

function addFunction(node: Node, place: Place, grammar: ExplainGrammar, found: Definition[]): void {
  const name = nameNode(node, grammar);
  if (name === undefined) return;
  const [own = "", of] = withoutGenerics(name.text).split("::").reverse(); // C++ defines `Buffer::append` outside of the class
  const container = of ?? (grammar.receiver === undefined ? place.container : receiverType(node, grammar) ?? place.container);
  found.push({ name: own, kind: "function", local: place.inFunction, line: lineOf(name), node, ...container !== undefined && { container } });
}

/** Go: the type between the parentheses in front of the name. */
function receiverType(node: Node, { receiver = "" }: ExplainGrammar): string | undefined {
  const written = node.childForFieldName(receiver)?.namedChild(0)?.childForFieldName("type");
  return baseType(written?.text);
}

function addType(node: Node, place: Place, grammar: ExplainGrammar, found: Definition[]): string | undefined {
  const nameOf = nameNode(node, grammar);
  if (nameOf === undefined) return undefined;
  const name = withoutGenerics(nameOf.text);
  const { container } = place;
  found.push({ name, kind: "type", word: wordOf(node, grammar), local: place.inFunction, line: lineOf(nameOf), node, ...container !== undefined && { container } });
  return name;
}

function wordOf(node: Node, grammar: ExplainGrammar): string {
  const inner = node.childForFieldName("type")?.type;
  if (inner === "struct_type" || inner === "interface_type") return inner.slice(0, inner.indexOf("_"));
  return grammar.types[node.type] ?? "type";
}

function addVariable(node: Node, place: Place, grammar: ExplainGrammar, found: Definition[]): void {
  const field = grammar.variables[node.type] ?? "name";
  const names = fieldNodes(node, field).filter((name) => /^[\p{L}\p{N}_$@#]+$/u.test(name.text));
  const valueType = baseType((node.childForFieldName("type") ?? node.parent?.childForFieldName("type"))?.text.replace(/^:\s*/, ""))
    ?? madeType(node.childForFieldName("value") ?? node.childForFieldName("right"), grammar);
  for (const name of names) {
    found.push({
      name: name.text, kind: "variable", local: false, line: lineOf(name), node,
      ...place.container !== undefined && { container: place.container }, ...valueType !== undefined && { valueType },
    });
  }
}

/** `*Job`, `&mut Job`, `Job<T>`, `List<Job>[]` are `Job` and `List`; undefined for what is no single type. */
export function baseType(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^[*&\s]*(?:'\w+\s+)?(?:mut\s+|const\s+|dyn\s+|final\s+)*(?:[\w.]+(?:\.|::))?([A-Za-z_]\w*)(?:<[^]*>)?[\s*&?]*$/.exec(text.trim())?.[1];
}

/** The type that an expression makes an instance of, where that is plain: `new Job()`, `Job::new()`, `Job()`, `&Job{}`. */
export function madeType(value: Node | null, grammar: ExplainGrammar): string | undefined {
  if (value === null) return undefined;
  if (isFunction(value, grammar)) return undefined;
  return /^(?:new\s+|&\s*)?(?:await\s+)?(?:[a-z_]\w*(?:\.|::))*([A-Z]\w*)(?:<[^>]*>)?\s*(?:(?:::new|::default|\.new)?\s*\(|\{)/.exec(value.text)?.[1];
}
