// Words, numbers, strings and signs of a text in any language, with comments told apart. A scanner and no grammar: both versions of a
// file go through it, and what it gets wrong it gets wrong twice.
import type { LanguageData } from "../syntax/languages.js";

export interface Token {
  text: string;
  start: number;
  end: number;
  kind: "word" | "number" | "string" | "sign" | "comment";
}

const scanners = new Map<string, RegExp>();

function scannerFor(language: LanguageData | undefined): RegExp {
  const key = language?.ids[0] ?? "";
  const known = scanners.get(key);
  if (known) return known;
  const made = new RegExp(sourceFor(language), "gy");
  scanners.set(key, made);
  return made;
}

function sourceFor(language: LanguageData | undefined): string {
  const id = language?.ids[0] ?? "";
  const line = [language ? language.lineComment : "#(?=\\s)|//(?!/?/?\\w+\\.)", id === "php" ? "#" : undefined].filter((sign) => sign !== undefined);
  const lineComment = line.length > 0 ? `(?:${line.join("|")})[^\\n]*` : "(?!)";
  const blockComment = !language || language.blockComment ? "/\\*[\\s\\S]*?(?:\\*/|(?![\\s\\S]))" : id === "ruby" ? "^=begin[\\s\\S]*?^=end" : "(?!)";
  const html = language ? "(?!)" : "<!--[\\s\\S]*?(?:-->|(?![\\s\\S]))";
  const lifetimes = id === "rust" ? "'(?:\\\\.|[^\\\\'\\n])'" : "'(?:\\\\.|[^\\\\'\\n])*'";
  const backtick = /script|go|^$/.test(id) ? "|`(?:\\\\.|[^\\\\`])*`" : "";
  const strings = `"""[\\s\\S]*?(?:"""|(?![\\s\\S]))|'''[\\s\\S]*?(?:'''|(?![\\s\\S]))|"(?:\\\\.|[^\\\\"\\n])*"|${lifetimes}${backtick}`;
  const word = id === "shellscript" ? "[$-]*[\\p{L}_][\\p{L}\\p{N}_-]*" : id === "css" ? "[-@#.]*[\\p{L}_][\\p{L}\\p{N}_-]*" : "[@$]*[\\p{L}_][\\p{L}\\p{N}_$]*[!?]?(?<![!?](?=[=.\\[:]))";
  const plainWord = id === "ruby" ? word : word.replace("[!?]?(?<![!?](?=[=.\\[:]))", "");
  const signs = "=>|->|\\?\\?=?|\\?\\.|&\\.|===?|!==?|<=|>=|&&|\\|\\||\\+=|-=|::|:=|\\.\\.\\.?=?|[^\\s\\p{L}\\p{N}]";
  return `(?<comment>${lineComment}|${blockComment}|${html})|(?<string>${strings})|(?<word>${plainWord})|(?<number>\\d[\\d_.]*\\w*)|(?<sign>${signs})|\\s+`;
}

export function tokenize(text: string, language: LanguageData | undefined): Token[] {
  const scanner = new RegExp(scannerFor(language).source, "gyum");
  const tokens: Token[] = [];
  const docstrings = language?.blocks === "indentation";
  for (let match = scanner.exec(text); match; match = scanner.exec(text)) {
    const kind = kindOf(match);
    if (!kind) continue;
    const token: Token = { text: match[0], start: match.index, end: match.index + match[0].length, kind };
    if (docstrings && kind === "string" && isDocstring(token, tokens.at(-1), text)) token.kind = "comment";
    tokens.push(token);
  }
  return tokens;
}

function kindOf({ groups }: RegExpExecArray): Token["kind"] | undefined {
  for (const kind of ["word", "sign", "string", "number", "comment"] as const) if (groups?.[kind] !== undefined) return kind;
  return undefined;
}

/** A string that is a statement of its own at the top of a block or a file. */
function isDocstring(token: Token, previous: Token | undefined, text: string): boolean {
  const line = text.slice(text.lastIndexOf("\n", token.start - 1) + 1, token.start);
  return line.trim() === "" && (previous === undefined || previous.text === ":" || previous.kind === "comment") && /^\s*(\n|$)/.test(text.slice(token.end));
}

/** What a formatter may change is the same afterwards: the kind of quotes, semicolons at a line's end, commas before a closing bracket. */
export function significant(tokens: readonly Token[], { semicolons = false } = {}): string[] {
  const result: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "comment") continue;
    const next = tokens[index + 1]?.text ?? "";
    if (token.text === "," && /^[)\]}]$/.test(next)) continue;
    if (token.text === ";" && !semicolons) continue;
    result.push(token.kind === "string" ? token.text.replace(/^'([^'"\\]*)'$/, "\"$1\"") : token.text);
  }
  return result;
}

export function isWord(text: string): boolean {
  return /^[@$]*[\p{L}_][\p{L}\p{N}_$]*[!?]?$/u.test(text);
}
