// Syntax trees for the evaluation: whole files, parsed once and thrown away. It judges with the grammars alone, so that a mistake in how
// the worker reads its trees cannot hide itself here.
import { join, resolve } from "node:path";
import { Language, Parser, type Node, type Tree } from "web-tree-sitter";
import { languageById } from "../../core/syntax/languages.js";
import { defaultWorkerFile } from "../client.js";
import type { SourceFile } from "./holes.js";

export interface Grammars {
  /** The tree is undefined where there is no grammar, and valid only during the call. */
  withTree<T>(file: Pick<SourceFile, "languageId" | "text">, use: (tree: Tree | undefined) => T): T;
  /** Errors and missing tokens in the text; undefined where there is no grammar. */
  countErrors(languageId: string, text: string): number | undefined;
}

/** Grammars for those of the languages that have one, from `dist/grammars`. */
export async function loadGrammars(languageIds: readonly string[], folder = resolve(defaultWorkerFile(), "../grammars")): Promise<Grammars> {
  await Parser.init({ locateFile: () => join(folder, "web-tree-sitter.wasm") });
  const parsers = new Map<string, Parser>();
  for (const languageId of languageIds) {
    const data = languageById(languageId);
    if (!data) continue;
    const language = await Language.load(join(folder, `tree-sitter-${data.grammar}.wasm`));
    parsers.set(languageId, new Parser().setLanguage(language));
  }
  const withTree: Grammars["withTree"] = (file, use) => {
    const tree = parsers.get(file.languageId)?.parse(file.text) ?? undefined;
    try {
      return use(tree);
    } finally {
      tree?.delete();
    }
  };
  return { withTree, countErrors: (languageId, text) => withTree({ languageId, text }, (tree) => tree && errorsIn(tree.rootNode)) };
}

function errorsIn(node: Node): number {
  if (node.isMissing) return 1;
  if (!node.hasError) return 0;
  return node.children.reduce((sum, child) => sum + errorsIn(child), node.isError ? 1 : 0);
}
