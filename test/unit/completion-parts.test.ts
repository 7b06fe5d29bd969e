// The parts of completion that the golden files do not draw: scanner, place, stop rules, cache, wait.
import { strict as assert } from "node:assert";
import { scan } from "../../src/core/completion/brackets.js";
import { createCache } from "../../src/core/completion/cache.js";
import { withoutClosers } from "../../src/core/completion/closers.js";
import { lexisOf } from "../../src/core/completion/lexis.js";
import { indentUnit, placeOf } from "../../src/core/completion/place.js";
import { inTime, stopRules } from "../../src/core/completion/stop.js";
import type { CompletionRequest } from "../../src/core/completion/request.js";
import { planRequest } from "../../src/core/completion/trigger.js";
import { pause, waitMs } from "../../src/core/completion/wait.js";
import { sourceDocument } from "./completion-fake.js";

const at = (drawn: string, path = "a.ts") => placeOf(sourceDocument(path, drawn.replace("▮", "")), drawn.indexOf("▮"));

describe("what the editor closes by itself", () => {
  const context = (drawn: string) => ({ neighbours: [], path: "a.ts", outline: "", prefix: drawn.split("▮")[0]!, suffix: drawn.split("▮")[1]!, parts: [] });
  const suffixFirst = { family: "x", layout: ["{suffix}", "{prefix}"] };
  const suffixOf = (drawn: string, format = suffixFirst): string => withoutClosers(context(drawn), format, at(drawn)).suffix;

  it("is left out of a prompt that begins with the suffix", () => {
    assert.equal(suffixOf("a\nfoo(▮)\nb"), "\nb");
    assert.equal(suffixOf("foo([\"▮\"])"), "");
    assert.equal(suffixOf("foo(a, [b▮]\nb"), "\nb");
  });
  it("stays where it is more than that: opened further up, or with something behind it", () => {
    for (const rest of [")\nb", "", ");\nb", ") {\n}"]) assert.equal(suffixOf(`foo(\n  a▮${rest}`), rest);
    assert.equal(suffixOf("foo(▮);\nb"), ");\nb");
    assert.equal(suffixOf("foo(a)▮)\nb"), ")\nb");
    assert.equal(suffixOf("`\nit's (▮'`\nb"), "'`\nb");
  });
  it("stays where the prompt begins with something else", () => {
    assert.equal(suffixOf("foo(▮)\nb", { family: "x", layout: ["{prefix}", "{suffix}"] }), ")\nb");
  });
});

describe("what is open", () => {
  const cases: [languageId: string, text: string, open: string[]][] = [
    ["typescript", "foo(a, [b, {c: `x${", ["(", "[", "{", "`", "${"]],
    ["typescript", "foo(a) // (\n", []],
    ["typescript", "const a = '(\n", []],
    ["typescript", "a = /[(]/.test(b", ["("]],
    ["typescript", "a = b / c / (d", ["("]],
    ["typescript", "\"it's\" + ('", ["(", "'"]],
    ["typescript", "/* ( ", ["/*"]],
    ["rust", "fn f<'a>(x: &'a str, c: char) { c == '(' ", ["{"]],
    ["python", "x = \"\"\"(\n'", ["\"\"\""]],
    ["python", "x = '''a''' + f(\"", ["(", "\""]],
    ["shellscript", "echo $# ${#a} ( # (", ["(", "#"]],
    ["c", "if (a) { b(\"\\\"(\")", ["{"]],
  ];
  for (const [languageId, text, open] of cases) {
    it(`${languageId}: ${JSON.stringify(text)}`, () => assert.deepEqual(scan(text, lexisOf(languageId)).open, open));
  }

  it("knows what the document never closes", () => {
    assert.deepEqual([...at("f(g(▮)\n").unclosed].filter(([, count]) => count > 0), [["(", 1]]);
    assert.deepEqual([...at("if (a) {\n  f(▮)\n}\n").unclosed], []);
    const long = "\n  g(1);".repeat(4000);
    assert.deepEqual([...at(`if (a) {\n  f(▮${long}\n}\n`).unclosed], [["(", 1]], "however long the rest is, it closes what stood open before the line, and no more");
  });
});

