// A place in a version of a document: the identity of a request. An answer is worth showing while the cursor is still there.
import { type Position, type TextDocument, window } from "vscode";

export interface Place {
  uri: string;
  version: number;
  line: number;
  character: number;
}

export function placeOf(document: TextDocument, position: Position): Place {
  return { uri: document.uri.toString(), version: document.version, line: position.line, character: position.character };
}

export function samePlace(a: Place, b: Place): boolean {
  return a.uri === b.uri && a.version === b.version && a.line === b.line && a.character === b.character;
}

/** Whether the person has neither typed nor moved since. */
export function isAtCursor(place: Place): boolean {
  const editor = window.activeTextEditor;
  return editor !== undefined && editor.selection.isEmpty && samePlace(place, placeOf(editor.document, editor.selection.active));
}
