// Activation costs nothing that a person would notice, and brings what package.json promises.
import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { inkling } from "./editor.js";

interface Manifest {
  contributes: { commands: { command: string }[]; configuration: { properties: Record<string, { default: unknown }> } };
}

describe("activation", () => {
  it("takes at most 50 ms", async () => {
    const { activationMs } = await inkling();
    console.log(`      activate() took ${activationMs.toFixed(1)} ms`);
    assert.ok(activationMs <= 50, `${activationMs.toFixed(1)} ms`);
  });

  it("registers every command of the manifest", async () => {
    await inkling();
    const registered = new Set(await vscode.commands.getCommands(true));
    const manifest = vscode.extensions.getExtension("inkling.inkling")!.packageJSON as Manifest;
    const missing = manifest.contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it("reads the defaults of the manifest", () => {
    const config = vscode.workspace.getConfiguration("inkling");
    assert.equal(config.inspect("enable")?.defaultValue, true);
    assert.equal(config.inspect("modelFile")?.defaultValue, "");
    assert.equal(config.inspect("threads")?.defaultValue, 0);
  });
});
