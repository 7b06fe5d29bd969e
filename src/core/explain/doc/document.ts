// Document Selection without a model: which definition is meant, what is in the way, and the edit that puts a comment there.
import type { Node } from "web-tree-sitter";
import type { Span } from "../../syntax/outline.js";
import type { SyntaxTree } from "../../syntax/parser.js";
import { docCommentOf } from "../doc-comment.js";
import { fileContext, trimmed } from "../explain.js";
import type { FunctionFacts, TypeFacts } from "../facts.js";
import { type FileContext, functionFacts } from "../function-facts.js";
import { subjectAt } from "../subject.js";
import { typeFacts } from "../type-facts.js";
import { commentLines } from "./comment.js";
import { type DocPlace, docPlace } from "./place.js";
import { sentenceFor } from "./sentence.js";
import { type DocStyle, docStyle } from "./styles.js";

export interface Documentable {
  facts: FunctionFacts | TypeFacts;
  style: DocStyle;
  place: DocPlace;
}

export type DocTarget =
  | { kind: "target"; target: Documentable }
  | { kind: "refused"; reason: "language" | "no-definition" | "documented" | "no-line"; name?: string };

export function docTarget(document: { languageId: string; text: string }, selection: Span, tree: SyntaxTree | undefined): DocTarget {
  const style = docStyle(document.languageId);
  const file = fileContext(document.languageId, tree);
  if (style === undefined || file === undefined) return { kind: "refused", reason: "language" };
  const node = definitionAt(trimmed(document.text, selection), file);
  if (node === undefined) return { kind: "refused", reason: "no-definition" };
  if (/^(implementation|namespace)$/.test(file.definitions.of(node)?.word ?? "")) return { kind: "refused", reason: "no-definition" };
  const facts = file.definitions.of(node)?.kind === "type" ? typeFacts(node, file) : functionFacts(node, file);
  if (docCommentOf(node, file.grammar, document.languageId) !== undefined) return { kind: "refused", reason: "documented", name: facts.name };
  const place = docPlace(node, document.text, style, file);
  return place === undefined ? { kind: "refused", reason: "no-line", name: facts.name } : { kind: "target", target: { facts, style, place } };
}

/** What is selected, or else what the selection is in. */
function definitionAt(selection: Span, file: FileContext): Node | undefined {
  const subject = subjectAt(selection, file);
  if (subject?.kind === "function" || subject?.kind === "type") return subject.node;
  const around = subjectAt({ start: selection.start, end: selection.start }, file);
  return around?.kind === "function" || around?.kind === "type" ? around.node : undefined;
}

export interface DocEdit {
  span: Span;
  text: string;
}

/** The edit that inserts the comment; `summary` instead of the sentence that the name gives. */
export function docEdit({ facts, style, place }: Documentable, summary?: string): DocEdit {
  const sentence = summary ?? sentenceFor(facts, style);
  const isBetween = place.after === " "; // in the middle of a line there is room for a sentence
  const lines = isBetween ? [`${style.open!} ${sentence} ${style.close!.trim()}`] : commentLines(facts, sentence, style);
  const text = lines.map((line, i) => i === 0 || line === "" ? line : `${place.indent}${line}`).join("\n");
  return { span: place.span, text: `${place.before}${text}${place.after}` };
}
