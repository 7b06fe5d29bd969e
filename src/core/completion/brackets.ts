// Which brackets and quotes are open at a place, and which a piece of text closes. A scanner over text: it needs no grammar, works on
// code that does not parse, and costs microseconds. Knows nothing of suggestions.
import type { Lexis } from "./lexis.js";

/** What is open, by what opened it; innermost last. Comments and strings count: `//`, `"`, and so on. */
export type Open = readonly string[];

/** A closer that closes something opened before the text it stands in. */
export interface OuterCloser {
  at: number;
  /** The closing text, such as `)` or `"""`. */
  text: string;
  /** How many things were open before this, counted from outside; less than before by more than one where some were left open. */
  depth: number;
}

export interface Scan {
  open: Open;
  closers: OuterCloser[];
  /** Closers that close nothing at all, where that is not normal in the language. */
  strays: { at: number; text: string }[];
}

const closerOf: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "${": "}" };
const openersOf: Readonly<Record<string, readonly string[]>> = { ")": ["("], "]": ["["], "}": ["{", "${"] };

/** The openers that this bracket can close. */
export function openersFor(closer: string): readonly string[] {
  return openersOf[closer] ?? [];
}

/** What closes this opener: `)` for `(`, the quote itself for a quote. */
export function closing(opener: string): string {
  return closerOf[opener] ?? (opener === "/*" ? "*/" : opener);
}

export function isBracket(opener: string): boolean {
  return opener in closerOf;
}

/** Reads `text` as it stands after something that left `open` open. */
export function scan(text: string, lexis: Lexis, open: Open = []): Scan {
  const stack = [...open];
  const closers: OuterCloser[] = [];
  const patterns = patternsOf(lexis);
  let outer = open.length;
  const strays: Scan["strays"] = [];
  for (let at = 0; at < text.length;) {
    const top = stack.at(-1) ?? "";
    const pattern = isCode(top) ? patterns.code : patterns.inside(top);
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) break;
    at = pattern.lastIndex;
    const depth = step(stack, found[0], text, found.index, lexis);
    if (depth === -1 && !(lexis.loose === true && found[0] === ")")) strays.push({ at: found.index, text: found[0] });
    if (depth !== undefined && depth >= 0 && depth < outer) closers.push({ at: found.index, text: found[0], depth });
    outer = Math.min(outer, stack.length);
  }
  return { open: stack, closers, strays };
}

/** Takes one token into account. The depth that is left if it closed something, -1 for a stray closer, otherwise undefined. */
function step(stack: string[], token: string, text: string, at: number, lexis: Lexis): number | undefined {
  const top = stack.at(-1) ?? "";
  if (!isCode(top)) return stepInside(stack, top, token, lexis);
  const openers = openersOf[token];
  if (openers !== undefined) return close(stack, openers);
  const opens = !isCharacter(token) && (token !== "/" || beginsRegex(text, at)) && (token !== "#" || /\s/.test(text[at - 1] ?? " "));
  if (opens) stack.push(token);
  return undefined;
}

function isCode(top: string): boolean {
  return top === "" || isBracket(top);
}

/** Inside a string or comment only its end counts, and `${` in a template. */
function stepInside(stack: string[], top: string, token: string, lexis: Lexis): number | undefined {
  if (token === "${") {
    if (lexis.templates === true && top === "`") stack.push(token);
    return undefined;
  }
  if (token !== "\n" && (token !== closing(top) || lexis.lineComments.includes(top))) return undefined;
  stack.pop();
  return token === "\n" ? undefined : stack.length;
}

/** Closes the innermost opener of this kind, and what was left open inside it. */
function close(stack: string[], openers: readonly string[]): number {
  let at = stack.length - 1;
  while (at >= 0 && isBracket(stack[at] ?? "") && !openers.includes(stack[at] ?? "")) at -= 1;
  if (at < 0 || !openers.includes(stack[at] ?? "")) return -1;
  stack.length = at;
  return at;
}

function isCharacter(token: string): boolean {
  return token.length > 1 && token.startsWith("'") && token.endsWith("'") && token !== "'''";
}

/** True where a slash begins a regular expression rather than a division: a value is expected, and it ends on the same line. */
function beginsRegex(text: string, at: number): boolean {
  const expected = /(^|[(,=:[!&|?{};\n]|\breturn|=>)\s*$/.test(text.slice(Math.max(0, at - 16), at));
  return expected && /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//.test(text.slice(at, at + 200));
}

interface Patterns {
  code: RegExp;
  inside(opener: string): RegExp;
}

const patternCache = new Map<Lexis, Patterns>();

function patternsOf(lexis: Lexis): Patterns {
  const known = patternCache.get(lexis);
  if (known !== undefined) return known;
  const long = new Set([...lexis.longQuotes, ...lexis.blockComments.map(([open]) => open), ...lexis.templates === true ? ["`"] : []]);
  const openers = [...lexis.longQuotes, ...lexis.blockComments.map(([open]) => open), ...lexis.lineComments, ...lexis.quotes];
  const code = [
    ...lexis.characters === true ? [String.raw`'(?:\\.[^'\n]*|[^'\\\n])'`] : [],
    ...openers.map(escape), ...lexis.templates === true ? ["`"] : [], ...lexis.regex === true ? ["/"] : [], String.raw`[()[\]{}]`,
  ];
  const inside = new Map<string, RegExp>();
  const made: Patterns = {
    code: new RegExp(code.join("|"), "gu"),
    inside(opener) {
      const pattern = inside.get(opener) ?? new RegExp([String.raw`\\[^]`, escape(closing(opener)), "\\$\\{", ...long.has(opener) ? [] : ["\n"]].join("|"), "gu");
      inside.set(opener, pattern);
      return pattern;
    },
  };
  patternCache.set(lexis, made);
  return made;
}

function escape(text: string): string {
  return text.replace(/[/\\^$*+?.()|[\]{}]/g, String.raw`\$&`);
}
