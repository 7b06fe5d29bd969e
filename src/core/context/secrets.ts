// Keeps secrets out of prompts: which files are never read, and which literals are blacked out in what is read. A local model
// could still repeat a key into a commit message.
import type { Span } from "../syntax/outline.js";

const secretNames = /^(\.env(\..*)?|.*\.env|\.npmrc|\.pypirc|\.netrc|_netrc|\.pgpass|\.git-credentials|\.htpasswd|\.dockercfg|credentials(\.(json|ya?ml|ini|toml|xml))?|secrets?\.(json|ya?ml|ini|toml)|id_(rsa|dsa|ecdsa|ed25519).*|.*\.(pem|key|p12|pfx|jks|keystore|ppk|asc|gpg|kdbx|tfstate|tfvars))$/i;
const secretFolders = /(^|\/)(\.ssh|\.gnupg|\.aws)\//i;
const harmless = /^(\.env\.(example|sample|template|dist)|.*\.pub)$/i;

/** A file that never enters a prompt, by its name. Takes paths with either kind of slash. */
export function isSecretPath(path: string): boolean {
  const normal = path.replace(/\\/g, "/");
  const name = normal.slice(normal.lastIndexOf("/") + 1);
  return !harmless.test(name) && (secretNames.test(name) || secretFolders.test(normal));
}

const patterns: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{40,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|sk-(?:[a-z]+-)*[\w-]{20,}|[sr]k_(?:live|test)_\w{16,}|npm_[A-Za-z0-9]{36}|AIza[\w-]{35}|hf_[A-Za-z0-9]{30,})/g,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{5,}/g,
  /(?<=:\/\/[^\s:@/"'`]{1,64}:)[^\s:@/"'`$<{]{4,}(?=@)/g,
];

/** A literal behind a name that promises a secret; blacked out when it also looks random. */
const assigned = /(?:pass(?:word|wd|phrase)?|secret|token|api_?-?key|access_?-?key|private_?-?key|credential|auth)\w*["'\]]?\s*(?::\s*\w+\s*)?(?:=>?|:)\s*["'`]([^"'`\s]{8,})["'`]/gi;

/** Long runs of base64 or hex that look random, whatever they are called. */
const longRun = /(?<=["'`])[A-Za-z0-9+/_=-]{32,}(?=["'`])/g;

/** Where secrets stand in a text, in order, without overlaps. */
export function secretSpans(text: string): Span[] {
  const found: Span[] = [];
  for (const pattern of patterns) for (const match of text.matchAll(pattern)) found.push({ start: match.index, end: match.index + match[0].length });
  for (const match of text.matchAll(assigned)) {
    const value = match[1]!;
    if (looksRandom(value, 2.8)) found.push({ start: match.index + match[0].length - 1 - value.length, end: match.index + match[0].length - 1 });
  }
  for (const match of text.matchAll(longRun)) {
    if (looksRandom(match[0], 3.6)) found.push({ start: match.index, end: match.index + match[0].length });
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let last = -1;
  return found.filter(({ start, end }) => {
    if (start < last) return false;
    last = end;
    return true;
  });
}

/** Letters and digits mixed, and at least this many bits a character. */
function looksRandom(value: string, bits: number): boolean {
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= count / value.length * Math.log2(count / value.length);
  return entropy >= bits;
}

/** The text with its secrets blacked out. Never longer than before, and with the same lines. */
export function redact(text: string): string {
  return blackOut(text, 0, text.length, secretSpans(text));
}

/** How far beyond the window a secret may begin or end and still be recognized. */
const reach = 4_000;

/** Prefix and suffix of a window with the secrets in them blacked out, also one that the cursor is in. */
export function redactAround(text: string, offset: number, window: Span): [prefix: string, suffix: string] {
  const from = Math.max(0, window.start - reach);
  const spans = secretSpans(text.slice(from, window.end + reach)).map(({ start, end }) => ({ start: start + from, end: end + from }));
  return [blackOut(text, window.start, offset, spans), blackOut(text, offset, window.end, spans)];
}

function blackOut(text: string, from: number, to: number, spans: readonly Span[]): string {
  let result = "";
  let at = from;
  for (const span of spans) {
    const start = Math.max(span.start, from);
    const end = Math.min(span.end, to);
    if (start >= end) continue;
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]+/g, line => "REDACTED".slice(0, line.length));
    at = end;
  }
  return result + text.slice(at, to);
}
