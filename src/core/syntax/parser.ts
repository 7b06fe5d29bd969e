// Grammars and parsing: loads a language when it is first wanted, parses, and reparses after an edit. Whoever opens it owns it;
// there is no state of the module's own.
import { type Edit, Edit as TreeEdit, Language, Parser, type Point, Query, type Tree } from "web-tree-sitter";
import type { ReadAsset } from "./assets.js";
import { type LanguageData, languageById } from "./languages.js";
import { assemble, type Change, findAll, type Finding, type Outline, updateFindings } from "./outline.js";

/** A parsed text. `tree` lives in WebAssembly memory: whoever got it from {@link Syntax} deletes it. */
export interface SyntaxTree {
  readonly language: LanguageData;
  readonly text: string;
  readonly tree: Tree;
  readonly outline: Outline;
  /** What the outline was made of; an edit updates it instead of asking the whole tree again. */
  readonly findings: readonly Finding[];
}

export interface Syntax {
  /** Makes a language ready. False where there is no grammar for it; rejects where its files cannot be read. */
  load(languageId: string): Promise<boolean>;
  /** Whether the language is loaded. */
  knows(languageId: string): boolean;
  /** Undefined for a language that is not loaded, and for a text that the parser cannot make out in time. */
  parse(languageId: string, text: string): SyntaxTree | undefined;
  /** Parses the changed text, reusing what did not change. The old tree stays valid for its own text, and its owner's to delete. Undefined as for {@link parse}. */
  reparse(old: SyntaxTree, text: string): SyntaxTree | undefined;
}

interface Grammar {
  data: LanguageData;
  parser: Parser;
  query: Query;
}

/** Starts the WebAssembly runtime. Takes about 15 ms; each language 3 (CSS) to 100 (C++) more when it is loaded. */
export async function openSyntax(read: ReadAsset): Promise<Syntax> {
  const wasmBinary = await read("web-tree-sitter.wasm");
  await Parser.init({ wasmBinary });
  const ready = new Map<LanguageData, Grammar>();
  const loading = new Map<LanguageData, Promise<Grammar>>();
  return {
    async load(languageId) {
      const data = languageById(languageId);
      if (data === undefined) return false;
      const promise = loading.get(data) ?? loadGrammar(data, read);
      loading.set(data, promise);
      try {
        ready.set(data, await promise);
      } catch (error) {
        loading.delete(data); // so that a later call tries again
        throw error;
      }
      return true;
    },
    knows(languageId) {
      const data = languageById(languageId);
      return data !== undefined && ready.has(data);
    },
    parse(languageId, text) {
      const data = languageById(languageId);
      const grammar = data && ready.get(data);
      const tree = grammar && parseInTime(grammar.parser, text);
      if (!grammar || !tree) return undefined;
      const findings = findAll(tree, grammar.query);
      return { language: grammar.data, text, tree, findings, outline: assemble(findings) };
    },
    reparse(old, text) {
      const grammar = ready.get(old.language);
      if (grammar === undefined) throw new Error(`${old.language.ids[0]} belongs to another Syntax`);
      return reparse(grammar, old, text);
    },
  };
}

/** Ordinary files of a megabyte take half of it; some texts, such as 300,000 opening brackets, would take minutes. */
const PARSE_LIMIT_MS = 1500;

function parseInTime(parser: Parser, text: string, old?: Tree): Tree | undefined {
  const end = performance.now() + PARSE_LIMIT_MS;
  const tree = parser.parse(text, old, { progressCallback: () => performance.now() > end });
  if (tree) return tree;
  parser.reset(); // or it would go on where it was, with the next text
  return undefined;
}

function reparse(grammar: Grammar, old: SyntaxTree, text: string): SyntaxTree | undefined {
  if (old.text === text) return { ...old, tree: old.tree.copy() };
  const change = changeBetween(old.text, text);
  const edited = old.tree.copy();
  edited.edit(toEdit(old.text, text, change));
  const tree = parseInTime(grammar.parser, text, edited);
  if (!tree) {
    edited.delete();
    return undefined;
  }
  const dirty = edited.getChangedRanges(tree).map(range => ({ start: range.startIndex, end: range.endIndex }));
  edited.delete();
  const findings = updateFindings(old.findings, change, dirty, tree, grammar.query);
  return { language: grammar.data, text, tree, findings, outline: assemble(findings) };
}

async function loadGrammar(data: LanguageData, read: ReadAsset): Promise<Grammar> {
  const [wasm, ...sources] = await Promise.all([`tree-sitter-${data.grammar}.wasm`, ...data.queries.map(name => `${name}.scm`)].map(read));
  const language = await Language.load(wasm!);
  const parser = new Parser();
  parser.setLanguage(language);
  const decoder = new TextDecoder();
  return { data, parser, query: new Query(language, sources.map(source => decoder.decode(source)).join("\n")) };
}

/** The smallest single replacement that turns one text into the other. */
export function changeBetween(before: string, after: string): Change {
  const limit = Math.min(before.length, after.length);
  let start = 0;
  // Comparing blocks costs a tenth of comparing characters.
  while (start + block <= limit && before.slice(start, start + block) === after.slice(start, start + block)) start += block;
  while (start < limit && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  const most = limit - start;
  const same = (count: number) => before.slice(before.length - count - block, before.length - count) === after.slice(after.length - count - block, after.length - count);
  let end = 0;
  while (end + block <= most && same(end)) end += block;
  while (end < most && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1;
  return { start, oldEnd: before.length - end, newEnd: after.length - end };
}

const block = 1_024;

function toEdit(before: string, after: string, change: Change): Edit {
  const startPosition = pointAt(before, change.start, { row: 0, column: 0 }, 0);
  return new TreeEdit({
    startIndex: change.start, oldEndIndex: change.oldEnd, newEndIndex: change.newEnd, startPosition,
    oldEndPosition: pointAt(before, change.oldEnd, startPosition, change.start),
    newEndPosition: pointAt(after, change.newEnd, startPosition, change.start),
  });
}

/** Row and column of an offset, counted from a known point before it. */
function pointAt(text: string, offset: number, from: Point, fromOffset: number): Point {
  let { row } = from;
  let lineStart = fromOffset - from.column;
  for (let at = text.indexOf("\n", fromOffset); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    row += 1;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}
