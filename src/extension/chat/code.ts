// What can be done with a block of code from an answer: to the clipboard, to the cursor, or into a file after a look at the difference.
// All of it begins with a click.
import type { Uri} from "vscode";
import { commands, Disposable, env, EventEmitter, l10n, Range, type TextDocument, TextEditorRevealType, window, workspace, WorkspaceEdit } from "vscode";

const SCHEME = "inkling-preview";

/** True in the editor title's conditions while a preview is open. */
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
    const [range, written] = [selection, indented(text, document, selection)];
    const at = document.offsetAt(range.start);
    const source = document.getText();
    const result = source.slice(0, at) + written + source.slice(document.offsetAt(range.end));
    const uri = document.uri.with({ scheme: SCHEME, query: String(Date.now()) });
    preview = { document, version: document.version, range, text: written, result, uri };
    changed.fire(uri);
    const title = l10n.t("{0}: what the chat suggests", workspace.asRelativePath(document.uri));
    await commands.executeCommand("vscode.diff", document.uri, uri, title, { preview: true, selection: new Range(range.start, range.start) });
    await commands.executeCommand("setContext", CONTEXT_KEY, true);
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
      await replace(editor.document, editor.selection, indented(text, editor.document, editor.selection));
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

/** The lines after the first as deep as the place they go to. */
function indented(text: string, document: TextDocument, { start }: Range): string {
  const before = document.lineAt(start.line).text.slice(0, start.character);
  return /^\s+$/.test(before) ? text.split("\n").map((line, index) => (index === 0 || line === "" ? line : before + line)).join("\n") : text;
}
