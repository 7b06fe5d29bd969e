// What is believed of a client: a notification about documents that is not as the protocol has it is dropped at the door, because nobody can be
// told and everything behind it relies on its form. A malformed request needs no such care: it fails, and the client is told.
import type { Connection, DidChangeTextDocumentParams, DidOpenTextDocumentParams, Position, TextDocumentContentChangeEvent } from "vscode-languageserver";

type DocumentConnection = Pick<Connection, `on${"DidOpen" | "DidChange" | "DidClose" | "WillSave" | "DidSave"}TextDocument` | "onWillSaveTextDocumentWaitUntil">;

/** The connection as `TextDocuments` may see it. */
export function wellformed(connection: Connection): DocumentConnection {
  return {
    onDidOpenTextDocument: (handler) => connection.onDidOpenTextDocument((params) => isOpen(params) ? handler(params) : undefined),
    onDidChangeTextDocument: (handler) => connection.onDidChangeTextDocument((params) => isChange(params) ? handler(params) : undefined),
    onDidCloseTextDocument: (handler) => connection.onDidCloseTextDocument((params) => hasUri(params) ? handler(params) : undefined),
    onWillSaveTextDocument: (handler) => connection.onWillSaveTextDocument((params) => hasUri(params) ? handler(params) : undefined),
    onDidSaveTextDocument: (handler) => connection.onDidSaveTextDocument((params) => hasUri(params) ? handler(params) : undefined),
    onWillSaveTextDocumentWaitUntil: (handler) => connection.onWillSaveTextDocumentWaitUntil(handler),
  };
}

/** Everything may be missing, whatever the types say. */
type Loose<T> = T extends object ? { [K in keyof T]?: Loose<T[K]> } | null | undefined : T | null | undefined;

function hasUri(params: Loose<{ textDocument: { uri: string } }>): boolean {
  return typeof params?.textDocument?.uri === "string";
}

function isOpen(params: Loose<DidOpenTextDocumentParams>): boolean {
  const document = params?.textDocument;
  return hasUri(params) && typeof document?.languageId === "string" && typeof document.text === "string" && Number.isInteger(document.version);
}

function isChange(params: Loose<DidChangeTextDocumentParams>): boolean {
  const changes: unknown = params?.contentChanges;
  return hasUri(params) && Number.isInteger(params?.textDocument?.version) && Array.isArray(changes) && changes.every(isEdit);
}

function isEdit(change: Loose<TextDocumentContentChangeEvent & { range?: { start: Position; end: Position } }>): boolean {
  if (typeof change?.text !== "string") return false;
  return change.range === undefined || (isPosition(change.range?.start) && isPosition(change.range?.end));
}

function isPosition(position: Loose<Position>): boolean {
  return Number.isInteger(position?.line) && Number.isInteger(position?.character);
}
