// Facts about what is no program: keys of configuration files, rules of style sheets, prose. Works on lines and needs no tree.
import type { Outline, Span } from "../syntax/outline.js";
import type { DataFacts, LineRange, TextFacts } from "./facts.js";
import { oneLine } from "./nodes.js";

const keyed: Readonly<Record<string, RegExp>> = {
  json: /^\s*"((?:[^"\\]|\\.)*)"\s*:\s*(.*?),?\s*$/,
  jsonc: /^\s*"((?:[^"\\]|\\.)*)"\s*:\s*(.*?),?\s*$/,
  yaml: /^\s*(?:-\s+)?["']?([\w./$ -]+?)["']?\s*:(?:\s+(.*))?$/,
  dockercompose: /^\s*(?:-\s+)?["']?([\w./$ -]+?)["']?\s*:(?:\s+(.*))?$/,
  toml: /^\s*(?:\[+\s*([\w.\-"' ]+?)\s*\]+|([\w.\-"]+)\s*=\s*(.*))\s*$/,
  ini: /^\s*(?:\[\s*([^\]]+?)\s*\]|([\w.\- ]+?)\s*[=:]\s*(.*))\s*$/,
  properties: /^\s*([\w.-]+)()\s*[=:]\s*(.*)$/,
  dockerfile: /^([A-Z]+)()\s+(.*)$/,
};

export function isData(languageId: string): boolean {
  return keyed[languageId] !== undefined || languageId === "css";
}

export function dataFacts(languageId: string, text: string, span: Span, outline: Outline | undefined): DataFacts {
  const lines = linesOf(text, span);
  if (languageId === "css" && outline !== undefined) {
    const rules = outline.definitions.filter(({ start, end }) => start < span.end && end > span.start);
    const innermost = rules.length === 1 && span.end <= (rules[0]!.body?.end ?? 0) && span.start >= (rules[0]!.body?.start ?? 0) ? [] : rules;
    const entries = innermost.map(({ name, start }) => ({ name: oneLine(name), line: lineAt(text, start) }));
    return { subject: "data", language: languageId, lines, entries: entries.length > 0 ? entries : declarations(text, span), depth: 1 };
  }
  const pattern = keyed[languageId]!;
  const found: { name: string; value?: string; line: number; indent: number }[] = [];
  text.slice(span.start, span.end).split("\n").forEach((line, i) => {
    const match = pattern.exec(line);
    if (match === null) return;
    const name = match[1] ?? match[2] ?? "";
    const value = (match[3] ?? (languageId.startsWith("json") || languageId === "yaml" ? match[2] : undefined))?.trim();
    const isNested = value === undefined || value === "" || /^[[{]$/.test(value);
    // The first line of a selection may begin in the middle of the line.
    const indent = (i === 0 ? text.slice(text.lastIndexOf("\n", span.start - 1) + 1, span.start) + line : line).search(/\S/);
    found.push({ name, ...!isNested && { value: oneLine(value, 60) }, line: lines.first + i, indent });
  });
  const indents = [...new Set(found.map(({ indent }) => indent))].sort((a, b) => a - b);
  const outermost = found.filter(({ indent }) => indent === indents[0]);
  return { subject: "data", language: languageId, lines, entries: outermost.map(({ name, value, line }) => ({ name, line, ...value !== undefined && { value } })), depth: indents.length };
}

function declarations(text: string, span: Span): DataFacts["entries"] {
  const first = lineAt(text, span.start);
  return text.slice(span.start, span.end).split("\n").flatMap((line, i) => {
    const match = /^\s*([\w-]+)\s*:\s*([^;]+);?\s*$/.exec(line);
    return match === null ? [] : [{ name: match[1]!, value: oneLine(match[2]!, 60), line: first + i }];
  });
}

export function textFacts(languageId: string, text: string, span: Span): TextFacts {
  const selected = text.slice(span.start, span.end);
  const first = lineAt(text, span.start);
  const headings = selected.split("\n").flatMap((line, i) => {
    const match = /^#{1,6}\s+(.+?)\s*#*$/.exec(line);
    return match === null ? [] : [{ name: match[1]!, line: first + i }];
  });
  const isProse = /^(plaintext|markdown|restructuredtext|asciidoc|latex|git-commit|scminput)$/.test(languageId);
  return {
    subject: "text", isProse, lines: linesOf(text, span), words: selected.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0,
    headings: isProse ? headings : [], links: selected.match(/\]\([^)\s]+\)|https?:\/\/\S+/g)?.length ?? 0,
  };
}

function linesOf(text: string, { start, end }: Span): LineRange {
  return { first: lineAt(text, start), last: lineAt(text, Math.max(start, end - 1)) };
}

export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
