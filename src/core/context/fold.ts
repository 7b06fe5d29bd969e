// Writes definitions with their bodies left out, as code that could stand in a file of that language. Chooses nothing.
import type { LanguageData } from "../syntax/languages.js";
import { indentationAt } from "../syntax/lines.js";
import type { Definition, Import } from "../syntax/outline.js";

/** A text with the language it is written in. */
export interface Source {
  text: string;
  language: LanguageData;
}

/** A body this short and on one line is shown rather than left out. */
const shortBody = 48;

/** The whole definition on one line (or as it stands, when it is short), its indentation before it, a newline after it. */
export function folded(definition: Definition, source: Source): string {
  const { text, language } = source;
  const { start, end, body } = definition;
  if (body === undefined) return line(definition, source, text.slice(start, end));
  const inside = text.slice(body.start, body.end);
  if (inside.length <= shortBody && !inside.includes("\n")) return line(definition, source, text.slice(start, end));
  const [open, close] = brackets(inside);
  const tail = text.slice(body.end, end).trim();
  if (open === "") return line(definition, source, text.slice(start, body.start).trimEnd() + language.elided + tail);
  return line(definition, source, `${text.slice(start, body.start)}${open} ... ${close}${tail}`);
}

/** A definition's first part, up to where its members or statements begin. */
export function opening(definition: Definition, source: Source): string {
  const { text } = source;
  const { start, body } = definition;
  if (body === undefined) return folded(definition, source);
  const [open] = brackets(text.slice(body.start, body.end));
  return line(definition, source, (text.slice(start, body.start) + open).trimEnd());
}

/** What ends a definition that was opened; empty where the end of the indentation ends it. */
export function closing(definition: Definition, source: Source): string {
  const { text } = source;
  const { end, body } = definition;
  if (body === undefined) return "";
  const [, close] = brackets(text.slice(body.start, body.end));
  const rest = close + text.slice(body.end, end).trim();
  return rest === "" ? "" : line(definition, source, rest);
}

/** An import on one line. */
export function importLine(statement: Import, source: Source): string {
  return `${onOneLine(source.text.slice(statement.start, statement.end).trimEnd())}\n`;
}

function brackets(body: string): readonly [open: string, close: string] {
  const open = body[0] ?? "";
  const close = { "{": "}", "(": ")", "[": "]" }[open];
  return close !== undefined && body.endsWith(close) ? [open, close] : ["", ""];
}

function line(definition: Definition, { text }: Source, content: string): string {
  return `${indentationAt(text, definition.start)}${onOneLine(content)}\n`;
}

/** Joins the lines of a signature that its author had to break. Comments at line ends would swallow what follows: they go. */
function onOneLine(code: string): string {
  if (!code.includes("\n")) return code;
  return code
    .replace(/^\s*(\/\/|#|\/?\*).*$/gm, "")
    .replace(/\s+(\/\/|# ).*$/gm, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/([([]) /g, "$1")
    .replace(/,? ([)\]])/g, "$1")
    .replace(/, }/g, " }");
}
