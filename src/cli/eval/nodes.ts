// Cuts holes along the syntax tree: what somebody would type as one thing (a call, the arguments of one, an expression, a
// statement), and bodies of a few lines. Which nodes those are is read off their names, which grammars choose much alike.
import type { Node, Tree } from "web-tree-sitter";
import { endOfLine, makeHole, type Hole, type SourceFile } from "./holes.js";
import { pick, type Random } from "./random.js";

/** Sorts of nodes; each is as likely to be cut as the others. */
const sorts: readonly RegExp[] = [
  /^(call|call_expression|new_expression|object_creation_expression|method_invocation|invocation_expression)$/,
  /^(arguments|argument_list)$/,
  /(expression|operator|comparison|subscript|attribute|literal|^object|^array|^list|^dictionary|^string|^lambda)$/,
  /(statement|declaration|assignment)$/,
];

const bodies = /^(block|statement_block|compound_statement|body_statement|function_body)$/;
const texts = /comment|string|template|heredoc|char|regex/;

/** As the cursor's line may end when something is completed: brackets and signs that editors close by themselves. */
const closersOnly = /^[\s)\]}>"'`;:,{]*$/;

export function cutNode(file: SourceFile, tree: Tree, random: Random): Hole | undefined {
  const sort = pick(sorts, random)!;
  const places = [...walk(tree.rootNode)].filter((node) => sort.test(node.type)).map((node) => inner(node));
  return cutOne("node", file, places.filter(([start, end]) => isLineEnd(file.text, start, end)), random);
}

export function cutBlock(file: SourceFile, tree: Tree, random: Random): Hole | undefined {
  const places = [...walk(tree.rootNode)].filter((node) => bodies.test(node.type)).map(statements);
  return cutOne("block", file, places.filter((place) => place !== undefined && isBody(file.text, ...place)), random);
}

/** Whether the place is in code and not in a comment or a string. */
export function isCode(tree: Tree, offset: number): boolean {
  for (let node: Node | null = tree.rootNode.descendantForIndex(offset); node; node = node.parent) {
    if (texts.test(node.type) && node.startIndex < offset) return false;
    if (node.type.includes("comment")) return false;
  }
  return true;
}

type Place = [start: number, end: number];

function cutOne(kind: "node" | "block", file: SourceFile, places: readonly (Place | undefined)[], random: Random): Hole | undefined {
  const place = pick(places, random);
  return place && makeHole(kind, file, ...place);
}

/** Arguments stay between their brackets, as editors close those at once. */
function inner(node: Node): Place {
  const bracketed = /^argument/.test(node.type) && node.text.startsWith("(") && node.text.endsWith(")");
  return bracketed ? [node.startIndex + 1, node.endIndex - 1] : [node.startIndex, node.endIndex];
}

/** On one line, with a word in it, and nothing behind it that a completion would stop for. */
function isLineEnd(text: string, start: number, end: number): boolean {
  const node = text.slice(start, end);
  const rest = text.slice(end, endOfLine(text, end));
  return /[\p{L}\p{N}_]/u.test(node) && !node.includes("\n") && node.length >= 3 && node.length <= 160 && closersOnly.test(rest);
}

/** From the first statement of a body to the end of its last; comments and doc strings at the beginning stay. */
function statements(body: Node): Place | undefined {
  const children = body.namedChildren;
  const first = children.find((child) => !texts.test(child.type) && !(child.type === "expression_statement" && texts.test(child.firstNamedChild?.type ?? "")));
  return first && [first.startIndex, children.at(-1)!.endIndex];
}

/** Two to eight lines that begin on a line of their own and end with one. */
function isBody(text: string, start: number, end: number): boolean {
  const lines = text.slice(start, end).split("\n").length;
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return lines >= 2 && lines <= 8 && end - start <= 600 && before.trim() === "" && text.slice(end, endOfLine(text, end)).trim() === "";
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.namedChildren) yield* walk(child);
}
