// How a repository writes its subjects, learnt from its history: one small change is written in the convention of each.
import { strict as assert } from "node:assert";
import { compose } from "../../src/core/commit/compose.js";
import { learn, LONGEST_SUBJECT } from "../../src/core/commit/convention.js";
import { type Facts, findFacts } from "../../src/core/commit/facts.js";
import { applyTemplate } from "../../src/core/commit/template.js";
import { conjugate } from "../../src/core/commit/tense.js";
import type { ChangedFile, ChangeSet } from "../../src/protocol/commit.js";
import { readHistories } from "../fixtures/commit/read.js";
import { openForTests } from "../fixtures/syntax.js";

const change = (over: Partial<ChangeSet>): ChangeSet => ({ source: "staged", files: [], first: false, history: [], convention: "auto", ...over });
const found = (path: string): Facts => ({
  facts: [{ phrase: "add", args: ["guardOf"], type: "feat", weight: 90, paths: [path] }],
  files: [{ file: { path, status: "added", added: 10, removed: 0 }, kind: "source" }], counted: [],
});
const subjectIn = (over: Partial<ChangeSet>, path = "src/guard.ts"): string => {
  const whole = change(over);
  return compose(whole, found(path), learn(whole.history, whole.convention)).subject;
};

describe("the convention of a history", () => {
  for (const { name, fields, history } of readHistories()) {
    it(`is learnt: ${name}`, () => {
      const convention = learn(history, "auto");
      const learnt: Record<string, string> = {
        form: convention.form.kind, capital: String(convention.capital), tense: convention.tense, stop: String(convention.fullStop), language: convention.language,
        gitmoji: convention.gitmoji, brackets: String(convention.form.kind === "typed" && convention.form.brackets), ticket: `${convention.ticket?.before ?? ""}${fields.get("branch")?.match(/[A-Z]+-\d+/)?.[0] ?? ""}${convention.ticket?.after ?? ""}`.trim(),
      };
      for (const [key, value] of fields) if (key in learnt) assert.equal(learnt[key], value, key);
      const subject = subjectIn({ history, ...fields.has("branch") && { branch: fields.get("branch")! } }, fields.get("path"));
      assert.ok(fields.get("subject")!.split("|").includes(subject), `${subject} instead of ${fields.get("subject")!}`);
      assert.ok(convention.length <= LONGEST_SUBJECT);
    });
  }

  it("gives way to the setting", () => {
    const { history } = readHistories().find(({ name }) => name === "angular")!;
    assert.equal(subjectIn({ history, convention: "plain" }), "add guardOf");
    assert.equal(subjectIn({ convention: "conventional" }), "feat: add guardOf");
    assert.equal(subjectIn({ convention: "auto" }), "Add guardOf");
  });

  it("gives way to what has been typed", () => {
    assert.equal(subjectIn({ convention: "conventional", draft: "fix: " }), "fix: add guardOf");
  });

  it("has no ticket where the branch has none", () => {
    const { history } = readHistories().find(({ name }) => name === "ticket-prefix")!;
    assert.equal(subjectIn({ history, branch: "main" }), "Add guardOf");
  });

  it("repeats the form of the last release", () => {
    const release = (history: string[]): string => {
      const whole = change({ history: history.map((subject) => ({ subject, hasBody: false, files: [] })) });
      const facts: Facts = { ...found("package.json"), facts: [{ phrase: "release", args: ["2.0.0"], type: "chore", weight: 40, paths: ["package.json"] }] };
      return compose(whole, facts, learn(whole.history, "auto")).subject;
    };
    assert.equal(release(["Fix it", "v1.9.0"]), "v2.0.0");
    assert.equal(release(["Fix it", "Release 1.9.0 (#12)"]), "Release 2.0.0");
    assert.equal(release(["Fix it", "chore(release): 1.9.0"]), "chore(release): 2.0.0");
  });

  it("knows the habit for dependencies", () => {
    const history = ["feat: a page", "chore(deps): bump vite from 4.1.0 to 4.2.0", "fix: a bug", "feat: a list", "fix: the list"].map((subject) => ({ subject, hasBody: false, files: [] }));
    const whole = change({ history });
    const facts: Facts = {
      ...found("package.json"), facts: [{ phrase: "bump", args: ["zod", "3.0.0", "3.1.0"], type: "build", weight: 38, paths: ["package.json"] }],
      files: [{ file: { path: "package.json", status: "modified", added: 1, removed: 1 }, kind: "manifest" }],
    };
    assert.equal(compose(whole, facts, learn(history, "auto")).subject, "chore(deps): bump zod from 3.0.0 to 3.1.0");
  });
});

