// Accepting a suggestion must not add a parse error. Half of a statement is no error: what a line leaves open is closed for the test.
import type { SyntaxTree } from "../../syntax/parser.js";
import { countErrors } from "../../syntax/position.js";
import { closing, scan } from "../brackets.js";
import { indentWidth, type Place } from "../place.js";
import type { TreeSource } from "../request.js";
import type { Filter, Suggestion } from "./filter.js";

export function noNewErrors(trees: TreeSource): Filter {
  return (suggestion, place) => {
    const before = trees.of(place.document);
    if (before === undefined) return suggestion;
    const allowed = countErrors(before);
    const parses = probes(suggestion, place).some(probe => errorsWith(suggestion, probe, before, trees) <= allowed);
    return parses ? suggestion : "syntax-error";
  };
}

function errorsWith({ text, range }: Suggestion, ending: string, before: SyntaxTree, trees: TreeSource): number {
  const after = trees.reparse(before, before.text.slice(0, range[0]) + text + ending + before.text.slice(range[1]));
  if (!after) return 0; // not parsed in time, so nobody knows better
  try {
    return countErrors(after);
  } finally {
    after.tree.delete();
  }
}

/**
 * What could still come after the suggestion: its closing brackets, nothing where the document has them already, closing tags, an
 * operand, or the language's own endings.
 */
function probes({ text, range }: Suggestion, place: Place): string[] {
  const { open, closers } = scan(text, place.lexis, place.open);
  const brackets = open.slice(closers.at(-1)?.depth ?? place.open.length).map(closing).reverse().join("");
  // The likelier one first, because a text that does not parse takes ten times as long: is the body there already?
  const hasBody = indentWidth(place.nextIndent) > indentWidth(place.lineBefore);
  const first = hasBody ? ["", brackets] : [brackets, ""];
  const atEnd = place.document.text.slice(range[1], range[1] + 1).trim() === "";
  if (!atEnd) return [...new Set(first)];
  const tags = openTags(text).map(tag => `</${tag}>`).join("");
  const operand = /[=+\-*/%<>&|^?:,.!]$/.test(text) ? [`x${brackets}`] : [];
  return [...new Set([...first, ...tags === "" ? [] : [tags + brackets], ...operand, ...place.lexis.endings?.map(ending => brackets + ending) ?? []])];
}

/** Names of the elements that a line of markup opens and does not close, innermost first. */
function openTags(text: string): string[] {
  const open: string[] = [];
  for (const [, close, name = "", selfClosing] of text.matchAll(/<(\/?)([A-Za-z][\w.]*)\b[^<>]*?(\/?)>/g)) {
    if (close === "/") open.pop();
    else if (selfClosing !== "/") open.push(name);
  }
  return open.reverse();
}
