// The worker dies, hangs, restarts and is switched off under a real editor. The engine is real too; only the model is tiny.
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { InklingApi } from "../../../src/extension/api.js";
import { acceptGhostText, closeEditors, editorSetting, inkling, inklingSetting, openFile, type, until, useTinyModel } from "./editor.js";

const ANSWER = "ghost(1);";

describe("worker", function () {
  this.timeout(90_000);
  let api: InklingApi;

  before(async () => {
    api = await inkling();
    await useTinyModel({ answer: ANSWER });
    await openFile("");
    await until("the tiny model", () => api.status().kind === "ready", 60_000);
  });

  beforeEach(async () => {
    await vscode.commands.executeCommand("inkling.restart"); // forgets the crashes of the test before
    await api.ready();
  });

  after(async () => {
    await inklingSetting("modelFile", undefined);
    await closeEditors();
  });

  it("answers a keystroke", async () => {
    const editor = await openFile("const a = 1;\n");
    await type("r");
    await acceptGhostText(editor, `r${ANSWER}`);
  });

  // From here on answers come late, and VS Code's own suggestions, which depend on what another extension knows, would come first.
  describe("without VS Code's own suggestions", () => {
    before(() => editorSetting("quickSuggestions", { other: "off", comments: "off", strings: "off" }));
    after(() => editorSetting("quickSuggestions", undefined));

    it("shows an answer that came too late for VS Code, without another keystroke", async function () {
      if (process.platform === "win32") this.skip(); // no signal that makes a process wait
      const editor = await openFile("const a = 1;\n");
      const pid = api.workerPid()!;
      process.kill(pid, "SIGSTOP");
      try {
        await type("r");
        await delay(1200);
        assert.equal(editor.document.getText(), "const a = 1;\nr");
      } finally {
        process.kill(pid, "SIGCONT");
      }
      await acceptGhostText(editor, `r${ANSWER}`, 3000);
      assert.equal(api.workerPid(), pid);
    });

    it("keeps an answer that came too late to itself when the cursor has moved", async function () {
      if (process.platform === "win32") this.skip();
      const editor = await openFile("const a = 1;\n");
      const pid = api.workerPid()!;
      process.kill(pid, "SIGSTOP");
      try {
        await type("r");
        await delay(1200);
        editor.selection = new vscode.Selection(0, 0, 0, 0);
      } finally {
        process.kill(pid, "SIGCONT");
      }
      await delay(1000);
      await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
      assert.equal(editor.document.getText(), "const a = 1;\nr");
    });

    it("is replaced after kill -9 by the next keystroke, within two seconds", async () => {
      const status = api.status();
      assert.ok(status.kind === "ready" || status.kind === "busy", status.kind);
      const limit = Math.max(2000, 2.5 * status.model.loadMs); // a machine that just took a second to load a megabyte is busy with other things
      const editor = await openFile("const a = 1;\n");
      const pid = api.workerPid()!;
      process.kill(pid, "SIGKILL");
      await until("the end of the worker", () => api.workerPid() === undefined);
      const begun = performance.now();
      await type("k");
      await acceptGhostText(editor, `k${ANSWER}`, limit);
      console.log(`      answered ${Math.round(performance.now() - begun)} ms after the keystroke`);
      assert.notEqual(api.workerPid(), pid);
    });
  });

  it("stays down after five crashes, says so, and comes back on Restart", async () => {
    await openFile("");
    for (let crash = 1; crash <= 5; crash++) {
      process.kill(await until("a worker", () => api.workerPid()), "SIGKILL");
      await until("the end of the worker", () => api.workerPid() === undefined);
      await type("x");
    }
    assert.deepEqual(api.status(), { kind: "problem", problem: { kind: "crashes", crashes: 5 } });
    await type("y");
    await delay(500);
    assert.equal(api.workerPid(), undefined);
    await vscode.commands.executeCommand("inkling.restart");
    await api.ready();
  });

  it("is replaced within ten seconds when it hangs", async function () {
    if (process.platform === "win32") this.skip(); // no signal that makes a process hang
    const pid = api.workerPid()!;
    process.kill(pid, "SIGSTOP");
    const begun = performance.now();
    await until("another worker", () => api.workerPid() !== undefined && api.workerPid() !== pid, 10_000);
    console.log(`      replaced after ${Math.round(performance.now() - begun)} ms`);
    assert.throws(() => process.kill(pid, 0), "the hung process is gone");
    await api.ready();
  });

  it("leaves neither processes nor listeners behind over 20 restarts", async function () {
    const restart = async (): Promise<void> => {
      await vscode.commands.executeCommand("inkling.restart");
      await api.ready();
    };
    await restart();
    const before = leftovers();
    for (let i = 0; i < 20; i++) await restart();
    await delay(500);
    const after = leftovers();
    console.log(`      before ${JSON.stringify(before)} after ${JSON.stringify(after)}`);
    assert.equal(after.workers, 1);
    assert.ok(after.listeners <= before.listeners, "listeners");
    assert.ok(after.resources <= before.resources + 3, "handles of the event loop"); // some belong to others and come and go
  });

  it("is stopped when Inkling is switched off, and started when it is switched on", async () => {
    await openFile("");
    await vscode.commands.executeCommand("inkling.toggle");
    await until("off", () => api.status().kind === "off" && api.workerPid() === undefined);
    await vscode.commands.executeCommand("inkling.toggle");
    await until("on", () => api.status().kind === "ready");
  });

  it("is not asked where a language is switched off", async () => {
    const config = vscode.workspace.getConfiguration("inkling", { languageId: "markdown" });
    await config.update("enable", false, vscode.ConfigurationTarget.Global, true);
    try {
      await openFile("# Title\n", "notes.md");
      await until("off", () => api.status().kind === "off");
      const text = vscode.window.activeTextEditor!.document;
      await type("r");
      await delay(1000);
      await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
      assert.equal(text.getText(), "# Title\nr");
      await openFile("");
      await until("on for other languages", () => api.status().kind === "ready");
    } finally {
      await config.update("enable", undefined, vscode.ConfigurationTarget.Global, true);
    }
  });
});

function leftovers(): { workers: number; listeners: number; resources: number } {
  return {
    workers: workersOf(process.pid),
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    resources: process.getActiveResourcesInfo().filter((kind) => kind !== "Timeout" && kind !== "Immediate").length,
  };
}

/** Worker processes that are children of `parent`. */
function workersOf(parent: number): number {
  if (process.platform === "win32") return 1; // no ps; the worker's own exit is awaited anyway
  const lines = execFileSync("ps", ["-eo", "ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.trim().startsWith(`${parent} `) && line.includes("worker.mjs")).length;
}
