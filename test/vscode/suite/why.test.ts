// Every reason has a sentence and a command that exists; snooze keeps automatic suggestions away; what is accepted is counted and watched.
import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as vscode from "vscode";
import type { InklingApi } from "../../../src/extension/api.js";
import { createCounter } from "../../../src/extension/statistics/follow.js";
import { openStatistics } from "../../../src/extension/statistics/store.js";
import { explain, explainReason, type Explanation } from "../../../src/extension/why/sentences.js";
import type { Situation } from "../../../src/extension/why/situation.js";
import type { ReasonCode } from "../../../src/protocol/completion.js";
import { acceptGhostText, closeEditors, inkling, inklingSetting, openFile, temporaryFolder, type, until, useTinyModel } from "./editor.js";

/** Complete by its type. */
const reasons: Record<ReasonCode, true> = {
  shown: true, cancelled: true, stale: true, "unknown-document": true, "model-loading": true, "no-model": true, "inside-identifier": true,
  "text-after-cursor": true, "in-comment": true, "in-string": true, "empty-document": true, "too-large": true, binary: true, generated: true,
  "secret-file": true, "no-suggestion": true, repetition: true, "already-there": true, unbalanced: true, "syntax-error": true,
  "low-confidence": true, "engine-error": true,
};
const situations: readonly Situation[] = [
  { kind: "no-editor" }, { kind: "unsupported", scheme: "git" }, { kind: "read-only" }, { kind: "off-everywhere" }, { kind: "off-here", languageId: "go" },
  { kind: "snoozed", snooze: { until: Date.now() + 60_000 } }, { kind: "snoozed", snooze: { until: "restart" } }, { kind: "editor-off" },
  { kind: "several-cursors", count: 2 }, { kind: "selection" }, { kind: "problem", problem: { kind: "crashes", crashes: 5 } },
  { kind: "problem", problem: { kind: "model", problem: { code: "empty", file: "/m.gguf", message: "/m.gguf is empty." } } },
  { kind: "problem", problem: { kind: "model", problem: { code: "no-engine", file: "/m.gguf", message: "/m.gguf cannot be run." } } },
  { kind: "no-answer" }, { kind: "list-open" }, { kind: "late", ms: 900 }, { kind: "other-provider", name: "Copilot" },
];

describe("why no suggestion", () => {
  let commands: Set<string>;
  before(async () => {
    await inkling();
    commands = new Set(await vscode.commands.getCommands(true));
  });
  const check = ({ sentence, remedy }: Explanation): void => {
    assert.match(sentence, /^\S.+\.$/);
    assert.ok(remedy.title.length > 0 && remedy.title.length < 30, remedy.title);
    assert.ok(commands.has(remedy.command), remedy.command);
  };
  it("has a sentence and a button for every reason", () => {
    const all = (Object.keys(reasons) as ReasonCode[]).map(explainReason);
    all.forEach(check);
    assert.equal(new Set(all.map(({ sentence }) => sentence)).size, all.length, "no two are the same");
  });
  it("has a sentence and a button for every situation", () => situations.map(explain).forEach(check));
});

describe("a snooze", function () {
  this.timeout(60_000);
  let api: InklingApi;
  before(async () => {
    api = await inkling();
    await useTinyModel({ answer: "ghost(1);" });
    await openFile("");
    await until("the tiny model", () => api.status().kind === "ready", 30_000);
  });
  after(async () => {
    await vscode.commands.executeCommand("inkling.endSnooze");
    await inklingSetting("modelFile", undefined);
    await closeEditors();
  });

  it("keeps suggestions away until it ends; whoever asks by key gets one", async () => {
    await vscode.commands.executeCommand("inkling.snooze", 15);
    assert.equal(api.status().kind, "snoozed");
    const editor = await openFile("const a = 1;\n");
    await type("s");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
    assert.equal(editor.document.getText(), "const a = 1;\ns");
    await vscode.commands.executeCommand("editor.action.inlineSuggest.trigger");
    await acceptGhostText(editor, "sghost(1);");
    await vscode.commands.executeCommand("inkling.endSnooze");
    assert.notEqual(api.status().kind, "snoozed");
  });
});

describe("counting", function () {
  this.timeout(30_000);
  after(closeEditors);

  it("counts a suggestion once while it is typed through, a word taken in part, and whether what was accepted still stands", async () => {
    const folder = temporaryFolder();
    const store = openStatistics(folder);
    const counter = createCounter(store, 300);
    try {
      const editor = await openFile("let a = ");
      const { document } = editor;
      const end = (): vscode.Position => document.positionAt(document.getText().length);
      const insert = (text: string): Thenable<boolean> => editor.edit((edit) => edit.insert(end(), text));
      const shown = (text: string): void => counter.shown({ document, range: new vscode.Range(end(), end()), text, waitMs: 40 });
      shown("call(one, two);");
      await insert("c"); // a key
      shown("all(one, two);");
      await insert("all"); // Ctrl+Right
      shown("(one, two);");
      assert.deepEqual(pick(store.today()), { shown: 1, accepted: 0, partly: 1, characters: 3, kept: 0, gone: 0 });
      const start = end();
      await insert("(one, two);");
      counter.accepted(document, start, "(one, two);", 0);
      await insert("\nlet b = ");
      const second = end();
      await insert("wrong(1234);");
      counter.accepted(document, second, "wrong(1234);", 0);
      await editor.edit((edit) => edit.delete(new vscode.Range(second, end())));
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "// first\n"));
      await until("both fates", () => store.today().kept + store.today().gone === 2, 5000);
      assert.deepEqual(pick(store.today()), { shown: 1, accepted: 2, partly: 1, characters: 26, kept: 1, gone: 1 });
      await store.flush();
      assert.doesNotMatch(fs.readFileSync(`${folder}/statistics.json`, "utf8"), /call|wrong|two/);
    } finally {
      counter.dispose();
    }
  });
});

function pick({ shown, accepted, partly, characters, kept, gone }: ReturnType<ReturnType<typeof openStatistics>["today"]>): object {
  return { shown, accepted, partly, characters, kept, gone };
}
