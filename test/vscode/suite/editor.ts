// What the suites in the extension host have in common: Inkling's API, an editor on a fresh file, and waiting.
import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { InklingApi } from "../../../src/extension/api.js";
import { type TinyModel, writeTinyModel } from "../../fixtures/gguf.js";

export async function inkling(): Promise<InklingApi> {
  const extension = vscode.extensions.getExtension<InklingApi>("inkling.inkling");
  assert.ok(extension, "Inkling is not installed");
  return extension.activate();
}

export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), "inkling-test-"));
}

/** Writes `text` to a new file and opens it with the cursor at the end. */
export async function openFile(text: string, name = `${randomUUID()}.js`): Promise<vscode.TextEditor> {
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, text);
  const editor = await vscode.window.showTextDocument(vscode.Uri.file(file));
  const end = editor.document.positionAt(text.length);
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

/** Saves first: VS Code would ask whether to. */
export async function closeEditors(): Promise<void> {
  await vscode.workspace.saveAll(false);
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** The way a keyboard does it, so that inline completion is asked for. */
export async function type(text: string): Promise<void> {
  await vscode.commands.executeCommand("type", { text });
}

export async function until<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>, ms = 10_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`Not within ${ms} ms: ${what}`);
    await delay(20);
  }
}

/** Resolves when ghost text was there and has been accepted. There is no API that shows ghost text; committing nothing does nothing. */
export async function acceptGhostText(editor: vscode.TextEditor, expected: string, ms?: number): Promise<void> {
  await until(`ghost text ${JSON.stringify(expected)} in ${JSON.stringify(editor.document.getText())}`, async () => {
    await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
    return editor.document.getText().includes(expected);
  }, ms);
}

export async function inklingSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("inkling").update(name, value, vscode.ConfigurationTarget.Global);
}

export async function editorSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("editor").update(name, value, vscode.ConfigurationTarget.Global);
}

/** A model of about a megabyte with a known answer, made the chosen one. */
export async function useTinyModel(options: TinyModel): Promise<string> {
  const file = path.join(temporaryFolder(), "tiny.gguf");
  writeTinyModel(file, options);
  await inklingSetting("modelFile", file);
  return file;
}
