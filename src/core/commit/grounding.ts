// Names in a model's words that the diff does not have: found, put right where one is meant that is there, otherwise refused.
import type { Facts } from "./facts.js";
import { namesOf } from "./merge.js";
import { SHORT } from "./symbols.js";

export interface Vocabulary {
  /** Words of the changed lines, the paths and the facts. */
  exact: ReadonlySet<string>;
  small: ReadonlyMap<string, string>;
}

/** Names that everybody may use. */
const common = new Set(["api", "apis", "async", "await", "ci", "cli", "css", "csv", "db", "dom", "eof", "eol", "faq", "git", "github", "gui", "html", "http", "https", "i18n", "id", "ids", "io", "ip", "ipv6", "java", "javascript",
  "json", "jwt", "l10n", "linux", "macos", "markdown", "mit", "node", "npm", "oauth", "ok", "os", "pdf", "php", "posix", "python", "readme", "regex", "rest", "rust", "sdk", "sql", "ssh", "ssl", "svg", "tcp", "tls", "toml", "ts",
  "typescript", "ui", "unicode", "uri", "url", "urls", "utc", "utf", "utf-8", "ux", "uuid", "windows", "xml", "yaml", "todo", "lsp", "ast", "cpu", "gpu", "i", "e.g", "i.e", "async/await", "and/or", "input/output", "read/write"]);

export function vocabularyOf({ facts, files }: Facts, also: readonly string[] = []): Vocabulary {
  const exact = new Set<string>();
  const add = (text: string): void => {
    for (const word of text.match(/[\p{L}\p{N}_$@-]+/gu) ?? []) {
      exact.add(word);
      for (const part of word.split("-")) exact.add(part);
    }
  };
  for (const { file } of files) {
    add(`${file.path} ${file.oldPath ?? ""}`);
    // Whole texts and not only lines: a hunk's surroundings are in a diff as well, and the function's name above it.
    if (file.before !== undefined && file.before.length + (file.after?.length ?? 0) < 400_000) add(file.before);
    if (file.after !== undefined && file.after.length < 400_000) add(file.after);
  }
  for (const { args } of facts) for (const arg of args) for (const name of namesOf(arg)) add(name.replace(SHORT, ""));
  for (const text of also) add(text);
  return { exact, small: new Map([...exact].map((word) => [word.toLowerCase(), word])) };
}

/** Code-like: it has a sign, a digit or a capital where plain words have none, or stands in backticks. */
const looksLikeName = (word: string, first: boolean): boolean =>
  /[_$@#]|\w[./:\\]\w|\p{Ll}\p{Lu}|\(\)$|^`|\p{L}\d|^--\w/u.test(word) || (!first && /^\p{Lu}/u.test(word)) || /^\p{Lu}{2,}/u.test(word);

export interface Grounded {
  text: string;
  /** Names that are nowhere in the diff. */
  unknown: string[];
}

export function ground(text: string, vocabulary: Vocabulary): Grounded {
  const unknown: string[] = [];
  const words = text.split(/(\s+)/).map((word, index) => {
    const bare = word.replace(/^[("'`*]+|[)"'`*.,;:!?]+$/g, "").replace(/\(\)$/, "");
    if (bare === "" || !looksLikeName(word.replace(/^[("'*]+/, ""), index === 0) || isKnown(bare, vocabulary)) return word;
    const meant = closest(bare, vocabulary);
    if (meant !== undefined) return word.replace(bare, meant);
    unknown.push(bare);
    return word;
  });
  return { text: words.join(""), unknown };
}

function isKnown(name: string, { exact, small }: Vocabulary): boolean {
  if (common.has(name.toLowerCase()) || /^v?\d[\d.,%x]*\w{0,3}$/.test(name) || exact.has(name)) return true;
  const parts = name.split(/[^\p{L}\p{N}_$]+/u).filter((part) => part !== "");
  return parts.length > 0 && parts.every((part) => exact.has(part) || common.has(part.toLowerCase()) || /^\d+$/.test(part) || (/^\p{Lu}?\p{Ll}+$/u.test(part) && small.has(part.toLowerCase())));
}

/** The one name that differs only in case, or in a letter or two. */
function closest(name: string, { exact, small }: Vocabulary): string | undefined {
  const same = small.get(name.toLowerCase());
  if (same !== undefined) return same;
  if (name.length < 6) return undefined;
  const near = [...exact].filter((other) => other[0] === name[0] && Math.abs(other.length - name.length) <= 2 && distance(other, name) <= (name.length > 8 ? 2 : 1));
  return near.length === 1 ? near[0] : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}
