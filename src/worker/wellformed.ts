// What is believed of a client: a notification about documents that is not as the protocol has it is dropped at the door, because nobody can be
// told and everything behind it relies on its form. A malformed request needs no such care: it fails, and the client is told.
import type {
  Connection, DidChangeNotebookDocumentParams, DidChangeTextDocumentParams, DidCloseNotebookDocumentParams, DidOpenNotebookDocumentParams,
  DidOpenTextDocumentParams, NotebookCell, Position, TextDocumentContentChangeEvent, TextDocumentItem,
} from "vscode-languageserver";

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

/**
 * The connection as `NotebookDocuments` may see it. A change may also be well-formed and not fit the notebook, such as a cell beyond the end:
 * what the library throws then ends here, because it runs on by itself and nobody else would catch it.
 */
export function wellformedNotebooks(connection: Connection): Connection {
  const { synchronization } = connection.notebooks;
  const guarded: Connection["notebooks"]["synchronization"] = {
    onDidOpenNotebookDocument: (handler) => synchronization.onDidOpenNotebookDocument((params) => isNotebook(params) ? quietly(() => handler(params)) : undefined),
    onDidChangeNotebookDocument: (handler) => synchronization.onDidChangeNotebookDocument((params) => isNotebookChange(params) ? quietly(() => handler(params)) : undefined),
    onDidSaveNotebookDocument: (handler) => synchronization.onDidSaveNotebookDocument((params) => hasNotebookUri(params) ? handler(params) : undefined),
    onDidCloseNotebookDocument: (handler) => synchronization.onDidCloseNotebookDocument((params) => isNotebookClose(params) ? quietly(() => handler(params)) : undefined),
  };
  return { ...connection, notebooks: { ...connection.notebooks, synchronization: guarded } };
}

async function quietly(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch {
    // the rest of the change is not made
  }
}

/** Everything may be missing, whatever the types say. */
type Loose<T> = T extends object ? { [K in keyof T]?: Loose<T[K]> } | null | undefined : T | null | undefined;

function hasUri(params: Loose<{ textDocument: { uri: string } }>): boolean {
  return typeof params?.textDocument?.uri === "string";
}

function isOpen(params: Loose<DidOpenTextDocumentParams>): boolean {
  return isDocument(params?.textDocument);
}

function isDocument(document: Loose<TextDocumentItem>): boolean {
  return typeof document?.uri === "string" && typeof document.languageId === "string" && typeof document.text === "string" && Number.isInteger(document.version);
}

function isChange(params: Loose<DidChangeTextDocumentParams>): boolean {
  return hasUri(params) && Number.isInteger(params?.textDocument?.version) && isListOf(params?.contentChanges, isEdit);
}

function isEdit(change: Loose<TextDocumentContentChangeEvent & { range?: { start: Position; end: Position } }>): boolean {
  if (typeof change?.text !== "string") return false;
  return change.range === undefined || (isPosition(change.range?.start) && isPosition(change.range?.end));
}

function isPosition(position: Loose<Position>): boolean {
  return Number.isInteger(position?.line) && Number.isInteger(position?.character);
}

function hasNotebookUri(params: Loose<{ notebookDocument: { uri: string } }>): boolean {
  return typeof params?.notebookDocument?.uri === "string";
}

function isNotebook(params: Loose<DidOpenNotebookDocumentParams>): boolean {
  return hasNotebookUri(params) && isListOf(params?.notebookDocument?.cells, isCell) && isListOf(params?.cellTextDocuments, isDocument);
}

function isNotebookClose(params: Loose<DidCloseNotebookDocumentParams>): boolean {
  return hasNotebookUri(params) && isListOf(params?.cellTextDocuments, isIdentifier);
}

function isNotebookChange(params: Loose<DidChangeNotebookDocumentParams>): boolean {
  const change = params?.change;
  if (!hasNotebookUri(params) || typeof change !== "object" || change === null) return false;
  if (change.cells === undefined) return true;
  return change.cells !== null && isStructure(change.cells.structure) && isOptional(change.cells.data, isCell) && isOptional(change.cells.textContent, isCellEdit);
}

type CellChanges = NonNullable<DidChangeNotebookDocumentParams["change"]["cells"]>;

function isStructure(structure: Loose<CellChanges["structure"]>): boolean {
  if (structure === undefined) return true;
  const array = structure?.array;
  return isCount(array?.start) && isCount(array?.deleteCount) && isOptional(array?.cells, isCell)
    && isOptional(structure?.didOpen, isDocument) && isOptional(structure?.didClose, isIdentifier);
}

function isCellEdit(edit: Loose<NonNullable<CellChanges["textContent"]>[number]>): boolean {
  return typeof edit?.document?.uri === "string" && Number.isInteger(edit.document.version) && isListOf(edit.changes, isEdit);
}

function isCell(cell: Loose<NotebookCell>): boolean {
  return typeof cell?.document === "string";
}

function isIdentifier(document: Loose<{ uri: string }>): boolean {
  return typeof document?.uri === "string";
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isListOf<T>(list: unknown, isOne: (entry: Loose<T>) => boolean): boolean {
  return Array.isArray(list) && list.every(isOne);
}

function isOptional<T>(list: unknown, isOne: (entry: Loose<T>) => boolean): boolean {
  return list === undefined || isListOf(list, isOne);
}
