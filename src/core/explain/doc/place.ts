// Where a doc comment goes: which line, how far in, what stands around it. Also finds the definition that is meant.
import type { Node } from "web-tree-sitter";
import type { Span } from "../../syntax/outline.js";
import { indentationAt, lineEnd, lineStart } from "../../syntax/lines.js";
import type { FileContext } from "../function-facts.js";
import { bodyOf, whole } from "../nodes.js";
import type { DocStyle } from "./styles.js";

export interface DocPlace {
  /** Replaced by the comment with `before` and `after` around it; empty but where the body stands on the line of its header. */
  span: Span;
  indent: string;
  before: string;
  after: string;
}

/** Undefined where there is no line for it. */
export function docPlace(node: Node, text: string, style: DocStyle, file: FileContext): DocPlace | undefined {
  return style.place === "inside" ? inside(node, text, file) : above(node, text, style, file);
}

function above(node: Node, text: string, style: DocStyle, file: FileContext): DocPlace | undefined {
  let first = whole(node, file.grammar);
  const holder = first.parent;
  if (holder?.type === "pair") first = holder;
  // Attributes and decorators above belong to it: the comment goes above them.
  for (let previous = first.previousNamedSibling; previous !== null && /attribute|decorator/.test(previous.type); previous = first.previousNamedSibling) first = previous;
  const start = lineStart(text, first.startIndex);
  const indent = indentationAt(text, first.startIndex);
  if (text.slice(start, first.startIndex).trim() === "") return { span: { start, end: start }, indent, before: indent, after: "\n" };
  // Something else stands on the line: only a comment with an end can go between.
  return style.close === undefined ? undefined : { span: { start: first.startIndex, end: first.startIndex }, indent: "", before: "", after: " " };
}

function inside(node: Node, text: string, { grammar }: FileContext): DocPlace | undefined {
  const body = bodyOf(node, grammar);
  if (body === null) return undefined;
  const header = indentationAt(text, node.startIndex);
  const isOnLine = lineStart(text, body.startIndex) === lineStart(text, lastBefore(text, body.startIndex));
  const step = /^ *\t/m.test(text) ? "\t" : "    ";
  if (isOnLine) {
    const from = lastBefore(text, body.startIndex) + 1;
    return { span: { start: from, end: body.startIndex }, indent: header + step, before: `\n${header}${step}`, after: `\n${header}${step}` };
  }
  const start = lineEnd(text, lastBefore(text, body.startIndex));
  const from = lineStart(text, body.startIndex);
  const indent = indentationAt(text, body.startIndex);
  return start >= from ? undefined : { span: { start: from, end: from }, indent, before: indent, after: "\n" };
}

/** The last character before the body that is no white space: the colon, or what a comment behind it ends with. */
function lastBefore(text: string, offset: number): number {
  return text.slice(0, offset).trimEnd().length - 1;
}
