// What can be done with a block of code from an answer: to the clipboard, to the cursor, or into a file after a look at the difference.
// All of it begins with a click.
import type { TextEditor, Uri } from "vscode";
import { commands, Disposable, env, EventEmitter, l10n, Range, type TextDocument, TextEditorRevealType, window, workspace, WorkspaceEdit } from "vscode";
import { fitted } from "./indent.js";

const SCHEME = "inkling-preview";

/** For the command palette; the editor's title knows by the scheme. */
const CONTEXT_KEY = "inkling.chat.preview";

interface Preview {
  document: TextDocument;
  version: number;
  range: Range;
  text: string;
  /** The document with the text in it. */
  result: string;
  uri: Uri;
}

export interface Code {
  copy(text: string): Promise<void>;
  insert(text: string): Promise<void>;
  apply(text: string): Promise<void>;
  dispose(): void;
}

export function registerCode(): Code {
  let preview: Preview | undefined;
  const changed = new EventEmitter<Uri>();
  const close = async (): Promise<void> => {
    const uri = preview?.uri.toString();
    preview = undefined;
    await commands.executeCommand("setContext", CONTEXT_KEY, false);
    const tabs = window.tabGroups.all.flatMap(({ tabs }) => tabs);
    await window.tabGroups.close(tabs.filter(({ input }) => typeof input === "object" && input !== null && "modified" in input && String(input.modified) === uri));
  };
  const open = async (text: string): Promise<void> => {
    const editor = targetEditor();
    if (!editor) return void window.showInformationMessage(l10n.t("Open the file that the code belongs into, then apply it again."));
    const { document, selection } = editor;
    const [range, written] = [selection, indented(text, editor)];
    const at = document.offsetAt(range.start);
    const source = document.getText();
    const result = source.slice(0, at) + written + source.slice(document.offsetAt(range.end));
    const uri = document.uri.with({ scheme: SCHEME, query: String(Date.now()) });
    preview = { document, version: document.version, range, text: written, result, uri };
    changed.fire(uri);
    const title = l10n.t("{0}: what the chat suggests", workspace.asRelativePath(document.uri));
    await commands.executeCommand("setContext", CONTEXT_KEY, true); // before the editor draws its title
    await commands.executeCommand("vscode.diff", document.uri, uri, title, { preview: true, selection: new Range(range.start, range.start) });
  };
  const accept = async (): Promise<void> => {
    if (!preview) return;
    const { document, version, range, text } = preview;
    await close();
    if (document.version !== version) return void window.showWarningMessage(l10n.t("The file has changed since the preview was made: apply the code again."));
    await replace(document, range, text);
  };
  const registered = Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => (preview?.uri.toString() === uri.toString() ? preview.result : ""),
    }),
    commands.registerCommand("inkling.chat.acceptPreview", accept),
    commands.registerCommand("inkling.chat.discardPreview", close),
    workspace.onDidCloseTextDocument((document) => {
      if (preview && document.uri.toString() === preview.uri.toString()) void close();
    }),
  );
  return {
    apply: open,
    copy: async (text) => env.clipboard.writeText(text),
    async insert(text) {
      const editor = targetEditor();
      if (!editor) return void window.showInformationMessage(l10n.t("Open a file and put the cursor where the code belongs, then insert it again."));
      await replace(editor.document, editor.selection, indented(text, editor));
    },
    dispose: () => { registered.dispose(); },
  };
}

/** The editor that a person was last in; the panel taking the keyboard does not change it. */
function targetEditor(): (typeof window)["activeTextEditor"] {
  const editor = window.activeTextEditor;
  const fitting = (candidate: typeof editor): boolean => candidate !== undefined && ["file", "untitled", "vscode-notebook-cell"].includes(candidate.document.uri.scheme);
  return fitting(editor) ? editor : window.visibleTextEditors.find(fitting);
}

async function replace(document: TextDocument, range: Range, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, range, text);
  if (!await workspace.applyEdit(edit)) return void window.showErrorMessage(l10n.t("The file could not be changed."));
  const editor = await window.showTextDocument(document);
  const end = document.positionAt(document.offsetAt(range.start) + text.length);
  editor.revealRange(new Range(range.start, end), TextEditorRevealType.InCenterIfOutsideViewport);
}

/** As it has to be written at the cursor, or in place of the selection. */
function indented(text: string, { document, selection: { start, end }, options: { insertSpaces, tabSize } }: TextEditor): string {
  const step = insertSpaces === false ? "\t" : " ".repeat(typeof tabSize === "number" ? tabSize : 4);
  return fitted(text, { lines: document.getText().split(/\r?\n/), start, end, step });
}
