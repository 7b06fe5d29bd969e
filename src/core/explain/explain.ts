// From a selection to facts about what is meant by it: the one door to this folder for who does not want to know its rooms.
import type { Node } from "web-tree-sitter";
import type { Span } from "../syntax/outline.js";
import type { SyntaxTree } from "../syntax/parser.js";
import { codeFacts } from "./code-facts.js";
import { definitionsOf } from "./definitions.js";
import type { Facts, ImportFacts } from "./facts.js";
import { type FileContext, functionFacts } from "./function-facts.js";
import { explainGrammar } from "./grammars/index.js";
import { lineOf, whole } from "./nodes.js";
import { subjectAt, type Subject } from "./subject.js";
import { dataFacts, isData, textFacts } from "./text-facts.js";
import { typeFacts } from "./type-facts.js";

export interface Explained {
  facts: Facts;
  /** What the facts are about, which may be more than what was selected. */
  span: Span;
}

/** Undefined where nothing is selected and nothing is around the cursor. */
export function explain(document: { languageId: string; text: string }, selection: Span, tree: SyntaxTree | undefined): Explained | undefined {
  const { languageId, text } = document;
  const wanted = trimmed(text, selection);
  const file = fileContext(languageId, tree);
  if (file === undefined) return withoutGrammar(languageId, text, wanted, tree);
  const subject = subjectAt(wanted, file);
  if (subject !== undefined) return { facts: factsOf(subject, file, tree!), span: spanOf(subject, file) };
  return wanted.end > wanted.start ? { facts: { ...textFacts(languageId, text, wanted), isProse: true }, span: wanted } : undefined;
}

export function fileContext(languageId: string, tree: SyntaxTree | undefined): FileContext | undefined {
  const grammar = explainGrammar(languageId);
  if (grammar === undefined || tree === undefined) return undefined;
  return { root: tree.tree.rootNode, languageId, grammar, definitions: definitionsOf(tree.tree, grammar) };
}

function factsOf(subject: Subject, file: FileContext, tree: SyntaxTree): Facts {
  switch (subject.kind) {
    case "function": return functionFacts(subject.node, file);
    case "type": return typeFacts(subject.node, file);
    case "imports": return importFacts(subject.nodes, tree);
    case "code": return codeFacts(subject.nodes, subject.isExpression, file);
  }
}

function importFacts(nodes: readonly Node[], { outline }: SyntaxTree): ImportFacts {
  const start = nodes[0]!.startIndex;
  const end = nodes.at(-1)!.endIndex;
  const inside = outline.imports.filter((found) => found.start >= start && found.end <= end);
  return { subject: "imports", lines: { first: lineOf(nodes[0]!), last: nodes.at(-1)!.endPosition.row + 1 }, modules: [...new Set(inside.flatMap(({ sources }) => sources))] };
}

function spanOf(subject: Subject, file: FileContext): Span {
  const nodes = "node" in subject ? [whole(subject.node, file.grammar)] : subject.nodes;
  return { start: nodes[0]!.startIndex, end: nodes.at(-1)!.endIndex };
}

function withoutGrammar(languageId: string, text: string, span: Span, tree: SyntaxTree | undefined): Explained | undefined {
  if (span.end === span.start) return undefined;
  const facts = isData(languageId) ? dataFacts(languageId, text, span, tree?.outline) : textFacts(languageId, text, span);
  return { facts, span };
}

/** Without white space at the ends; a selection of nothing else is a cursor at its start. */
export function trimmed(text: string, { start, end }: Span): Span {
  const inside = text.slice(start, end);
  const front = inside.length - inside.trimStart().length;
  return inside.trim() === "" ? { start, end: start } : { start: start + front, end: end - (inside.length - inside.trimEnd().length) };
}
