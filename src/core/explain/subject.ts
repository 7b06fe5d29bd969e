// What somebody means who selected this, or put the cursor here: a function, a type, some statements, imports.
import type { Node } from "web-tree-sitter";
import type { Span } from "../syntax/outline.js";
import type { FileContext } from "./function-facts.js";
import { bodyOf, isFunction, whole } from "./nodes.js";
import { pathOf } from "./paths.js";
import { createResolver } from "./resolve.js";
import { surroundingsOf } from "./surroundings.js";

export type Subject =
  | { kind: "function" | "type"; node: Node }
  | { kind: "imports"; nodes: Node[] }
  | { kind: "code"; nodes: Node[]; isExpression: boolean };

/** `selection` without white space at its ends; empty where there is only a cursor. */
export function subjectAt(selection: Span, file: FileContext): Subject | undefined {
  const { root } = file;
  const smallest = root.descendantForIndex(selection.start, Math.max(selection.start, selection.end - 1)) ?? root;
  return selection.end > selection.start ? selected(smallest, selection, file) : around(smallest, file);
}

/** The innermost function or type around the cursor; its statement where it is in neither. */
function around(node: Node, file: FileContext): Subject | undefined {
  let top = node;
  for (let at = node; at.parent !== null; at = at.parent) {
    if (file.grammar.imports.includes(at.type)) return { kind: "imports", nodes: importsAround(at, file) };
    const found = asDefinition(at, file);
    if (found !== undefined) return found;
    top = at;
  }
  if (top.parent === null) return undefined;
  const wrapped = wrappedDefinition(top, file);
  return wrapped ?? (top.type.includes("comment") ? afterComment(top, file) : { kind: "code", nodes: [top], isExpression: false });
}

function asDefinition(node: Node, file: FileContext): Subject | undefined {
  const definition = file.definitions.of(node);
  if (definition?.kind === "function") return { kind: "function", node };
  return definition?.kind === "type" ? { kind: "type", node } : undefined;
}

/** `export const f = () => …`: the function inside, where the node wraps nothing else. */
function wrappedDefinition(node: Node, file: FileContext): Subject | undefined {
  const found = file.definitions.all.find((definition) => definition.kind !== "variable" && definition.node.startIndex >= node.startIndex
    && definition.node.endIndex <= node.endIndex && whole(definition.node, file.grammar).id === node.id);
  return found && asDefinition(found.node, file);
}

/** A comment in front of a definition is about it. */
function afterComment(comment: Node, file: FileContext): Subject | undefined {
  let next = comment.nextNamedSibling;
  while (next?.type.includes("comment") === true) next = next.nextNamedSibling;
  return next === null ? undefined : wrappedDefinition(next, file) ?? asDefinition(next, file);
}

function importsAround(node: Node, { grammar }: FileContext): Node[] {
  const nodes = [node];
  for (let at = node.previousNamedSibling; at !== null && grammar.imports.includes(at.type); at = at.previousNamedSibling) nodes.unshift(at);
  for (let at = node.nextNamedSibling; at !== null && grammar.imports.includes(at.type); at = at.nextNamedSibling) nodes.push(at);
  return nodes;
}

function selected(smallest: Node, selection: Span, file: FileContext): Subject | undefined {
  const isAll = (node: Node) => node.startIndex >= selection.start && node.endIndex <= selection.end;
  const parts = partsIn(smallest, selection).filter((node) => !node.type.includes("comment"));
  if (parts.length > 0 && parts.every((node) => file.grammar.imports.includes(node.type))) return { kind: "imports", nodes: parts };
  const [only] = parts;
  if (only !== undefined && parts.length === 1) {
    const found = asDefinition(only, file) ?? wrappedDefinition(only, file);
    if (found !== undefined && (isAll(only) || isHeader(found, selection, file))) return found;
    if (asDefinition(smallest, file) !== undefined && smallest.id !== only.id) return asDefinition(smallest, file);
  }
  const named = namedBy(smallest, file);
  if (named !== undefined) return named;
  for (let at: Node | null = smallest; at !== null; at = at.parent) {
    const found = asDefinition(at, file) ?? wrappedDefinition(at, file);
    if (found !== undefined && isHeader(found, selection, file)) return found;
    if (isFunction(at, file.grammar)) break;
  }
  if (parts.length === 0) return smallest.type.includes("comment") ? afterComment(smallest, file) : undefined;
  return { kind: "code", nodes: parts, isExpression: parts.length === 1 && !/statement|declaration|definition|assignment|_item$|spec|block/.test(parts[0]!.type) };
}

/** The children that the selection touches, where it touches several; else the node itself. */
function partsIn(node: Node, selection: Span): Node[] {
  const touched = node.namedChildren.filter((child) => child.startIndex < selection.end && child.endIndex > selection.start);
  const isList = /block|body|list$|program|module|source_file|compilation_unit|translation_unit|declaration_list|suite/.test(node.type) && !/argument|parameter/.test(node.type);
  if (!isList) return [node];
  return touched.length === 1 && touched[0]!.type.endsWith("_list") ? partsIn(touched[0]!, selection) : touched;
}

/** Only what stands before the body is selected: the name, or the line with the signature. */
function isHeader({ kind, ...rest }: Subject, selection: Span, { grammar }: FileContext): boolean {
  if (kind !== "function" && kind !== "type" || !("node" in rest)) return false;
  const body = bodyOf(rest.node, grammar);
  return body !== null && selection.end <= body.startIndex + 1 && selection.start >= whole(rest.node, grammar).startIndex && selection.start < body.startIndex;
}

/** A name that is selected where it is used stands for what it names. */
function namedBy(node: Node, file: FileContext): Subject | undefined {
  const { grammar, definitions } = file;
  if (node.namedChildCount > 0) return undefined;
  const place = surroundingsOf(node, definitions, grammar);
  const { parent } = node;
  const member = parent === null ? undefined : grammar.members[parent.type];
  const path = parent !== null && member !== undefined && parent.childForFieldName(member[1])?.id === node.id ? pathOf(parent, grammar, place.selfNames) : pathOf(node, grammar, place.selfNames);
  const found = path && createResolver({ grammar, definitions, container: place.container }).find(path, place.scope);
  return found === undefined ? undefined : asDefinition(found.node, file);
}
