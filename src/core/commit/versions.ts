// One version of a file, cut into pieces: what belongs to which symbol, what is import, what is left over. Two versions of the same
// file are compared piece by piece.
import type { LanguageData } from "../syntax/languages.js";
import type { Outline, Span } from "../syntax/outline.js";
import { addTo } from "./groups.js";
import { qualified, type Symbol, symbolsOf } from "./symbols.js";
import { significant, type Token, tokenize } from "./tokens.js";

/** A symbol with its own tokens, those of its members left out. Comments and what formatters change are not in them. */
export interface Piece {
  symbol: Symbol;
  path: string;
  signature: string[];
  body: string[];
  /** Names of a type's members. */
  members: string[];
}

export interface Version {
  path: string;
  text: string;
  language: LanguageData | undefined;
  tokens: Token[];
  pieces: Piece[];
  /** Tokens outside every symbol. */
  rest: string[];
  imports: string[];
  /** Text of each comment with the symbol that it stands in, or that follows it. */
  comments: { text: string; symbol: string | undefined }[];
}

export function versionOf(path: string, text: string, language: LanguageData | undefined, outline: Outline | undefined): Version {
  const tokens = tokenize(text, language);
  const symbols = symbolsOf(text, language, outline);
  const imports = outline?.imports ?? importsByText(text);
  const bins = distribute(tokens, symbols, imports);
  const semicolons = language !== undefined && !/script/.test(language.ids[0]);
  const own = (list: readonly Token[]): string[] => significant(list, { semicolons });
  const pieces = symbols.map((symbol, index): Piece => {
    const bodyStart = symbol.body?.start ?? symbol.end;
    const mine = bins.symbols[index]!;
    const members = symbol.hasMembers ? symbols.filter((other) => other.owner === symbol.name).map((other) => other.name) : [];
    return { symbol, path, members, signature: own(mine.filter((token) => token.start < bodyStart)), body: own(mine.filter((token) => token.start >= bodyStart)) };
  });
  return { path, text, language, tokens, pieces, rest: own(bins.rest), imports: own(bins.imports), comments: commentsOf(tokens, symbols) };
}

interface Bins {
  symbols: Token[][];
  imports: Token[];
  rest: Token[];
}

/** Every token to the innermost symbol around it. Symbols are in file order, outer before inner. */
function distribute(tokens: readonly Token[], symbols: readonly Symbol[], imports: readonly Span[]): Bins {
  const bins: Bins = { symbols: symbols.map(() => []), imports: [], rest: [] };
  const open: number[] = [];
  let next = 0;
  let nextImport = 0;
  for (const token of tokens) {
    while (nextImport < imports.length && imports[nextImport]!.end <= token.start) nextImport += 1;
    while (next < symbols.length && symbols[next]!.start <= token.start) open.push(next++);
    while (open.length > 0 && symbols[open.at(-1)!]!.end <= token.start) open.pop();
    const inner = open.findLast((index) => symbols[index]!.end > token.start);
    if (inner !== undefined) bins.symbols[inner]!.push(token);
    else if (imports[nextImport] && imports[nextImport]!.start <= token.start) bins.imports.push(token);
    else bins.rest.push(token);
  }
  return bins;
}

const importLine = /^[ \t]*(?:import|from|use|using|#include|include|require|require_relative|package|@import|@use|library|open|alias)\b[^\n]*/gm;

function importsByText(text: string): Span[] {
  return [...text.matchAll(importLine)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function commentsOf(tokens: readonly Token[], symbols: readonly Symbol[]): Version["comments"] {
  return tokens.filter((token) => token.kind === "comment").map((token) => {
    const around = symbols.findLast((symbol) => symbol.start <= token.start && symbol.end >= token.end);
    const following = symbols.find((symbol) => symbol.start >= token.end);
    const symbol = around && !around.hasMembers ? around : following ?? around;
    return { text: token.text, symbol: symbol?.name };
  });
}

/** The symbols of two versions, matched by owner and name; of several with one name the first goes to the first. */
export interface Comparison {
  before: Version | undefined;
  after: Version | undefined;
  added: Piece[];
  removed: Piece[];
  changed: { before: Piece; after: Piece }[];
  restChanged: boolean;
  importsChanged: boolean;
  /** Nothing but white space, quotes and the like. */
  onlyFormatting: boolean;
  /** Nothing but comments and formatting. */
  onlyComments: boolean;
  /** Symbols whose comments changed. */
  documented: string[];
}

export function compare(before: Version | undefined, after: Version | undefined): Comparison {
  const { pairs, added, removed } = match(before?.pieces ?? [], after?.pieces ?? []);
  const changed = pairs.filter(([a, b]) => !sameList(a.signature, b.signature) || !sameList(a.body, b.body)).map(([a, b]) => ({ before: a, after: b }));
  const restChanged = !sameList(before?.rest ?? [], after?.rest ?? []);
  const importsChanged = !sameList(before?.imports ?? [], after?.imports ?? []);
  const both = before !== undefined && after !== undefined;
  const sameCode = both && changed.length + added.length + removed.length === 0 && !restChanged && !importsChanged && sameShape(before, after);
  const documented = both ? changedComments(before, after) : [];
  return {
    before, after, added, removed, changed, restChanged, importsChanged, documented,
    onlyFormatting: sameCode && documented.length === 0, onlyComments: sameCode && documented.length > 0,
  };
}

function match(before: readonly Piece[], after: readonly Piece[]): { pairs: [Piece, Piece][]; added: Piece[]; removed: Piece[] } {
  const waiting = new Map<string, Piece[]>();
  for (const piece of before) addTo(waiting, keyOf(piece), piece);
  const pairs: [Piece, Piece][] = [];
  const added: Piece[] = [];
  for (const piece of after) {
    const partner = waiting.get(keyOf(piece))?.shift();
    if (partner) pairs.push([partner, piece]);
    else added.push(piece);
  }
  return { pairs, added, removed: [...waiting.values()].flat() };
}

const keyOf = ({ symbol }: Piece): string => qualified(symbol);

export function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Where indentation means something, the first token of each line has to be as deep as before, relative to the others. */
function sameShape(before: Version, after: Version): boolean {
  if (before.language?.blocks !== "indentation") return true;
  return sameList(depths(before), depths(after));
}

function depths({ tokens, text }: Version): string[] {
  const levels: number[] = [];
  const result: string[] = [];
  let brackets = 0;
  let previousEnd = 0;
  for (const token of tokens) {
    if (token.kind === "comment") continue;
    if (brackets === 0 && (result.length === 0 || text.slice(previousEnd, token.start).includes("\n"))) {
      const depth = token.start - text.lastIndexOf("\n", token.start - 1) - 1;
      while (levels.length > 0 && levels.at(-1)! > depth) levels.pop();
      if (levels.at(-1) !== depth) levels.push(depth);
      result.push(`${levels.length}${token.text}`);
    }
    if (/^[([{]$/.test(token.text)) brackets += 1;
    if (/^[)\]}]$/.test(token.text)) brackets = Math.max(0, brackets - 1);
    previousEnd = token.end;
  }
  return result;
}

function changedComments(before: Version, after: Version): string[] {
  const plain = ({ text }: { text: string }): string => text.replace(/\s+/g, " ");
  const old = new Set(before.comments.map(plain));
  const now = new Set(after.comments.map(plain));
  const touched = [...after.comments.filter((comment) => !old.has(plain(comment))), ...before.comments.filter((comment) => !now.has(plain(comment)))];
  return [...new Set(touched.map(({ symbol }) => symbol ?? ""))];
}
