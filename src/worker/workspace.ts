// What the worker knows of the editor's documents between two requests: their text, their syntax trees, which were edited last, and the
// rhythm of the keys. Lives as long as the connection.
import type { NotebookDocuments, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { TreeSource } from "../core/completion/request.js";
import { rememberUsages } from "./usages-of-line.js";
import { compose, type Neighbour } from "../core/context/compose.js";
import type { Budget, ComposedContext, SourceDocument } from "../core/context/context.js";
import { assetsIn } from "../core/syntax/assets.js";
import { openSyntax, type Syntax } from "../core/syntax/parser.js";
import { createTrees, type Trees } from "../core/syntax/trees.js";
import { sourceDocument } from "./documents.js";
import { isCellOf, placeCell, type Placed } from "./notebooks.js";
import { createFileSource, neighboursOf, type OpenDocument } from "./neighbours.js";
import { createRhythm, type Rhythm } from "./rhythm.js";

export interface Workspace {
  readonly documents: TextDocuments<TextDocument>;
  /** URIs, without a slash at the end. */
  readonly folders: readonly string[];
  readonly rhythm: Rhythm;
  readonly trees: TreeSource;
  /** Makes the document's grammar ready; a language without one is ready at once. */
  prepare(languageId: string): Promise<void>;
  /** `steady`: what is evaluated again is dear, so nothing but what is typed changes while the cursor stays on a line. */
  compose(document: SourceDocument, offset: number, budget: Budget, steady?: boolean): ComposedContext;
  /** Other files that may be looked at for this one, the most interesting first. */
  neighbours(document: SourceDocument): SourceDocument[];
  /** The document as core sees it: a cell of a notebook with its fellows. */
  place(document: TextDocument): Placed;
}

export interface WorkspaceOptions {
  notebooks: NotebookDocuments<TextDocument>;
  folders: readonly string[];
  /** Folder with the grammars and queries. */
  grammars: string;
  mode: "compact" | "raw";
  log: (message: string) => void;
}

export function openWorkspace(documents: TextDocuments<TextDocument>, options: WorkspaceOptions): Workspace {
  const folders = options.folders.map((folder) => folder.replace(/\/$/, ""));
  const { notebooks } = options;
  const files = createFileSource(folders);
  const rhythm = createRhythm();
  const edited = new Map<string, boolean>(); // in the order of the last opening or edit
  let grammars: { syntax: Syntax; trees: Trees } | undefined;
  const opening = openSyntax(assetsIn(options.grammars)).then((syntax) => { grammars = { syntax, trees: createTrees(syntax) }; });
  const noGrammar = (error: unknown): void => options.log(`without syntax: ${String(error)}`);
  opening.catch(noGrammar);

  const source = (document: TextDocument): SourceDocument => sourceDocument(document, folders);
  const prepare = async (languageId: string): Promise<void> => {
    await opening.then(() => grammars?.syntax.load(languageId)).catch(noGrammar);
  };
  const touch = (uri: string, byEdit: boolean): void => {
    const before = edited.get(uri) ?? false;
    edited.delete(uri);
    edited.set(uri, before || byEdit);
  };
  documents.onDidOpen(({ document }) => {
    touch(document.uri, false);
    void prepare(document.languageId).then(() => treeOf(source(document))); // the first parse is the dear one: not while a request waits
  });
  documents.onDidChangeContent(({ document }) => {
    if (!edited.has(document.uri)) return; // comes with the opening as well
    touch(document.uri, true);
    rhythm.key(document.uri, performance.now());
  });
  documents.onDidClose(({ document }) => {
    edited.delete(document.uri);
    grammars?.trees.forget(document.uri);
  });

  const others = (uri: string): OpenDocument[] => [...edited].reverse().flatMap(([other, byEdit]) => {
    const document = other === uri || isCellOf(notebooks, other, uri) ? undefined : documents.get(other);
    return document ? [{ document: source(document), edited: byEdit }] : [];
  });
  const lines = rememberUsages();
  const treeOf = (document: SourceDocument): ReturnType<Trees["of"]> => grammars?.trees.of(document);
  const neighbours = (document: SourceDocument): Neighbour[] => neighboursOf(document, treeOf(document), others(document.uri), files, treeOf);
  return {
    documents, folders, rhythm, prepare,
    place: (document) => placeCell(document, notebooks, folders),
    trees: { of: treeOf, reparse: (old, text) => grammars!.syntax.reparse(old, text) },
    neighbours: (document) => neighbours(document).map((neighbour) => neighbour.document),
    compose(document, offset, budget, steady = false) {
      if (options.mode === "raw") return compose({ document, offset, budget, tree: undefined, neighbours: [], mode: "raw" });
      const tree = treeOf(document);
      return lines.compose(document, offset, steady, (before) => compose({ document, offset, budget, tree, neighbours: neighbours(document), before }));
    },
  };
}
