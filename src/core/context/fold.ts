// Writes definitions with their bodies left out, as code that could stand in a file of that language. Chooses nothing.
import type { LanguageData } from "../syntax/languages.js";
import { indentationAt } from "../syntax/lines.js";
import type { Definition, Import } from "../syntax/outline.js";

/** A text with the language it is written in. */
export interface Source {
  text: string;
  language: LanguageData;
}

/** A body this short and on its signature's line is shown rather than left out. */
const shortBody = 60;
/** So is a whole definition with members, such as a small enumeration. */
const shortWhole = 100;

/** The definition with its body left out, on one line, its indentation before it and a line break after it. */
export function folded(definition: Definition, source: Source): string {
  const { text, language } = source;
  const { start, end, body } = definition;
  if (body === undefined || isShort(definition, text)) return write(definition, source, text.slice(start, end) + separator(definition, text));
  const [open, close] = brackets(definition, text);
  if (open === "") return write(definition, source, text.slice(start, body.start).trimEnd() + language.elided + ending(definition, text));
  return write(definition, source, `${text.slice(start, body.start)}${open} ... ${close}${ending(definition, text)}`);
}

/** Whether its members are worth lines of their own. */
export function unfolds(definition: Definition, { text }: Source): boolean {
  return definition.hasMembers && definition.children.length > 0 && (definition.end - definition.start > shortWhole || text.slice(definition.start, definition.end).includes("\n"));
}

/** A definition's first part, up to where its members or statements begin. */
export function opening(definition: Definition, source: Source): string {
  const { text } = source;
  const { start, body } = definition;
  if (body === undefined) return folded(definition, source);
  return write(definition, source, text.slice(start, body.start) + brackets(definition, text)[0]);
}

/** What ends a definition that was opened; empty where the end of the indentation ends it. */
export function closing(definition: Definition, source: Source): string {
  const { text } = source;
  if (definition.body === undefined) return "";
  const rest = brackets(definition, text)[1] + ending(definition, text);
  return rest === "" ? "" : write(definition, source, rest);
}

/** An import on one line. */
export function importLine(statement: Import, { text, language }: Source): string {
  return `${onOneLine(text.slice(statement.start, statement.end).trim(), language)}\n`;
}

function isShort({ start, end, body }: Definition, text: string): boolean {
  const header = text.slice(start, body!.start).trimEnd().length + start;
  return end - header <= shortBody + 4 && !text.slice(header, end).includes("\n");
}

/** The brackets around a body. Members may have a word before theirs: `interface {`. */
function brackets({ body, hasMembers }: Definition, text: string): readonly [open: string, close: string] {
  const inside = text.slice(body!.start, body!.end);
  const open = (hasMembers ? /^\w* ?\{/ : /^[{([]/).exec(inside)?.[0] ?? "";
  const close = { "{": "}", "(": ")", "[": "]" }[open.at(-1) ?? ""];
  return close !== undefined && inside.endsWith(close) ? [open, close] : ["", ""];
}

/** What follows a body, such as `;` or the name of a `typedef`. */
function ending(definition: Definition, text: string): string {
  const rest = text.slice(definition.body!.end, definition.end).trim() + separator(definition, text);
  return /^\w/.test(rest) && brackets(definition, text)[1] !== "" ? ` ${rest}` : rest;
}

/** The `;` or `,` that belongs to the list around a definition. */
function separator({ end }: Definition, text: string): string {
  return /^[ \t]*([;,])/.exec(text.slice(end, end + 8))?.[1] ?? "";
}

function write(definition: Definition, { text, language }: Source, content: string): string {
  const indentation = indentationAt(text, definition.start);
  const [annotations] = /^(?:(?:@|#\[)[^\n]*\n\s*)*/.exec(content)!;
  const lines = [...annotations.trim().split(/\s*\n\s*/), onOneLine(content.slice(annotations.length).trim(), language)];
  return lines.map(line => line === "" ? "" : `${indentation}${line}\n`).join("");
}

/** Joins the lines of a signature that its author had to break. Comments in it would swallow what follows: they go. */
function onOneLine(code: string, { lineComment, blockComment }: LanguageData): string {
  if (!code.includes("\n")) return code;
  return code
    .replace(blockComment === undefined ? /$^/ : /\/\*[\s\S]*?\*\//g, "")
    .replace(lineComment === "//" ? /(^|\s)\/\/.*$/gm : /(^|\s)# .*$/gm, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/([([]) /g, "$1")
    .replace(/,? ([)\]])/g, "$1")
    .replace(/, }/g, " }");
}
