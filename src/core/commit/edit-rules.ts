// The rules about edits inside a symbol, in order. Patterns see tokens with a blank between them, because spacing is nobody's intention.
import type { Delta, EditRule } from "./edits.js";

const has = (pattern: RegExp, text: string): boolean => pattern.test(text);
/** In what came, and neither in what went nor anywhere before. */
const isNew = ({ came, before }: Delta, pattern: RegExp): boolean => has(pattern, came) && !has(pattern, ` ${before.join(" ")} `);
const word = "[\\p{L}_$@][\\p{L}\\p{N}_$]*[!?]?";
const path = `(?:\\* )?${word}(?: (?:\\.|->|::|\\?\\.) ${word})*`;
const pattern = (source: string): RegExp => new RegExp(source.replaceAll("PATH", path).replaceAll("WORD", word), "u");
const tight = (text: string): string => text.replace(/ /g, "");
const last = (text: string): string => tight(text).split(/\.|->|::|\?\./).at(-1)!;
const unquoted = (text: string): string => text.replace(/^["'`]+|["'`]+$/g, "");

const guards: readonly RegExp[] = [
  pattern("\\bif (?:\\( )?! (PATH) \\)?"),
  pattern("\\bif (?:\\( )?(PATH) (?:={2,3}|is) (?:null|undefined|nil|None|NULL|nullptr)\\b"),
  pattern("\\bif (?:\\( )?(?:null|undefined|nil|None|NULL|nullptr) ={2,3} (PATH)"),
  pattern("\\bif not (PATH) :"),
  pattern("\\bunless (PATH)"),
  pattern("\\b(?:return|next) (?:\\S+ )?if (PATH) \\. nil\\?"),
  pattern("\\blet Some \\( (?:ref )?WORD \\) = (PATH) else"),
  pattern("\\bguard let (WORD)"),
];
const emptiness: readonly RegExp[] = [
  pattern("\\bif (?:\\( )?(PATH) \\. (?:length|size|Count|len)(?: \\( \\))? ={2,3} 0"),
  pattern("\\bif (?:\\( )?len \\( (PATH) \\) == 0"),
  pattern("\\bif (?:\\( )?(PATH) \\. (?:is_empty|isEmpty|empty\\?|empty|blank\\?)"),
  pattern("\\bif (?:\\( )?(?:empty|string\\.IsNullOrEmpty) \\( (PATH) \\)"),
];

function guarded({ came }: Delta, patterns: readonly RegExp[]): string | undefined {
  for (const candidate of patterns) {
    const match = candidate.exec(came);
    if (match && !/^(err|error|ok)$/.test(last(match[1]!))) return last(match[1]!).replace(/[?!]$/, "");
  }
  return undefined;
}

/** `a.b` became `a?.b`. */
function chained({ hunks, before, after }: Delta): string | undefined {
  for (const { removed, added, after: at } of hunks) {
    if (/^(\?\.|&\.)$/.test(added[0] ?? "") && (removed[0] === "." || removed[0] === undefined)) return after[at - 1];
  }
  const operator = /^(\?\?|\?:)$/;
  const hunk = hunks.find(({ added }) => operator.test(added[0] ?? "") && !before.includes(added[0]!));
  return hunk ? after.slice(0, hunk.after).findLast((text) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(text)) : undefined;
}

const debugCall = /^(console|print|println|printf|dbg|var_dump|debugger|System|fmt|pp|puts|p|log|echo|alert)$/;
const logCall = /\b(?:log|logger|slog|logging|Log|_logger|LOG|tracing|winston|console)\s(?:\.|::)\s(\w+) \(/;

function onlyStatements({ removed, added, hunks }: Delta, starts: RegExp): boolean {
  return added.length === 0 && removed.length > 0 && hunks.every((hunk) => starts.test(hunk.removed[0] ?? "") || (/^[;)]$/.test(hunk.removed[0] ?? "") && starts.test(hunk.removed[1] ?? "")));
}

function onlyMessage({ hunks }: Delta): [string, string] | undefined {
  const [hunk] = hunks;
  if (hunks.length !== 1 || hunk?.removed.length !== 1 || hunk.added.length !== 1) return undefined;
  const [a, b] = [hunk.removed[0]!, hunk.added[0]!];
  return /^f?["'`]/.test(a) && /^f?["'`]/.test(b) && /\s/.test(a) && /\s/.test(b) ? [a, b] : undefined;
}

function isTypo(a: string, b: string): boolean {
  const wordsA = a.split(/\s+/);
  const wordsB = b.split(/\s+/);
  return wordsA.length === wordsB.length && wordsA.filter((text, index) => text !== wordsB[index]).length <= 2;
}

/** One literal in the place of another. */
function literalChange({ hunks }: Delta): [string, string] | undefined {
  const [hunk] = hunks;
  if (hunks.length !== 1 || hunk?.removed.length !== 1 || hunk.added.length !== 1) return undefined;
  const literal = /^(\d|["'`]\S*["'`]$|true$|false$|True$|False$)/;
  const [from, to] = [unquoted(hunk.removed[0]!), unquoted(hunk.added[0]!)];
  const canBeSaid = from !== "" && to !== "" && !`${from} ${to}`.includes("REDACTED");
  return canBeSaid && literal.test(hunk.removed[0]!) && literal.test(hunk.added[0]!) ? [from, to] : undefined;
}

function oneWordForAnother({ hunks, languageId }: Delta): [string, string] | undefined {
  const pairs = new Set(hunks.map(({ removed, added }) => `${removed.join(" ")} ${added.join(" ")}`));
  const [hunk] = hunks;
  if (pairs.size !== 1 || hunk?.removed.length !== 1 || hunk.added.length !== 1 || languageId === "shellscript") return undefined;
  const [from, to] = [hunk.removed[0]!, hunk.added[0]!];
  return /^[\p{L}_$]/u.test(from) && /^[\p{L}_$]/u.test(to) ? [to, from] : undefined;
}

export const annotationOnly = ({ hunks, removed }: Pick<Delta, "hunks" | "removed">): boolean =>
  removed.length === 0 && hunks.length > 0 && hunks.every(({ added }) => /^(:|->)$/.test(added[0] ?? "") && added.length > 1);

const faster = /\b(HashSet|HashMap|BTreeMap|StringBuilder|StringBuffer|with_capacity|Promise \. all|unordered_map|unordered_set|frozenset|bisect|lru_cache|reserve|parallelStream|par_iter|strings \. Builder|sync \. Pool|bulk_create|bulkWrite|insert_all|ConcurrentHashMap|EnumMap|requestAnimationFrame|Uint8Array|yield_per)\b/;
const slower = /\b(contains|includes|indexOf|index|find|some|append|Vec|concat)\b|\+=/;

const table: readonly EditRule[] = [
  { id: "debug output", type: "chore", phrase: "removeDebug", fits: (d) => (onlyStatements(d, debugCall) ? [d.name] : undefined) },
  { id: "annotations", type: "refactor", phrase: "typeHints", fits: (d) => (annotationOnly(d) ? [d.name] : undefined) },
  { id: "typo", type: "fix", phrase: "typo", weight: 50, fits: (d) => { const m = onlyMessage(d); return m && isTypo(...m) ? [d.name] : undefined; } },
  { id: "message", type: "fix", phrase: "reword", weight: 38, fits: (d) => (onlyMessage(d) ? [d.name] : undefined) },
  { id: "shell quotes", type: "fix", phrase: "quote", fits: (d) => (d.languageId === "shellscript" && d.added.some((t) => /^"[^"]*\$/.test(t)) && d.removed.some((t) => t.includes("$")) && d.added.every((t) => !/^\w/.test(t)) ? [d.name] : undefined) },
  { id: "lock", type: "fix", phrase: "lock", weight: 64, fits: (d) => {
    const name = pattern("(?:lock_guard|unique_lock|scoped_lock)[^(\\n]*\\( (WORD) \\)").exec(d.came)?.[1] ?? pattern("(PATH) \\. (?:Lock|RLock|lock|acquire|write|read) \\(").exec(d.came)?.[1] ?? pattern("synchronized \\( (PATH)|with (PATH) :").exec(d.came)?.slice(1).find(Boolean);
    return name !== undefined && isNew(d, /lock|synchronized|mutex/i) ? [last(name), d.name] : undefined;
  } },
  { id: "close", type: "fix", phrase: "close", weight: 64, fits: (d) => {
    const name = pattern("(?:defer|finally \\{|finally :) (PATH) \\. (?:Close|close|Release|release|Dispose|dispose|Stop|stop|Unlock|unlock|end|destroy)").exec(d.came)?.[1];
    return name !== undefined ? [tight(name), d.name] : undefined;
  } },
  { id: "dispose", type: "fix", phrase: "close", weight: 64, fits: (d) => {
    const at = d.hunks.find(({ added, removed }) => removed.length === 0 && /^(using|with)$/.test(added[0] ?? ""))?.after;
    const rest = at === undefined ? "" : d.after.slice(at, at + 8).join(" ");
    const name = pattern("^using (?:var|await|WORD) (WORD) =").exec(rest)?.[1] ?? pattern("^with .* as (WORD)").exec(rest)?.[1];
    return name !== undefined ? [name, d.name] : undefined;
  } },
  { id: "overflow", type: "fix", phrase: "overflow", weight: 64, fits: (d) => (isNew(d, /\b(checked|saturating|overflowing|wrapping)_\w+|\baddExact|multiplyExact/) ? [d.name] : undefined) },
  { id: "unsafe C", type: "fix", phrase: "useInstead", weight: 64, fits: (d) => {
    const [from, to] = [/\b(strcpy|strcat|sprintf|gets|vsprintf|strtok|atoi|eval|exec|innerHTML)\b/.exec(d.went)?.[1], /\b(snprintf|strn\w+|strlcpy|strlcat|strscpy|fgets|vsnprintf|strtok_r|strtol|literal_eval|textContent)\b/.exec(d.came)?.[1]];
    return from !== undefined && to !== undefined ? [to, from, d.name] : undefined;
  } },
  { id: "escape", type: "fix", phrase: "escape", weight: 64, fits: (d) => (isNew(d, /\b(htmlspecialchars|htmlentities|html_escape|escape\w*|encodeURI\w*|sanitize\w*|quoteattr|shlex|strip_tags|bleach|DOMPurify)\b/) ? [d.name] : undefined) },
  { id: "equality", type: "fix", phrase: "useInstead", weight: 62, fits: (d) => {
    const to = /\b(equals|isEqualTo|Objects|eql\?|strcmp|isclose|is_none)\b/.exec(d.came)?.[1] ?? (d.removed.length === 1 && d.added.length === 1 && /^(===|!==)$/.test(d.added[0]!) ? d.added[0] : undefined);
    const from = /\s(==|!=)\s/.exec(d.went)?.[1];
    return to !== undefined && from !== undefined ? [to, from, d.name] : undefined;
  } },
  { id: "async", type: "refactor", phrase: "asyncAwait", fits: (d) => (/\. then \(/.test(d.went) && /\bawait\b/.test(d.came) ? [d.name] : undefined) },
  { id: "await", type: "fix", phrase: "await", weight: 64, fits: (d) => {
    if (d.removed.length > 2 || !d.added.includes("await") || !d.added.every((t) => /^(await|async|\(|\)|Promise|<|>|void|:)$/.test(t))) return undefined;
    const at = d.hunks.find(({ added }) => added.includes("await"))!.after;
    const name = pattern("await (?:\\( )?(PATH)").exec(d.after.slice(at, at + 12).join(" "))?.[1];
    return name !== undefined ? [last(name), d.name] : undefined;
  } },
  { id: "cache", type: "perf", phrase: "cache", weight: 64, fits: (d) => (isNew(d, /\b\w*([cC]ached?|[mM]emo(ized?)?)\b/) ? [d.name] : undefined) },
  { id: "faster", type: "perf", phrase: "use", weight: 62, fits: (d) => {
    const name = faster.exec(d.came)?.[1];
    return name !== undefined && isNew(d, faster) && (slower.test(d.went) || /parallel|par_iter|lru|bulk|all/.test(name)) ? [tight(name), d.name] : undefined;
  } },
  { id: "loads ahead", type: "perf", phrase: "use", weight: 62, fits: (d) => {
    const name = /\b(bulk_\w+|select_related|prefetch_related|eager_load|preload|joinedload|selectinload)\b/.exec(d.came)?.[1] ?? (d.languageId === "ruby" ? /\b(includes) \(/.exec(d.came)?.[1] : undefined);
    return name !== undefined && !d.before.includes(name) ? [name, d.name] : undefined;
  } },
  { id: "empty", type: "fix", phrase: "handleEmpty", weight: 64, fits: (d) => { const name = guarded(d, emptiness); return name === undefined ? undefined : [name, d.name]; } },
  { id: "missing", type: "fix", phrase: "handleMissing", weight: 64, fits: (d) => { const name = guarded(d, guards) ?? chained(d); return name === undefined ? undefined : [name, d.name]; } },
  { id: "no panic", type: "fix", phrase: "handleErrors", weight: 62, fits: (d) => (/\b(unwrap|expect|panic)\b/.test(d.went) && /\?(?=\s)|\b(map_err|ok_or|ok_or_else|unwrap_or|unwrap_or_default)\b/.test(d.came) ? [d.name] : undefined) },
  { id: "errors", type: "fix", phrase: "handleErrors", weight: 62, fits: (d) => (isNew(d, /\b(catch|except|rescue)\b/) || (isNew(d, /\bif err != nil\b/) && d.removed.length < 12) ? [d.name] : undefined) },
  { id: "reject", type: "fix", phrase: "reject", weight: 60, fits: (d) => {
    const name = pattern("\\bif (?:\\( )?(?:not |! )?(?:WORD \\( )?(PATH)[^\\n]*\\b(?:throw|raise|panic|abort|bail|Err)\\b").exec(d.came)?.[1];
    return name !== undefined && d.removed.length < 8 ? [last(name), d.name] : undefined;
  } },
  { id: "bounds", type: "fix", phrase: "bounds", fits: (d) => {
    const small = d.removed.length <= 3 && d.added.length <= 4 && d.hunks.length <= 2;
    const signs = [...d.removed, ...d.added].every((t) => /^([<>]=?|[+-]|[01]|[()])$/.test(t));
    return small && signs && d.kind === "function" ? [d.name] : undefined;
  } },
  { id: "pattern", type: "fix", phrase: "pattern", fits: (d) => (d.hunks.some(({ before: at, removed, added }) => removed.length + added.length <= 12 && d.before.slice(Math.max(0, at - 4), at + removed.length + 2).includes("\\")) ? [d.name] : undefined) },
  { id: "logging", type: "feat", phrase: "log", weight: 50, fits: (d) => (d.removed.length <= 2 && logCall.test(d.came) && d.hunks.length <= 3 && d.hunks.every(({ added, removed }) => added.length === 0 || logCall.test(` ${added.join(" ")} `) || removed.length > 0) ? [d.name] : undefined) },
  { id: "case", type: "feat", phrase: "supportIn", weight: 58, fits: (d) => {
    const name = pattern("(?:\\bcase|\\bwhen|\\belif \\S+ ==) (PATH|[\"'][^\"']+[\"']) ?(?:,|:|->|=>|\\n|then|\\(|\\{)").exec(d.came)?.[1] ?? (/^(rust|csharp|php|)$/.test(d.languageId) ? pattern("(PATH)(?: \\{[^}]*\\}| \\([^)]*\\))? =>").exec(d.came)?.[1] : undefined);
    return name !== undefined && d.removed.length === 0 ? [last(unquoted(name)), d.name] : undefined;
  } },
  { id: "literal", type: "fix", phrase: "change", weight: 56, fits: (d) => { const pair = literalChange(d); return pair && d.kind !== "function" ? [d.name, ...pair] : undefined; } },
  { id: "literal inside", type: "fix", phrase: "changeIn", weight: 54, fits: (d) => { const pair = literalChange(d); return pair ? [...pair, d.name] : undefined; } },
  { id: "another word", type: "fix", phrase: "useInstead", weight: 52, fits: (d) => { const pair = oneWordForAnother(d); return pair ? [...pair, d.name] : undefined; } },
  { id: "setting", type: "fix", phrase: "setIn", weight: 48, fits: (d) => {
    const name = d.removed.length === 0 && d.added.length < 16 ? pattern("(?:^|[({,;\n]) (-*WORD(?:-[\\w-]+)?) [=:] (?!=)").exec(d.came)?.[1] : undefined;
    return name !== undefined && !/^(const|let|var|if|case|default|return)$/.test(name) ? [name, d.name] : undefined;
  } },
  { id: "condition", type: "fix", phrase: "check", weight: 46, fits: (d) => {
    const count = (list: readonly string[]): number => list.filter((text) => /^(if|elif|unless|guard|when)$/.test(text)).length;
    const name = count(d.after) > count(d.before) ? pattern("\\b(?:if|elif|unless) (?:\\( )?(?:! |not )?(PATH)").exec(d.came)?.[1] : undefined;
    return name !== undefined && d.removed.length < 20 ? [last(name), d.name] : undefined;
  } },
  { id: "simpler", type: "refactor", phrase: "simplify", weight: 50, fits: (d) => (d.added.length > 0 && d.removed.length > 8 && d.added.length < d.removed.length * 0.8 ? [d.name] : undefined) },
  { id: "call", type: "fix", phrase: "use", weight: 44, fits: (d) => {
    const known = new Set(d.before);
    const name = [...d.came.matchAll(/([\p{L}_$][\p{L}\p{N}_$]{3,}) \(/gu)].map((match) => match[1]!).find((text) => !known.has(text) && !/^(if|for|while|switch|catch|return|function|await|super|this|self|print\w*|String|Number|Boolean|Error|require)$/.test(text));
    return name !== undefined && d.kind === "function" && d.added.length < 60 ? [name, d.name] : undefined;
  } },
  { id: "only less", type: "refactor", phrase: "simplify", weight: 46, fits: (d) => (d.added.length === 0 && d.removed.length > 0 ? [d.name] : undefined) },
];

export const rules: readonly EditRule[] = table;