describe("a subject's length", () => {
  it("is kept however long and however many the names are", () => {
    for (let size = 1; size < 120; size += 7) {
      for (const count of [1, 2, 5, 40]) {
        const names = Array.from({ length: count }, (_, i) => `${"n".repeat(size)}${i}`).join("\u0001");
        const facts: Facts = { ...found("src/a.ts"), facts: [{ phrase: "addTo", args: [names, "o".repeat(size)], type: "feat", weight: 90, paths: ["src/a.ts"] }] };
        for (const convention of ["plain", "conventional"] as const) {
          const { subject } = compose(change({ convention }), facts, learn([], convention));
          assert.ok(subject.length <= LONGEST_SUBJECT, subject);
        }
      }
    }
  });
});

describe("a commit template", () => {
  it("keeps its fields and gets the ticket; its comments and its first line go", () => {
    assert.equal(applyTemplate("# Write well\n<type>: <subject>\n\nWhy:\n\nTicket: \n", "feat: add a", "", "ABC-1"), "feat: add a\n\nWhy:\n\nTicket: ABC-1");
    assert.equal(applyTemplate("\n\nSigned-off-by: A <a@example.org>\n", "Add a", "- b", undefined), "Add a\n\n- b\n\nSigned-off-by: A <a@example.org>");
    assert.equal(applyTemplate("# only comments\n", "Add a", "", undefined), "Add a");
    assert.equal(applyTemplate(undefined, "Add a", "", undefined), "Add a");
  });
});

describe("English verbs", () => {
  const cases: [verb: string, past: string, present: string, gerund: string][] = [
    ["add", "added", "adds", "adding"], ["move", "moved", "moves", "moving"], ["simplify", "simplified", "simplifies", "simplifying"],
    ["make", "made", "makes", "making"], ["set", "set", "sets", "setting"], ["cache", "cached", "caches", "caching"], ["log", "logged", "logs", "logging"],
  ];
  for (const [verb, past, present, gerund] of cases) {
    it(verb, () => assert.deepEqual([conjugate(verb, "past"), conjugate(verb, "present"), conjugate(verb, "gerund")], [past, present, gerund]));
  }
});

describe("a change of 500 files", function () {
  this.timeout(60_000);
  it("is understood within the budget, and what was not looked into is counted", async () => {
    const syntax = await openForTests("typescript");
    const files = Array.from({ length: 500 }, (_, i): ChangedFile => {
      const before = Array.from({ length: 40 }, (_, j) => `export function f${i}_${j}(a: number) {\n  return a + ${j};\n}\n`).join("\n");
      return { path: `src/part${i % 20}/f${i}.ts`, status: "modified", added: 41, removed: 40, before, after: `${before.replaceAll("a + ", "a - ")}\nexport const g${i} = ${i};\n` };
    });
    const whole = change({ files });
    const [begun, used] = [performance.now(), process.cpuUsage()];
    const facts = findFacts(whole, syntax);
    const { subject, body } = compose(whole, facts, learn([], "auto"));
    const { user, system } = process.cpuUsage(used); // what it takes of a processor, however many others want it
    console.log(`      500 files: ${Math.round(performance.now() - begun)} ms, ${Math.round((user + system) / 1000)} of a processor, ${files.length - facts.counted.length} looked into, ${subject}`);
    assert.ok(subject.length <= LONGEST_SUBJECT);
    assert.ok(facts.counted.length > 0);
    assert.match(body, new RegExp(`${facts.counted.length} files not looked into \\(\\+\\d+ -\\d+\\)`));
  });
});