describe("the unit of indentation", () => {
  it("is what the document steps by", () => {
    assert.equal(indentUnit("a {\n  b {\n    c\n  }\n}"), "  ");
    assert.equal(indentUnit("a {\n\tb {\n\t\tc\n"), "\t");
    assert.equal(indentUnit("/**\n * a\n * b\n */\na:\n    b\n"), "    ");
    assert.equal(indentUnit("a\nb\n"), undefined);
  });
});

describe("the plan", () => {
  const plan = (drawn: string, path = "a.ts") => {
    const planned = planRequest(at(drawn, path), { automatic: true }, { inComments: true, inStrings: true }, () => undefined);
    return planned.ask ? planned.maxLines > 1 ? "block" : "line" : planned.reason;
  };
  const cases: [drawn: string, expected: string, path?: string][] = [
    ["const a = ▮", "line"],
    ["foo(▮)", "line"],
    ["foo(\"▮\");", "line"],
    ["if (▮) {\n}", "line"],
    ["list.map((▮) => {\n});", "line"],
    ["<div>▮</div>", "line", "a.tsx"],
    ["na▮me = 1", "inside-identifier"],
    ["a = ▮ + 1", "text-after-cursor"],
    ["function f() {\n  ▮\n}", "block"],
    ["function f() {\n  ▮\n  return 1;\n}", "line"],
    ["function f() {\n  one();\n  ▮\n}", "line"],
    ["function f() {\n  const ▮\n}", "line"],
    ["def f():\n    ▮\n", "block", "a.py"],
    ["def f():\n    x = 1\n    ▮\n", "line", "a.py"],
    ["# Adds two numbers.\n▮\n", "block", "a.py"],
    ["# Adds two numbers.\n▮\n\nother()\n", "block", "a.py"],
    ["# Adds two numbers.\n▮\nother()\n", "line", "a.py"],
  ];
  for (const [drawn, expected, path] of cases) it(`${JSON.stringify(drawn)}: ${expected}`, () => assert.equal(plan(drawn, path), expected));

  it("is a block after an accepted suggestion, and never one with the suggestion list open", () => {
    const settings = { inComments: true, inStrings: true };
    const lines = (request: CompletionRequest) => planRequest(at("one();▮"), request, settings, () => undefined);
    assert.deepEqual(lines({ automatic: true, afterAccept: true }), { ask: true, maxLines: 6, maxTokens: 96 });
    assert.deepEqual(lines({ automatic: true, afterAccept: true, selected: { range: [0, 0], text: "" } }), { ask: true, maxLines: 1, maxTokens: 40 });
  });
});

describe("stop rules", () => {
  /** What is decoded of a text that comes character by character. */
  const decoded = (drawn: string, says: string, maxLines: number) => {
    const rules = stopRules(at(drawn), maxLines);
    for (let length = 1; length <= says.length; length += 1) {
      for (const rule of rules) {
        const end = rule(says.slice(0, length));
        if (end !== undefined) return { text: says.slice(0, end), pulled: length };
      }
    }
    return { text: says, pulled: says.length };
  };

  it("a line ends at its line break", () => {
    assert.deepEqual(decoded("const a = ▮", "one;\ntwo;\n", 1), { text: "one;", pulled: 5 });
  });
  it("also where it begins with one", () => {
    assert.equal(decoded("if (a) {▮\n}", "\n  one;\ntwo;\n", 1).text, "\n  one;");
  });
  it("a block ends where the indentation falls below its own", () => {
    assert.equal(decoded("def f():\n  ▮\n", "a\n  b\n    c\nd\n", 9).text, "a\n  b\n    c\n");
  });
  it("a block ends at a blank line", () => {
    assert.equal(decoded("{\n  ▮\n}", "a\n  b\n\n  c\n", 9).text, "a\n  b\n");
  });
  it("a block ends before a bracket that is there already", () => {
    assert.equal(decoded("{\n  ▮\n}", "a\n}\nb\n", 9).text.trimEnd(), "a");
  });
  it("but not before one that is missing", () => {
    assert.equal(decoded("{\n  ▮\n", "a\n}\nb\n", 9).text, "a\n}");
  });
  it("a block ends before the line that comes next", () => {
    assert.equal(decoded("{\n  ▮\n  return value;\n}", "a\n  return value;\n  more\n", 9).text, "a\n");
  });
  it("a block has its lines counted", () => {
    assert.equal(decoded("{\n  ▮\n}", "a\n  b\n  c\n  d\n", 3).text, "a\n  b\n  c");
  });
  it("a loop is left early", () => {
    assert.ok(decoded("x = ▮", `a${".next".repeat(40)}`, 1).pulled < 30);
  });
  it("when it gets late, whole lines must do", () => {
    assert.equal(inTime(() => true)("one\ntwo"), 3);
    assert.equal(inTime(() => true)("\none"), undefined);
    assert.equal(inTime(() => false)("one\ntwo"), undefined);
  });
});

