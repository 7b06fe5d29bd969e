// Cells of a notebook as one document: the cell at hand between those of its language above and below it. What is decided about text
// is decided elsewhere; nothing here outlives a call.
import type { NotebookDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { SourceDocument } from "../core/context/context.js";
import { pathOf, sourceDocument } from "./documents.js";

/** A document as core is asked about it, and where the editor's own document begins in it, in UTF-16 code units. */
export interface Placed {
  source: SourceDocument;
  shift: number;
}

/** Two cells stand as far apart as two functions. */
const BETWEEN = "\n\n";

/** A document that is no cell stands for itself. */
export function placeCell(document: TextDocument, notebooks: NotebookDocuments<TextDocument>, folders: readonly string[]): Placed {
  const notebook = notebooks.findNotebookDocumentForCell(document.uri);
  if (!notebook) return { source: sourceDocument(document, folders), shift: 0 };
  const cells = notebook.cells
    .map((cell) => notebooks.getCellTextDocument(cell))
    .filter((cell) => cell?.languageId === document.languageId) as TextDocument[];
  const texts = cells.map((cell) => cell.getText());
  const above = texts.slice(0, cells.findIndex((cell) => cell.uri === document.uri));
  const shift = above.reduce((length, text) => length + text.length + BETWEEN.length, 0);
  const { languageId, version } = document;
  const uri = `${notebook.uri}#${languageId}`;
  return { source: { uri, path: pathOf(notebook.uri, folders), languageId, version, text: texts.join(BETWEEN) }, shift };
}

/** Whether a document is a cell of this one. */
export function isCellOf(notebooks: NotebookDocuments<TextDocument>, uri: string, whole: string): boolean {
  const notebook = notebooks.findNotebookDocumentForCell(uri);
  return notebook !== undefined && whole.startsWith(`${notebook.uri}#`);
}
