// Counting suggestions: what is added up, what is written to disk by several windows at once, and whether an accepted text still stands.
import { strict as assert } from "node:assert";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { moved, stands } from "../../src/extension/statistics/fate.js";
import { openStatistics } from "../../src/extension/statistics/store.js";
import { byLanguage, dayOf, emptyTally, latest, medianWait, merge, parseDays, stepOf, totalOf } from "../../src/extension/statistics/tally.js";

const tally = (shown: number, accepted = 0) => ({ ...emptyTally(), shown, accepted });

describe("tallies", () => {
  it("are added up by day and language", () => {
    const days = merge({ "2026-01-01": { go: tally(1), c: tally(5) } }, { "2026-01-01": { go: tally(2, 1) }, "2026-01-02": { go: tally(3) } });
    assert.equal(totalOf(days).shown, 11);
    assert.equal(totalOf(days, "2026-01-01").shown, 8);
    assert.equal(totalOf(days, "2026-01-03").shown, 0);
    assert.deepEqual(byLanguage(days).map(([language, { shown, accepted }]) => [language, shown, accepted]), [["go", 6, 1], ["c", 5, 0]]);
  });

  it("know the median wait to about five percent", () => {
    for (const ms of [3, 40, 95, 400, 2500]) {
      const waits = Object.fromEntries([ms / 4, ms, ms * 7].map((each) => [stepOf(each), 1]));
      const median = medianWait({ ...emptyTally(), waits })!;
      assert.ok(Math.abs(median - ms) <= 0.06 * ms + 0.5, `${median} instead of ${ms}`);
    }
    assert.equal(medianWait(emptyTally()), undefined);
  });

  it("forget what is long ago", () => {
    const days = Object.fromEntries([3, 1, 2].map((day) => [`2026-01-0${day}`, { go: tally(day) }]));
    assert.deepEqual(Object.keys(latest(days, 2)), ["2026-01-02", "2026-01-03"]);
  });

  it("are read from a damaged file as far as they make sense", () => {
    assert.deepEqual(parseDays("{"), {});
    assert.deepEqual(parseDays("[1]"), {});
    const odd = { "2026-01-01": { go: { shown: 3, accepted: "many", kept: -1, waits: { 12: 2, x: 3 } } }, yesterday: { go: tally(1) } };
    assert.deepEqual(parseDays(JSON.stringify(odd)), { "2026-01-01": { go: { ...tally(3), waits: { 12: 2 } } } });
  });
});

describe("the statistics of several windows", () => {
  const folder = mkdtempSync(join(tmpdir(), "inkling-statistics-"));
  after(() => rmSync(folder, { recursive: true }));
  const now = () => new Date(2026, 0, 31, 23, 59);

  it("come together in one file, and nothing is counted twice", async () => {
    const windows = [1, 2, 3].map(() => openStatistics(join(folder, "a"), now));
    for (let round = 0; round < 4; round++) {
      for (const [i, store] of windows.entries()) {
        store.count("go", { shown: 1, waitMs: 20 });
        if (i === 0) store.count("c", { shown: 1, accepted: 1, characters: 12 });
        await store.flush();
        await store.flush();
      }
    }
    const late = openStatistics(join(folder, "a"), now);
    await late.flush();
    assert.deepEqual({ shown: late.today().shown, characters: late.today().characters }, { shown: 16, characters: 48 });
    assert.equal(dayOf(now()), "2026-01-31");
    assert.deepEqual(readdirSync(join(folder, "a")), ["statistics.json"]);
  });

  it("are gone when they are cleared, also those that were not yet written", async () => {
    const store = openStatistics(join(folder, "a"), now);
    store.count("go", { shown: 1 });
    await store.clear();
    await store.flush();
    assert.deepEqual(store.days(), {});
    assert.deepEqual(readdirSync(join(folder, "a")), []);
  });

  it("survive a file that cannot be written, and one that is damaged", async () => {
    writeFileSync(join(folder, "file"), "");
    const store = openStatistics(join(folder, "file"), now); // a file where the folder should be
    store.count("go", { shown: 1 });
    await assert.rejects(store.flush());
    assert.equal(store.today().shown, 1);
    writeFileSync(join(folder, "statistics.json"), "\0\0");
    const other = openStatistics(folder, now);
    other.count("go", { shown: 2 });
    await other.flush();
    assert.equal(totalOf(parseDays(readFileSync(join(folder, "statistics.json"), "utf8"))).shown, 2);
  });
});

describe("an accepted text", () => {
  const document = "const a = 1;\nreturn compute(left, right);\nend();\n";
  const text = "compute(left, right);";
  const span = { start: document.indexOf(text), text };

  it("stands where it was put, also after edits elsewhere", () => {
    assert.ok(stands(span, document));
    const later = `// a comment\n${document}more();\n`;
    assert.ok(stands(moved(span, [{ offset: 0, removed: 0, added: 13 }, { offset: document.length, removed: 0, added: 8 }]), later));
  });
  it("stands when a formatter broke it into lines", () => assert.ok(stands(span, document.replace("left, right", "\n  left,\n  right\n"))));
  it("stands when the document has carriage returns", () => assert.ok(stands({ start: 0, text: "one();\ntwo();" }, "one();\r\ntwo();\r\n")));
  it("is gone when it was undone or changed", () => {
    assert.ok(!stands(span, document.replace(text, "")));
    assert.ok(!stands(span, document.replace("left", "lift")));
  });
  it("that is short counts only in its place", () => assert.ok(!stands({ start: 3, text: ");" }, "abc\nfoo();")));
});