describe("the cache", () => {
  const text = (line: string) => `above\n${line}\nbelow\n`;
  const place = (line: string): [string, string, number] => ["file:///a.ts", text(line), 6 + line.length];

  it("is asked from where the suggestion was made onwards, not before", () => {
    const cache = createCache();
    cache.remember(...place("foo.b"), { text: "ar()" });
    assert.deepEqual(cache.find(...place("foo.ba")), { text: "r()" });
    assert.deepEqual(cache.find(...place("foo.b")), { text: "ar()" });
    assert.equal(cache.find(...place("foo.")), undefined);
    assert.equal(cache.find(...place("foo.bar()")), undefined);
    assert.equal(cache.find(...place("foo.c")), undefined);
  });

  it("heeds what stands above, below, and in which file", () => {
    const cache = createCache();
    cache.remember("file:///a.ts", "above\nfo\nbelow", 8, { text: "o" });
    assert.ok(cache.find("file:///a.ts", "above\nfo\nbelow", 8));
    assert.equal(cache.find("file:///b.ts", "above\nfo\nbelow", 8), undefined);
    assert.equal(cache.find("file:///a.ts", "other\nfo\nbelow", 8), undefined);
    assert.equal(cache.find("file:///a.ts", "above\nfo\nother", 8), undefined);
    assert.equal(cache.find("file:///a.ts", "above\nfo = 1\nbelow", 8), undefined);
  });

  it("prefers what was found out last", () => {
    const cache = createCache();
    cache.remember(...place("foo"), { text: ".bar()" });
    cache.remember(...place("foo"), { text: ".baz()" });
    assert.deepEqual(cache.find(...place("foo.b")), { text: "az()" });
  });

  it("holds no more bytes than it may, and keeps the newest", () => {
    const cache = createCache(20_000);
    for (let i = 0; i < 500; i += 1) cache.remember(`file:///${i}.ts`, text("foo"), 9, { text: "x".repeat(100) });
    const kept = Array.from({ length: 500 }, (_, i) => cache.find(`file:///${i}.ts`, text("foo"), 9) !== undefined);
    assert.equal(kept[499], true);
    assert.ok(kept.filter(Boolean).length < 70);
  });
});

describe("the wait", () => {
  it("is none for a cheap prompt, and grows with the cost up to the typist's rhythm", () => {
    assert.equal(waitMs({ expectedMs: 40, typicalGapMs: 150 }), 0);
    const waits = [80, 120, 200, 1_000].map(expectedMs => waitMs({ expectedMs, typicalGapMs: 150 }));
    assert.deepEqual(waits, waits.toSorted((a, b) => a - b));
    assert.equal(waits.at(-1), 180);
  });
  it("rejects with the signal's reason", async () => {
    const controller = new AbortController();
    const waiting = pause(60_000, controller.signal);
    controller.abort(new Error("newer key"));
    await assert.rejects(waiting, /newer key/);
  });
});
