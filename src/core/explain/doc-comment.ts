// The doc comment of a definition, where the language wants it: above it, or at the top of its body.
import type { Node } from "web-tree-sitter";
import { bodyOf, oneLine, whole } from "./nodes.js";
import type { ExplainGrammar } from "./grammars/grammar.js";

/** Which comments document something, by language; any comment elsewhere. */
const documenting: Readonly<Record<string, RegExp>> = {
  typescript: /^\/\*\*/, typescriptreact: /^\/\*\*/, javascript: /^\/\*\*/, java: /^(\/\*\*|\/\/\/)/, php: /^\/\*\*/, csharp: /^(\/\/\/|\/\*\*)/, rust: /^(\/\/\/|\/\*\*)/,
};

/** With its markers, or undefined where there is none. */
export function docCommentOf(node: Node, grammar: ExplainGrammar, languageId: string): string | undefined {
  if (languageId === "python") return docstringOf(node, grammar);
  const comments: Node[] = [];
  let below = whole(node, grammar);
  for (let above = previous(below); above !== null; above = previous(above)) {
    const isComment = above.type.includes("comment");
    if (!isComment && !/attribute|decorator|annotation/.test(above.type)) break;
    if (endRow(above) + 1 < below.startPosition.row) break;
    below = above;
    if (isComment) comments.unshift(above);
  }
  const wanted = documenting[languageId];
  const documents = comments.filter((comment) => wanted === undefined || wanted.test(comment.text));
  return documents.length === 0 ? undefined : documents.map((comment) => comment.text.trimEnd()).join("\n");
}

function previous(node: Node): Node | null {
  return node.previousNamedSibling;
}

/** Rust's grammar takes the line break into the comment. */
function endRow(node: Node): number {
  return node.endPosition.column === 0 ? node.endPosition.row - 1 : node.endPosition.row;
}

function docstringOf(node: Node, grammar: ExplainGrammar): string | undefined {
  const first = bodyOf(node, grammar)?.namedChild(0);
  const string = first?.type === "expression_statement" ? first.namedChild(0) : first;
  return string?.type === "string" ? string.text : undefined;
}

/** The first sentence, or the first paragraph where there is no full stop. */
export function firstSentence(comment: string): string | undefined {
  const plain = comment
    .replace(/^[rRuUbBfF]*("""|'''|"|')([^]*?)\1$/, "$2")
    .split("\n")
    .map((line) => line.replace(/^\s*(\/\*\*?|\*\/|\*(?!\*)|\/\/[/!]?|#+)\s?/, "").replace(/\*\/\s*$/, "").replace(/<\/?(summary|para|remarks)>/g, "").trimEnd())
    .join("\n").trim();
  const paragraph = plain.split(/\n\s*\n|\n\s*(?=@|:param|\\param|<param|Args:|Returns:|Parameters\n)/)[0] ?? "";
  const sentence = /^[^]*?[.!?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
  return sentence.trim() === "" || sentence.startsWith("@") ? undefined : oneLine(sentence, 200);
}
