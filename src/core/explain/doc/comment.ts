// A doc comment as text, in the style of the language, without its indentation.
import type { FunctionFacts, TypeFacts } from "../facts.js";
import type { DocStyle } from "./styles.js";
import { tagLines } from "./tags.js";

/** Lines of the comment, `summary` being its first sentence. */
export function commentLines(facts: FunctionFacts | TypeFacts, summary: string, style: DocStyle): string[] {
  const tags = facts.subject === "function" ? tagLines(facts, style.tags) : [];
  const first = style.tags === "xml" ? [`<summary>${summary}</summary>`] : [summary];
  const gap = tags.length > 0 && style.tags !== "xml" ? [""] : [];
  return dress([...first, ...gap, ...tags].map((line) => defused(line, style)), style);
}

function dress(lines: readonly string[], { open, close, line }: DocStyle): string[] {
  if (open === undefined || close === undefined) return lines.map((text) => `${line}${text}`.trimEnd());
  const [only = ""] = lines;
  if (lines.length === 1) return line === "" ? [`${open}${only}${close}`] : [`${open} ${only}${close}`];
  // Python's first sentence stands beside the quotes.
  return line === "" ? [`${open}${only}`, ...lines.slice(1), close] : [open, ...lines.map((text) => `${line}${text}`.trimEnd()), close];
}

/** What would end the comment does not. */
function defused(text: string, { close }: DocStyle): string {
  if (close?.includes("*/") === true) return text.replaceAll("*/", "*\u200b/");
  return close === undefined ? text : text.replaceAll("\"\"\"", "'''").replace(/\\/g, "\\\\");
}
