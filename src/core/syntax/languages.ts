// What is known about each language, as data: adding a language adds an entry here and a query file, no code.
// Knows nothing about parsing.

export interface LanguageData {
  /** VS Code's language identifiers, the first one being the name used here. */
  ids: readonly [string, ...string[]];
  /** File extensions without the dot. */
  extensions: readonly string[];
  /** Grammar: the file is `tree-sitter-<grammar>.wasm`. */
  grammar: string;
  /** Query files `<name>.scm`, joined in this order. */
  queries: readonly string[];
  lineComment?: string;
  blockComment?: readonly [open: string, close: string];
  /** What tells where a block ends. */
  blocks: "braces" | "indentation" | "keywords";
  /** What stands for a body that is left out, where the body has no brackets of its own. */
  elided: string;
}

const slashes = { lineComment: "//", blockComment: ["/*", "*/"] } as const;
const braces = { blocks: "braces", elided: " ..." } as const;

export const languages: readonly LanguageData[] = [
  { ids: ["typescript"], extensions: ["ts", "mts", "cts"], grammar: "typescript", queries: ["ecmascript", "typescript"], ...slashes, ...braces },
  { ids: ["typescriptreact"], extensions: ["tsx"], grammar: "tsx", queries: ["ecmascript", "typescript"], ...slashes, ...braces },
  { ids: ["javascript", "javascriptreact"], extensions: ["js", "mjs", "cjs", "jsx"], grammar: "javascript", queries: ["ecmascript", "javascript"], ...slashes, ...braces },
  { ids: ["python"], extensions: ["py", "pyi"], grammar: "python", queries: ["python"], lineComment: "#", blocks: "indentation", elided: " ..." },
  { ids: ["go"], extensions: ["go"], grammar: "go", queries: ["go"], ...slashes, ...braces },
  { ids: ["rust"], extensions: ["rs"], grammar: "rust", queries: ["rust"], ...slashes, ...braces },
  { ids: ["java"], extensions: ["java"], grammar: "java", queries: ["java"], ...slashes, ...braces },
  { ids: ["c"], extensions: ["c", "h"], grammar: "cpp", queries: ["cpp"], ...slashes, ...braces },
  { ids: ["cpp"], extensions: ["cpp", "cc", "cxx", "hpp", "hh", "hxx"], grammar: "cpp", queries: ["cpp"], ...slashes, ...braces },
  { ids: ["csharp"], extensions: ["cs"], grammar: "c-sharp", queries: ["csharp"], ...slashes, ...braces },
  { ids: ["ruby"], extensions: ["rb", "rake"], grammar: "ruby", queries: ["ruby"], lineComment: "#", blocks: "keywords", elided: "; " },
  { ids: ["php"], extensions: ["php"], grammar: "php", queries: ["php"], ...slashes, ...braces },
  { ids: ["shellscript"], extensions: ["sh", "bash"], grammar: "bash", queries: ["bash"], lineComment: "#", ...braces },
  { ids: ["css"], extensions: ["css"], grammar: "css", queries: ["css"], blockComment: ["/*", "*/"], ...braces },
];

export function languageById(languageId: string): LanguageData | undefined {
  return languages.find(language => language.ids.includes(languageId));
}

/** By file extension, for files that no editor has opened. */
export function languageByPath(path: string): LanguageData | undefined {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension === undefined ? undefined : languages.find(language => language.extensions.includes(extension));
}
