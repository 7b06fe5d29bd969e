// What a folder's own settings may choose, in a real editor: nothing that is a file.
import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { inkling, until } from "./editor.js";

describe("settings that a workspace brings along", () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const file = folder === undefined ? undefined : path.join(folder, ".vscode/settings.json");
  after(() => { if (file !== undefined) fs.rmSync(file, { force: true }); });

  it("cannot choose a model", async function () {
    if (file === undefined) return this.skip();
    await inkling();
    const config = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("inkling");
    const before = [config().get("modelFile"), config().get("chatModelFile")];
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ "inkling.modelFile": "/tmp/evil.gguf", "inkling.chatModelFile": "/tmp/evil.gguf", "inkling.enable": true, "editor.rulers": [77] }));
    await until("the workspace's settings", () => vscode.workspace.getConfiguration("editor").inspect("rulers")?.workspaceValue !== undefined);
    assert.deepEqual([config().get("modelFile"), config().get("chatModelFile")], before);
    assert.equal(config().inspect("modelFile")?.workspaceValue, undefined);
  });
});
