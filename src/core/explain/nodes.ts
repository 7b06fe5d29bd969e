// Small questions about tree-sitter nodes that several parts of Explain ask.
import type { Node } from "web-tree-sitter";
import type { ExplainGrammar, FunctionShape } from "./grammars/grammar.js";

export const lineOf = (node: Node): number => node.startPosition.row + 1;

/** On one line, and no longer than `most` characters. */
export function oneLine(text: string, most = 80): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length <= most ? flat : `${flat.slice(0, most - 1).trimEnd()}…`;
}

/** Children of a field; `#1` is the second named child. */
export function fieldNodes(node: Node, field: string): Node[] {
  if (!field.startsWith("#")) return node.childrenForFieldName(field);
  const child = node.namedChild(Number(field.slice(1)));
  return child === null ? [] : [child];
}

export function fieldNode(node: Node, field: string): Node | null {
  return field.startsWith("#") ? node.namedChild(Number(field.slice(1))) : node.childForFieldName(field);
}

export function functionShape(node: Node, grammar: ExplainGrammar): FunctionShape | undefined {
  return grammar.functions[node.type] ?? grammar.lambdas[node.type];
}

export function isFunction(node: Node, grammar: ExplainGrammar): boolean {
  return functionShape(node, grammar) !== undefined;
}

/** The node with everything that only wraps it: `export`, decorators, `const f =`. */
export function whole(node: Node, grammar: ExplainGrammar): Node {
  let result = node;
  while (result.parent !== null && grammar.wrappers.includes(result.parent.type)) result = result.parent;
  return result;
}

export function bodyOf(node: Node, grammar: ExplainGrammar): Node | null {
  const shape = functionShape(node, grammar);
  return node.childForFieldName(shape?.body ?? "body") ?? node.childForFieldName("body") ?? node.childForFieldName("value");
}

/** The name of a function-like node, wherever the language puts it. */
export function nameNode(node: Node, grammar: ExplainGrammar): Node | undefined {
  const shape = grammar.functions[node.type];
  if (shape !== undefined) return innermostName(node.childForFieldName(shape.name ?? "name"));
  if (grammar.lambdas[node.type] === undefined) return innermostName(node.childForFieldName(grammar.typeName?.[node.type] ?? "name"));
  const holder = node.parent;
  const field = holder === null ? undefined : grammar.lambdaNames[holder.type];
  const name = field === undefined ? null : holder?.childForFieldName(field);
  if (name === null || name === undefined || name.startIndex >= node.startIndex) return undefined;
  return name.childForFieldName("property") ?? name.childForFieldName("attribute") ?? name;
}

/** C and C++ wrap the name into declarators. */
function innermostName(node: Node | null): Node | undefined {
  let name = node;
  while (name !== null && name.type.endsWith("_declarator")) name = name.childForFieldName("declarator") ?? name.namedChild(0);
  return name ?? undefined;
}
