// Everything that complete() needs, with a fake model and, where a test wants them, real syntax trees.
import { fileURLToPath } from "node:url";
import { createCache } from "../../src/core/completion/cache.js";
import { chooseFormat } from "../../src/core/completion/fim.js";
import type { LanguageModel } from "../../src/core/model.js";
import type { CompletionDeps, TreeSource } from "../../src/core/completion/request.js";
import { assetsIn } from "../../src/core/syntax/assets.js";
import { openSyntax } from "../../src/core/syntax/parser.js";
import { createTrees } from "../../src/core/syntax/trees.js";
import { plainContext } from "./completion-fake.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export async function syntaxFor(...languageIds: string[]): ReturnType<typeof openSyntax> {
  const syntax = await openSyntax(assetsIn(here("../../node_modules/web-tree-sitter"), here("../../node_modules/@vscode/tree-sitter-wasm/wasm"), here("../../src/core/syntax/queries")));
  for (const languageId of languageIds) await syntax.load(languageId);
  return syntax;
}

export async function treesFor(...languageIds: string[]): Promise<TreeSource> {
  const syntax = await syntaxFor(...languageIds);
  const trees = createTrees(syntax);
  return { of: document => trees.of(document), reparse: (old, text) => syntax.reparse(old, text) };
}

export function depsFor(model: LanguageModel, more: Partial<CompletionDeps> = {}): CompletionDeps {
  const choice = chooseFormat(model);
  if (!choice.ok) throw new Error(choice.reason);
  return {
    model, format: choice.bound, compose: plainContext, cache: createCache(), flights: { current: undefined },
    budget: { tokens: 1_000, charsPerToken: 3 }, now: () => performance.now(), ...more,
  };
}
