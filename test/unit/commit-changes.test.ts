// What is said about real-looking changes: the right type, the right names, and no name that the diff does not have.
import { strict as assert } from "node:assert";
import { compose } from "../../src/core/commit/compose.js";
import { learn } from "../../src/core/commit/convention.js";
import { findFacts, languagesOf } from "../../src/core/commit/facts.js";
import type { ChangeSet } from "../../src/protocol/commit.js";
import { type ExpectedChange, readChanges } from "../fixtures/commit/read.js";
import { openForTests } from "../fixtures/syntax.js";

const LEAST_SHARE = 0.95;

describe("messages from facts", function () {
  this.timeout(60_000);
  for (const folder of ["changes", "unseen", "fresh"]) {
    const results: { expected: ExpectedChange; subject: string; type: boolean; names: boolean }[] = [];
    before(async () => {
      const changes = readChanges(folder);
      const syntax = await openForTests(...new Set(changes.flatMap(({ change }) => languagesOf(change))));
      for (const expected of changes) {
        const { change, types, names } = expected;
        const convention = learn(change.history, change.convention);
        const { subject, type } = compose(change, findFacts(change, syntax), convention);
        results.push({ expected, subject, type: types.includes(type), names: names.every((name) => contains(subject, name)) });
      }
    });

    it(`have the right type and names (${folder})`, () => {
      for (const { expected, subject, type, names } of results) {
        if (process.env["INKLING_SHOW"] !== undefined || !type || !names) console.log(`      ${type ? "" : "[type] "}${names ? "" : "[names] "}${expected.name}: ${subject}   (${expected.wish})`);
      }
      const share = (right: number): string => `${right} of ${results.length} (${(100 * right / results.length).toFixed(1)} %)`;
      const [types, names, both] = [results.filter((one) => one.type), results.filter((one) => one.names), results.filter((one) => one.type && one.names)].map(({ length }) => length) as [number, number, number];
      console.log(`      ${folder}: type ${share(types)}, names ${share(names)}, both ${share(both)}`);
      assert.ok(both / results.length >= LEAST_SHARE, share(both));
    });

    it(`have at most 72 characters (${folder})`, () => {
      for (const { subject } of results) assert.ok(subject.length <= 72, subject);
    });

    it(`follow Conventional Commits (${folder})`, () => {
      for (const { subject } of results) assert.match(subject, /^(feat|fix|perf|refactor|docs|test|build|ci|style|chore)(\([\w.-]+\))?: \p{Ll}[^A-Z]|^chore\(release\): \d|^\w+: [^ ]+/u);
    });

    it(`name nothing that the diff does not have (${folder})`, () => {
      for (const { subject, expected } of results) {
        const text = diffText(expected.change);
        for (const name of namesIn(subject, text)) assert.ok(text.includes(name), `${name} in ${JSON.stringify(subject)} is not in the diff of ${expected.name}`);
      }
    });
  }
});

function contains(subject: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w])`).test(subject);
}

/** Everything that looks like code or a file: more than a word of small letters. */
function namesIn(subject: string, text: string): string[] {
  const description = subject.replace(/^\w+(\([^)]*\))?: /, "");
  return description.split(/\s+/).map((word) => word.replace(/^["(]|["),.]+$/g, "")).filter((word) => /[^\p{Ll}]/u.test(word) && !/^\d+$/.test(word) && word !== "async/await")
    // `Cache.Delete` names two things.
    .flatMap((word) => (text.includes(word) ? [word] : word.split(/#|::|\./)));
}

/** Paths, all lines of the files, and commits: deliberately not what the composer looks at. */
function diffText({ files }: ChangeSet): string {
  return files.map(({ path, oldPath, before, after, submodule }) => [path, oldPath, before, after, submodule?.before, submodule?.after].join("\n")).join("\n")
    .replace(/^/, [...files.flatMap(({ path }) => path.split("/"))].join("\n"));
}
