// Many random cursors in real files of 14 languages, with a model that knows the truth, garbles it, or repeats what it has seen:
// whatever it says, what is shown must fit the document.
import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { complete } from "../../src/core/completion/complete.js";
import type { CompletionAnswer, CompletionItem, TreeSource } from "../../src/core/completion/request.js";
import { indentUnit } from "../../src/core/completion/place.js";
import type { ComposedContext, SourceDocument } from "../../src/core/context/context.js";
import type { Syntax, SyntaxTree } from "../../src/core/syntax/parser.js";
import { fakeModel, plainContext, sourceDocument } from "./completion-fake.js";
import { depsFor, syntaxFor } from "./completion-setup.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = here("../fixtures/files/");
const files = readdirSync(folder).filter(name => !name.endsWith(".md"))
  .map(name => sourceDocument(name, readFileSync(folder + name, "utf8").replaceAll("\r\n", "\n")));

const positions = Number(process.env["INKLING_POSITIONS"] ?? 10_000);
const never = new AbortController().signal;
const kinds = ["true", "garbled", "elsewhere", "suffix"] as const;

interface Trial {
  kind: typeof kinds[number];
  whole: SourceDocument;
  /** What the user has: for `suffix` the whole file, otherwise without the rest of the cursor's line. */
  document: SourceDocument;
  offset: number;
  rest: string;
  says: string;
}

describe("completion at random places", () => {
  let syntax: Syntax;
  const wholeTrees = new Map<string, SyntaxTree>();
  before(async function () {
    this.timeout(60_000);
    syntax = await syntaxFor(...files.map(file => file.languageId));
    for (const file of files) {
      const tree = syntax.parse(file.languageId, file.text);
      assert.ok(tree, file.path);
      wholeTrees.set(file.path, tree);
    }
  });

  it(`fits the document at ${positions} of them`, async function () {
    this.timeout(positions * 20);
    const random = mulberry(20_261_123);
    let same = 0;
    let comparable = 0;
    let shown = 0;
    for (let i = 0; i < positions; i += 1) {
      const trial = makeTrial(kinds[i % kinds.length]!, random);
      const answer = await ask(trial, syntax, wholeTrees);
      check(trial, answer, i);
      const item = answer.items[0];
      if (item !== undefined) shown += 1;
      if (trial.kind !== "true" || trial.rest.trim() === "") continue;
      comparable += 1;
      if (item !== undefined && (item.text.startsWith(trial.rest.trim()) || trial.rest.startsWith(item.text))) same += 1;
    }
    assert.ok(shown > positions / 3, `only ${shown} suggestions came through, which proves little`);
    assert.ok(same / comparable > 0.97, `the truth was told ${comparable} times and came through only ${same} times`);
  });

  it("is answered without the model while the suggestion is typed, wherever that stops", async function () {
    this.timeout(positions * 20);
    const random = mulberry(7);
    let typed = 0;
    for (let i = 0; i < positions / 5; i += 1) {
      const trial = makeTrial("true", random);
      const { document, offset } = trial;
      const model = fakeModel(() => trial.says);
      const deps = depsFor(model, { compose: nearContext });
      const { items: [item] } = await complete(document, offset, { automatic: true }, deps, never);
      if (item === undefined || item.range[1] > offset) continue;
      typed += 1;
      const count = random(item.text.length);
      const text = document.text.slice(0, offset) + item.text.slice(0, count) + document.text.slice(offset);
      const answer = await complete({ ...document, text, version: 2 }, offset + count, { automatic: false }, deps, never);
      assert.deepEqual(answer.items, [{ text: item.text.slice(count), range: [offset + count, offset + count] }], `${document.path}:${offset}, ${count} of ${JSON.stringify(item.text)}`);
      assert.equal(model.prompts.length, 1);
    }
    assert.ok(typed > positions / 10);
  });

  it("begins with what is chosen in the suggestion list", async function () {
    this.timeout(positions * 20);
    const random = mulberry(8);
    let seen = 0;
    for (let i = 0; i < positions / 5; i += 1) {
      const trial = makeTrial("true", random);
      const { document, offset, rest } = trial;
      const before = /\w*$/.exec(document.text.slice(0, offset))![0];
      const after = /^\w*/.exec(rest)![0];
      if (before + after === "") continue;
      const range = [offset - before.length, offset] as const;
      const model = fakeModel(() => trial.says.slice(after.length));
      const { items: [item] } = await complete(document, offset, { automatic: true, selected: { range, text: before + after } }, depsFor(model, { compose: nearContext }), never);
      if (item === undefined) continue;
      seen += 1;
      assert.ok(item.text.startsWith(before + after) && item.text.length > (before + after).length, JSON.stringify(item));
      assert.equal(item.range[0], range[0]);
    }
    assert.ok(seen > positions / 20);
  });
});

/** The prompt does not matter to a fake model, so it is kept short. */
function nearContext(document: SourceDocument, offset: number): ComposedContext {
  const context = plainContext(document, offset);
  return { ...context, prefix: context.prefix.slice(-100), suffix: context.suffix.slice(0, 50) };
}

