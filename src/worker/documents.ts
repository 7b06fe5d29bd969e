// The editor's documents as core wants them, and the wait for a change that a request has overtaken.
import type { TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { SourceDocument } from "../core/context/context.js";

/** A change and the request that follows it come one after the other, so this long means that it is not coming. */
const CHANGE_LATE_MS = 100;

/** `folders` are the URIs of the workspace's folders; the path is relative to the innermost one that holds the document. */
export function sourceDocument(document: TextDocument, folders: readonly string[]): SourceDocument {
  const { uri, languageId, version } = document;
  return { uri, path: pathOf(uri, folders), languageId, version, text: document.getText() };
}

export function pathOf(uri: string, folders: readonly string[]): string {
  const inside = folders
    .map((folder) => (folder.endsWith("/") ? folder : `${folder}/`))
    .filter((folder) => uri.startsWith(folder))
    .sort((a, b) => b.length - a.length)[0];
  const relative = inside === undefined ? uri.slice(uri.lastIndexOf("/") + 1) : uri.slice(inside.length);
  return decoded(relative.replace(/^untitled:/, ""));
}

/** Not everything that clients call a URI is one. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The document in the version that a request speaks of, or the code for why there is none. Other editors send no version:
 * then it is the one at hand.
 */
export async function documentAt(
  documents: TextDocuments<TextDocument>, uri: string, version: number | undefined,
): Promise<TextDocument | "unknown-document" | "stale"> {
  const document = documents.get(uri);
  if (!document) return "unknown-document";
  if (version === undefined || document.version === version) return document;
  if (document.version > version) return "stale";
  const later = await nextVersion(documents, uri, version);
  return later?.version === version ? later : "stale";
}

function nextVersion(documents: TextDocuments<TextDocument>, uri: string, version: number): Promise<TextDocument | undefined> {
  return new Promise((resolve) => {
    const done = (document: TextDocument | undefined): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve(document);
    };
    const timer = setTimeout(done, CHANGE_LATE_MS, undefined);
    const listener = documents.onDidChangeContent(({ document }) => {
      if (document.uri === uri && document.version >= version) done(document);
    });
  });
}
