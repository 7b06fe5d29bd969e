// What completion wants to know about a place in a file: is it code, is a block empty, does something begin here, do errors
// lie in a range. Uses the tree where there is one and text and indentation where there is none.
import type { Node } from "web-tree-sitter";
import { languageById } from "./languages.js";
import { lineEnd, lineStart } from "./lines.js";
import type { Span } from "./outline.js";
import type { SyntaxTree } from "./parser.js";

/** What the characters around a place belong to. */
export type Surface = "code" | "string" | "comment";

export interface Place {
  text: string;
  /** In UTF-16 code units. */
  offset: number;
  languageId: string;
  /** Of exactly this text. */
  tree: SyntaxTree | undefined;
}

const wordCharacter = /[\p{L}\p{N}_$]/u;

/** Word characters on both sides. */
export function isInsideIdentifier({ text, offset }: Pick<Place, "text" | "offset">): boolean {
  return wordCharacter.test(text.charAt(offset - 1)) && wordCharacter.test(text.charAt(offset));
}

/** An expression inside a template string is code. */
export function surfaceAt(place: Place): Surface {
  return place.tree === undefined ? surfaceByText(place) : surfaceByTree(place.tree, place.offset);
}

function surfaceByTree({ tree }: SyntaxTree, offset: number): Surface {
  let node = tree.rootNode.descendantForIndex(Math.max(0, offset - 1), offset);
  for (; node !== null; node = node.parent) {
    if (node.startIndex >= offset || !node.isNamed) continue;
    const { type } = node;
    if (/substitution|interpolation$/.test(type) && node.endIndex > offset) return "code";
    if (/comment/.test(type) && (node.endIndex > offset || isLineComment(node))) return "comment";
    if (/string|heredoc_body|char(acter)?_literal|rune_literal|^regex$/.test(type) && node.endIndex > offset) return "string";
  }
  return "code";
}

/** A line comment still goes on at its own end; a closed one does not. */
const isLineComment = (node: Node) => !/\*\/$|=end$/.test(node.text.slice(-4));

/** Counts quotes and looks for a comment sign in the line: wrong inside strings and comments of several lines, right mostly. */
function surfaceByText({ text, offset, languageId }: Place): Surface {
  const line = text.slice(lineStart(text, offset), offset);
  const sign = languageById(languageId)?.lineComment;
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (quote !== "") {
      if (char === "\\") at += 1;
      else if (char === quote) quote = "";
    } else if (sign !== undefined && line.startsWith(sign, at)) return "comment";
    else if (char === "\"" || char === "'" || char === "`") quote = char;
  }
  return quote === "" ? "code" : "string";
}

/** The cursor is between the signs of a block that holds nothing yet, or under a header that nothing is indented below. */
export function isInEmptyBlock(place: Place): boolean {
  const { text, offset, languageId } = place;
  const before = text.slice(0, offset).trimEnd();
  const rest = text.slice(offset);
  const blocks = languageById(languageId)?.blocks ?? "braces";
  if (before.endsWith("{") && rest.trimStart().startsWith("}")) return !isLiteral(place, before.length - 1);
  if (blocks === "braces" || !isBlankLine(text, offset)) return false;
  const header = lastLine(before);
  const opens = blocks === "indentation" ? /:\s*(#.*)?$/.test(header) : keywordOpens.test(header);
  return opens && surfaceAt({ ...place, offset: before.length }) === "code" && indentation(firstLine(rest)) <= indentation(header);
}

const keywordOpens = /^\s*(def|class|module|if|unless|while|until|for|case|begin|else|elsif|ensure|rescue)\b|\b(do|then)(\s*\|[^|]*\|)?\s*$/;

/** `{}` as a value: filling it is not writing a block. */
function isLiteral({ tree, text }: Place, brace: number): boolean {
  const type = tree?.tree.rootNode.descendantForIndex(brace, brace + 1)?.parent?.type;
  if (type === undefined) return /[=:(,[?]\s*$/.test(text.slice(0, brace)) || /\breturn\s*$/.test(text.slice(0, brace));
  return /^(object|dictionary|object_pattern|named_imports|export_clause|literal_value|initializer_list|hash|template_substitution|interpolation)$/.test(type);
}

/** On a blank line right below a signature or a comment, where a body or what the comment describes is about to be written. */
export function blankLineAfter(place: Place): "signature" | "comment" | undefined {
  const { text, offset, languageId } = place;
  if (!isBlankLine(text, offset)) return undefined;
  const above = lineStart(text, offset) - 1;
  const header = text.slice(lineStart(text, above), Math.max(0, above)).trimEnd();
  if (header === "") return undefined;
  const end = text.slice(0, above).trimEnd().length;
  const language = languageById(languageId);
  const sign = language?.lineComment;
  if (surfaceAt({ ...place, offset: end }) === "comment" || (sign !== undefined && header.trimStart().startsWith(sign)) || /\*\/$/.test(header)) return "comment";
  if (language?.blocks === "keywords") return keywordOpens.test(header) ? "signature" : undefined;
  return (language?.blocks === "indentation" ? /:$/ : /[{]$|=>$/).test(header) ? "signature" : undefined;
}

/** Errors and missing pieces in the tree, or in a range of it. */
export function countErrors({ tree }: SyntaxTree, within?: Span): number {
  const count = (node: Node): number => {
    if (!node.hasError && !node.isMissing) return 0;
    if (within !== undefined && (node.endIndex < within.start || node.startIndex > within.end)) return 0;
    return node.children.reduce((sum, child) => sum + count(child), node.isError || node.isMissing ? 1 : 0);
  };
  return count(tree.rootNode);
}

function isBlankLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), lineEnd(text, offset)).trim() === "";
}

const lastLine = (text: string) => text.slice(text.lastIndexOf("\n") + 1);
const firstLine = (text: string) => /^\s*?([ \t]*\S.*)?$/m.exec(text.slice(text.indexOf("\n") + 1))?.[1] ?? "";
const indentation = (line: string) => /^[ \t]*/.exec(line)![0].length;
