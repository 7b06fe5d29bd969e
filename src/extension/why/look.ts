// Looks around in VS Code for what may keep a suggestion from being seen. Reads; changes nothing and asks nobody.
import { extensions, FilePermission, languages, RelativePattern, type TextDocument, type TextEditor, window, workspace } from "vscode";
import { isCompletable } from "../documents.js";
import { type Place, placeOf, samePlace } from "../place.js";
import { enablementOf } from "../settings.js";
import type { Snooze, WorkerState } from "../state.js";
import type { EditorFacts, Look } from "./situation.js";

/** Extensions that suggest code as one types, by their ids. */
const PROVIDERS: Readonly<Record<string, string>> = {
  "github.copilot": "GitHub Copilot",
  "github.copilot-chat": "GitHub Copilot",
  "amazonwebservices.amazon-q-vscode": "Amazon Q",
  "augment.vscode-augment": "Augment",
  "codeium.codeium": "Windsurf",
  "continue.continue": "Continue",
  "ggml-org.llama-vscode": "llama.vscode",
  "google.geminicodeassist": "Gemini Code Assist",
  "kilocode.kilo-code": "Kilo Code",
  "rjmacarthy.twinny": "twinny",
  "sourcegraph.cody-ai": "Cody",
  "supermaven.supermaven": "Supermaven",
  "tabbyml.vscode-tabby": "Tabby",
  "tabnine.tabnine-vscode": "Tabnine",
  "visualstudioexptteam.vscodeintellicode-completions": "IntelliCode",
};

/** The last request that an editor made, as far as it tells about the next. */
export interface Asked {
  place: Place;
  /** An entry of VS Code's list of suggestions was chosen at the time. */
  withList: boolean;
}

export interface LookDeps {
  worker: WorkerState;
  snooze: Snooze | undefined;
  asked: Asked | undefined;
}

export async function lookAround({ worker, snooze, asked }: LookDeps): Promise<Look> {
  const editor = window.activeTextEditor;
  const followed = editor && isCompletable(editor.document.uri) ? editor.document : undefined;
  return { editor: editor && await factsOf(editor, asked), enablement: enablementOf(followed), snooze, worker, others: otherProviders() };
}

async function factsOf({ document, selection, selections }: TextEditor, asked: Asked | undefined): Promise<EditorFacts> {
  return {
    languageId: document.languageId,
    scheme: document.uri.scheme,
    isFollowed: isCompletable(document.uri),
    isReadOnly: await isReadOnly(document),
    editorShows: workspace.getConfiguration("editor.inlineSuggest", document).get<boolean>("enabled", true),
    cursors: selections.length,
    hasSelection: selections.some(({ isEmpty }) => !isEmpty),
    listWasOpen: asked?.withList === true && samePlace(asked.place, placeOf(document, selection.active)),
  };
}

/** No API tells; these are the ways in which a file becomes read-only that can be seen from here. */
async function isReadOnly(document: TextDocument): Promise<boolean> {
  const { uri } = document;
  if (document.isUntitled || uri.scheme !== "file") return false;
  const files = workspace.getConfiguration("files", document);
  const matches = (patterns: Record<string, boolean>): boolean => Object.entries(patterns).some(([pattern, holds]) => holds && isMatch(document, pattern));
  if (matches(files.get("readonlyInclude", {})) && !matches(files.get("readonlyExclude", {}))) return true;
  const stat = await Promise.resolve(workspace.fs.stat(uri)).catch(() => undefined);
  return ((stat?.permissions ?? 0) & FilePermission.Readonly) !== 0;
}

function isMatch(document: TextDocument, pattern: string): boolean {
  const folder = workspace.getWorkspaceFolder(document.uri);
  return languages.match({ pattern }, document) > 0 || (folder !== undefined && languages.match({ pattern: new RelativePattern(folder, pattern) }, document) > 0);
}

function otherProviders(): string[] {
  const running = Object.entries(PROVIDERS).filter(([id]) => extensions.getExtension(id)?.isActive === true);
  return [...new Set(running.map(([, name]) => name))];
}
