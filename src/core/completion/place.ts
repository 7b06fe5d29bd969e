// Where a suggestion would go: the cursor with what stands around it, cut up once for the trigger, the stop rules and the filters.
import type { SourceDocument } from "../context/context.js";
import { lineEnd, lineStart } from "../syntax/lines.js";
import { type Lexis, lexisOf } from "./lexis.js";
import { type Open, openersFor, scan } from "./brackets.js";

export interface Place {
  document: SourceDocument;
  offset: number;
  /** The cursor's line, left and right of the cursor, without line break. */
  lineBefore: string;
  lineAfter: string;
  /** The next line below that is not blank, trimmed; empty at the end. */
  nextLine: string;
  /** Its indentation. */
  nextIndent: string;
  /** The line above that is not blank, as it stands; empty at the start. */
  previousLine: string;
  /** One step of indentation as this document has it: a tab or some spaces. */
  unit: string;
  lexis: Lexis;
  /** What is open at the cursor, innermost last. */
  open: Open;
  /** How many of each opener the document never closes. */
  unclosed: ReadonlyMap<string, number>;
}

/** Brackets are looked at this far up and down; what lies beyond counts as balanced. */
const horizon = 20_000;

export function placeOf(document: SourceDocument, offset: number): Place {
  const { text } = document;
  const start = lineStart(text, offset);
  const end = lineEnd(text, offset);
  const lexis = lexisOf(document.languageId);
  const next = /^([ \t]*)(\S.*)/m.exec(text.slice(end, end + 2_000));
  const above = scan(text.slice(horizonStart(text, start), start), lexis).open;
  const open = scan(text.slice(start, offset), lexis, above).open;
  return {
    document, offset, lexis, open,
    lineBefore: text.slice(start, offset),
    lineAfter: text.slice(offset, end),
    nextLine: next?.[2]?.trimEnd() ?? "",
    nextIndent: next?.[1] ?? "",
    previousLine: lastLine(text.slice(Math.max(0, start - 2_000), start).trimEnd()),
    unit: indentUnit(text) ?? (/^(?:\t| {2,8})$/.test(text.slice(start, offset)) ? text.slice(start, offset) : "    "),
    unclosed: unclosedAt(open, text.slice(offset, offset + horizon), lexis, offset + horizon >= text.length ? 0 : commonLength(above, open)),
  };
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}

/** A line within the horizon that begins without indentation, so that the scan starts outside of strings where it can. */
function horizonStart(text: string, start: number): number {
  if (start <= horizon) return 0;
  const found = text.slice(start - horizon, start).search(/\n[\p{L}@#/]/u);
  return found === -1 ? start - horizon : start - horizon + found + 1;
}

/** What both have open: the outer ones, which were open already when the line began. */
function commonLength(above: Open, open: Open): number {
  const changed = open.findIndex((opener, i) => opener !== above[i]);
  return changed === -1 ? open.length : changed;
}

/** Openers that nothing after the cursor closes. Where the view ends before the document, the outermost `beyond` of them count as closed. */
function unclosedAt(open: Open, after: string, lexis: Lexis, beyond: number): Map<string, number> {
  const counts = new Map<string, number>();
  let depth = open.length;
  const leave = (until: number, closesLast: boolean) => {
    for (const opener of open.slice(until + (closesLast ? 1 : 0), depth)) counts.set(opener, (counts.get(opener) ?? 0) + 1);
    depth = until;
  };
  const { closers, strays, open: openAtEnd } = scan(after, lexis, open);
  const inside = open.at(-1) ?? "";
  // A string over lines swallows what follows up to the next quote: if the last one in the document is left over, ours is not closed.
  if (beyond === 0 && openAtEnd.at(-1) === inside && (lexis.longQuotes.includes(inside) || inside === "`")) return counts.set(inside, 1);
  for (const closer of closers) leave(closer.depth, true);
  if (depth > beyond) leave(beyond, false);
  // A closer too many below makes up for one that seems to be missing: its opener is what is being written.
  for (const { text } of strays) {
    const opener = openersFor(text).find(candidate => (counts.get(candidate) ?? 0) > 0);
    if (opener !== undefined) counts.set(opener, (counts.get(opener) ?? 0) - 1);
  }
  return counts;
}

/** One step of indentation in this text: the commonest difference between a line and the one above it. */
export function indentUnit(text: string): string | undefined {
  const counts = new Map<string, number>();
  let above = "";
  for (const [, indent = ""] of text.slice(0, 50_000).matchAll(/^([ \t]*)[^\s*]/gm)) {
    const step = indent.startsWith(above) ? indent.slice(above.length) : "";
    if (step === "\t" || /^ {2,8}$/.test(step)) counts.set(step, (counts.get(step) ?? 0) + 1);
    above = indent;
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** Width of a line's indentation in columns. */
export function indentWidth(line: string, tabColumns = 4): number {
  const indent = indentOf(line);
  const tabs = indent.split("\t").length - 1;
  return indent.length + tabs * (tabColumns - 1);
}
