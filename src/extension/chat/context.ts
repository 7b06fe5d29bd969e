// What a person can attach to a question: the selection, the problems of the file, files. Only says which; the worker reads them.
import { type Diagnostic, DiagnosticSeverity, l10n, languages, Uri, window, workspace } from "vscode";
import type { ContextItem, Problem } from "../../protocol/chat.js";
import type { Mention } from "../../protocol/panel.js";

const MAX_FILES = 20;
const EXCLUDED = "**/{node_modules,.git,dist,out,target,.venv,__pycache__}/**";

/** What an @ followed by `query` could mean, the nearest first. */
export async function findMentions(query: string): Promise<Mention[]> {
  const special = [selectionMention(), problemsMention()].filter((mention) => mention !== undefined);
  const name = query.toLowerCase().replace(/^file:?/, "");
  const open = openFiles();
  const found = name === "" ? [] : await workspace.findFiles(`**/*${globOf(name)}*`, EXCLUDED, MAX_FILES);
  const files = [...new Map([...open, ...found].map((uri) => [uri.toString(), uri])).values()]
    .filter((uri) => workspace.asRelativePath(uri).toLowerCase().includes(name))
    .slice(0, MAX_FILES).map(fileMention);
  return [...special.filter(({ kind }) => kind.startsWith(query.toLowerCase())), ...files];
}

export function fileMention(uri: Uri): Mention {
  const path = workspace.asRelativePath(uri);
  const slash = path.lastIndexOf("/");
  return { kind: "file", label: path.slice(slash + 1), detail: slash === -1 ? "" : path.slice(0, slash), uri: uri.toString() };
}

function selectionMention(): Mention | undefined {
  const editor = window.activeTextEditor;
  if (!editor || editor.selection.isEmpty) return undefined;
  const { start, end } = editor.selection;
  return { kind: "selection", label: l10n.t("Selection"), detail: `${workspace.asRelativePath(editor.document.uri)}:${start.line + 1}-${end.line + 1}` };
}

function problemsMention(): Mention | undefined {
  const uri = window.activeTextEditor?.document.uri;
  const count = uri ? problemsOf(uri).length : 0;
  return uri && count > 0 ? { kind: "problems", label: l10n.t("Problems"), detail: l10n.t("{0} in {1}", count, workspace.asRelativePath(uri)) } : undefined;
}

/** The item as it is now; undefined when it is gone, such as a selection that was given up. */
export function itemOf({ kind, uri }: Mention): ContextItem | undefined {
  const editor = window.activeTextEditor;
  switch (kind) {
    case "file": {
      if (uri === undefined) return undefined;
      const isActive = editor?.document.uri.toString() === uri;
      return { kind: "file", uri, ...isActive && { position: plain(editor.selection.active) } };
    }
    case "selection": {
      if (!editor || editor.selection.isEmpty) return undefined;
      return { kind: "selection", uri: editor.document.uri.toString(), range: rangeOf(editor.selection) };
    }
    case "problems": return editor && { kind: "problems", problems: problemsOf(editor.document.uri) };
  }
}

function openFiles(): Uri[] {
  const tabs = window.tabGroups.all.flatMap((group) => [...group.tabs].sort((a, b) => Number(b.isActive) - Number(a.isActive)));
  return tabs.flatMap(({ input }) => (typeof input === "object" && input !== null && "uri" in input && input.uri instanceof Uri ? [input.uri] : []));
}

function problemsOf(uri: Uri): Problem[] {
  const isProblem = ({ severity }: Diagnostic): boolean => severity === DiagnosticSeverity.Error || severity === DiagnosticSeverity.Warning;
  return languages.getDiagnostics(uri).filter(isProblem).map(({ range, severity, message, source }) => ({
    uri: uri.toString(), range: rangeOf(range), message, severity: severity === DiagnosticSeverity.Error ? "error" : "warning",
    ...source !== undefined && { source },
  }));
}

interface Plain { line: number; character: number }

function rangeOf({ start, end }: { start: Plain; end: Plain }): { start: Plain; end: Plain } {
  return { start: plain(start), end: plain(end) };
}

function plain({ line, character }: Plain): Plain {
  return { line, character };
}

/** As a pattern that matches the text and nothing else. */
function globOf(text: string): string {
  return text.replaceAll(/[[\]{}*?!]/g, "?").replaceAll(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
