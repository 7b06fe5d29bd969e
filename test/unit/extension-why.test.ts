// Which of several things that keep a suggestion away is named, and that a report holds nothing but codes and numbers.
import { strict as assert } from "node:assert";
import { reportOf } from "../../src/extension/why/report.js";
import { type EditorFacts, type Look, situationAfter, situationBefore } from "../../src/extension/why/situation.js";
import { emptyTally } from "../../src/extension/statistics/tally.js";
import type { CompletionRecord } from "../../src/protocol/completion.js";

const editor: EditorFacts = {
  languageId: "go", scheme: "file", isFollowed: true, isReadOnly: false, editorShows: true, cursors: 1, hasSelection: false, listWasOpen: false,
};
const ready = { state: "ready", model: { name: "nano", file: "/home/zoe/secret/nano.gguf", contextLength: 1024, loadMs: 90 } } as const;
const free: Look = { editor, enablement: { kind: "on" }, snooze: undefined, worker: { kind: "running", status: ready }, others: [] };
const look = (changes: Partial<Look>, editorChanges: Partial<EditorFacts> = {}): Look => ({ ...free, editor: { ...editor, ...editorChanges }, ...changes });
const record = (changes: Partial<CompletionRecord> = {}): CompletionRecord => ({
  reason: "shown", model: "nano", timings: { totalMs: 40, contextMs: 2, prefillMs: 20, decodeMs: 15 }, tokens: { prompt: 300, reused: 280, generated: 8 },
  origin: "model", budget: 1024, said: { chars: 20, lines: 1 }, confidence: 0.8123,
  parts: [{ kind: "neighbour", path: "private/Zanzibar.go", tokens: 100 }, { kind: "neighbour", path: "private/Quokka.go", tokens: 50 }, { kind: "window", tokens: 150 }],
  place: { languageId: "go", chars: 900, before: 4, after: 0, open: 2, lines: 1 }, ...changes,
});

describe("why there is no suggestion, before the worker is asked", () => {
  const cases: [what: string, look: Look, kind: string | undefined][] = [
    ["no editor", look({ editor: undefined }), "no-editor"],
    ["a document of another kind", look({}, { isFollowed: false, scheme: "git" }), "unsupported"],
    ["a read-only file", look({}, { isReadOnly: true }), "read-only"],
    ["off", look({ enablement: { kind: "off-everywhere" } }), "off-everywhere"],
    ["off for the language", look({ enablement: { kind: "off-here", languageId: "go" } }), "off-here"],
    ["a snooze", look({ snooze: { until: "restart" } }), "snoozed"],
    ["inline suggestions are off in VS Code", look({}, { editorShows: false }), "editor-off"],
    ["several cursors", look({}, { cursors: 3 }), "several-cursors"],
    ["a selection", look({}, { hasSelection: true }), "selection"],
    ["a worker that crashed too often", look({ worker: { kind: "gave-up", crashes: 5 } }), "problem"],
    ["a model that does not load", look({ worker: { kind: "running", status: { state: "problem", problem: { code: "empty", file: "/m", message: "/m is empty." } } } }), "problem"],
    ["nothing of that", free, undefined],
    ["what a person chose before what is broken", look({ enablement: { kind: "off-everywhere" }, worker: { kind: "gave-up", crashes: 5 } }, { cursors: 2 }), "off-everywhere"],
  ];
  for (const [what, around, kind] of cases) it(what, () => assert.equal(situationBefore(around)?.kind, kind));
});

describe("why there is no suggestion, when the worker has answered", () => {
  it("nothing", () => assert.equal(situationAfter(free, undefined).kind, "no-answer"));
  it("with a reason", () => assert.deepEqual(situationAfter(look({ others: ["Copilot"] }), record({ reason: "unbalanced" })), { kind: "record", record: record({ reason: "unbalanced" }) }));
  it("with a suggestion, while the list was open", () => assert.equal(situationAfter(look({ others: ["Copilot"] }, { listWasOpen: true }), record()).kind, "list-open"));
  it("with a suggestion that came late", () => assert.equal(situationAfter(free, record({ timings: { ...record().timings, totalMs: 900 } })).kind, "late"));
  it("with a suggestion, beside another extension", () => assert.deepEqual(situationAfter(look({ others: ["Copilot"] }), record()), { kind: "other-provider", name: "Copilot" }));
  it("with a suggestion that nothing hides", () => assert.equal(situationAfter(free, record()).kind, "record"));
});

describe("a report without code", () => {
  const report = reportOf({
    versions: { inkling: "0.1.0", vscode: "1.139.1" },
    machine: { platform: "linux 6.1", arch: "x64", processor: "EPYC", cores: 2, memory: 24 * 2 ** 30, remote: false },
    settings: { builtInModel: false, threads: 0, comments: true, strings: false },
    status: { kind: "ready", model: ready.model, last: undefined, speed: 123.4 },
    look: free, situation: { kind: "record", record: record({ reason: "syntax-error" }) }, record: record({ reason: "syntax-error", unfiltered: "Wombat();" }),
    today: { ...emptyTally(), shown: 7, accepted: 3 },
  });

  it("has what helps", () => {
    for (const part of ["0.1.0", "1.139.1", "2 cores", "24.0 GB", "nano", "123.4 tokens/s", "syntax-error", "2 × neighbour 150", "280 reused", "confidence 0.81", "7 shown"]) {
      assert.ok(report.includes(part), `${part} in\n${report}`);
    }
  });
  it("has no path, no file name and nothing that a model said", () => assert.doesNotMatch(report, /Zanzibar|Quokka|private|zoe|secret|gguf|Wombat/));
});