function makeTrial(kind: Trial["kind"], random: (below: number) => number): Trial {
  const whole = files[random(files.length)]!;
  const { text } = whole;
  const offset = random(text.length);
  const lineEnd = (text + "\n").indexOf("\n", offset);
  const rest = text.slice(offset, lineEnd);
  const document = { ...whole, text: kind === "suffix" ? text : text.slice(0, offset) + text.slice(lineEnd) };
  const truth = text.slice(offset, offset + 300);
  const other = random(text.length);
  const says = kind === "elsewhere" ? text.slice(other, other + 300) : kind === "suffix" ? text.slice(lineEnd).trimStart().slice(0, 300) : truth;
  return { kind, whole, document, offset, rest, says: kind === "garbled" ? garble(says, random) : says };
}

/** A few characters more or less, mostly brackets and quotes. */
function garble(text: string, random: (below: number) => number): string {
  let garbled = text;
  for (let i = 0; i < 4; i += 1) {
    const at = random(40);
    garbled = garbled.slice(0, at) + [")", "}", "]", "(", "{", "\"", ";", "\t", "\n", ""][random(10)]! + garbled.slice(at + random(3));
  }
  return garbled;
}

async function ask({ document, offset, says }: Trial, syntax: Syntax, wholeTrees: Map<string, SyntaxTree>): Promise<CompletionAnswer> {
  let tree: SyntaxTree | undefined;
  const trees: TreeSource = {
    of: ({ path, text }) => tree ??= syntax.reparse(wholeTrees.get(path)!, text)!,
    reparse: (old, text) => syntax.reparse(old, text),
  };
  const deps = depsFor(fakeModel(() => says), { trees, compose: nearContext });
  const answer = await complete(document, offset, { automatic: true }, deps, never);
  tree?.tree.delete();
  return answer;
}

function check(trial: Trial, answer: CompletionAnswer, number: number): void {
  const { document, offset, whole } = trial;
  const { text } = document;
  const item = answer.items[0];
  const where = `position ${number}, ${trial.kind}, ${document.path}: ${JSON.stringify(text.slice(Math.max(0, offset - 60), offset))} ▮ ${JSON.stringify(text.slice(offset, offset + 40))} , model says ${JSON.stringify(trial.says.slice(0, 120))} => ${JSON.stringify(item)}`;
  assert.notEqual(answer.reason, "engine-error", `${where}: ${String(answer.error)}`);
  assert.equal(answer.items.length, answer.reason === "shown" ? 1 : 0, where);
  if (item === undefined) return;
  const lineEnd = (text + "\n").indexOf("\n", offset);
  assert.equal(item.range[0], offset, `starts elsewhere: ${where}`);
  assert.ok(item.range[1] >= offset && item.range[1] <= lineEnd, `range leaves the line: ${where}`);
  assert.ok(contains(item.text, text.slice(offset, item.range[1])), `no editor would show it: ${where}`);
  assert.notEqual(item.text.trim(), "", `nothing to see: ${where}`);
  assert.ok(!saysNextLine(text, offset, lineEnd, item), `is there already: ${where}`);
  assert.ok(!doublesCloser(document, whole.text, item), `closes too much: ${where}`);
  assert.ok(keepsUnit(text, item), `other indentation: ${where}`);
}

/** VS Code shows a replacement as ghost text only if what it replaces stands in it, in order. */
function contains(text: string, part: string): boolean {
  return new RegExp(Array.from(part).map(char => char.replace(/\W/, "\\$&")).join("[^]*")).test(text);
}

function saysNextLine(text: string, offset: number, lineEnd: number, item: CompletionItem): boolean {
  const line = (text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset) + item.text.split("\n")[0]!).trim();
  const next = text.slice(lineEnd).trimStart().split("\n")[0]!.trim();
  return line === next && (next.match(/\w{2,}/g)?.length ?? 0) >= 2;
}

/** Plain counting, which cannot tell strings from code: suggestions with quotes or comments in them prove nothing here. */
function doublesCloser({ text, languageId }: SourceDocument, whole: string, { text: suggestion, range: [start, end] }: CompletionItem): boolean {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const before = text.slice(0, start);
  if (/["'`#]|\/[/*]|\*/.test(line + suggestion) || before.lastIndexOf("/*") > before.lastIndexOf("*/") || before.split('"""').length % 2 === 0) return false;
  const after = text.slice(0, start) + suggestion + text.slice(end);
  // The cases of a shell script have closing parentheses of their own.
  return (languageId === "shellscript" ? ["[]", "{}"] : ["()", "[]", "{}"]).some(([open, close]) => {
    const surplus = (of: string) => of.split(close!).length - of.split(open!).length;
    return surplus(after) > Math.max(surplus(text), surplus(whole));
  });
}

function keepsUnit(text: string, { text: suggestion }: CompletionItem): boolean {
  const unit = indentUnit(text);
  return suggestion.split("\n").slice(1).every(line => unit === "\t" ? !/^\t* {4}/.test(line) : !/^ *\t/.test(line));
}

/** A small generator of random numbers, the same on every machine. */
function mulberry(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * below);
  };
}
