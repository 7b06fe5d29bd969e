// How each language wants its doc comments, as data.

export interface DocStyle {
  /** Above the definition, or the first thing in its body. */
  place: "above" | "inside";
  /** First and last line; absent where every line begins with `line`. */
  open?: string;
  close?: string;
  /** In front of every line. */
  line: string;
  /** What is said about parameters and results. */
  tags: "jsdoc" | "javadoc" | "phpdoc" | "xml" | "google" | "rust" | "yard" | "none";
  /** How the sentence begins: `Finds …`, `Find …`, or with the name itself. */
  mood: "indicative" | "imperative" | "named";
}

const block = { place: "above", open: "/**", line: " * ", close: " */", mood: "indicative" } as const;
const lines = { place: "above", mood: "indicative" } as const;

const styles: Readonly<Record<string, DocStyle>> = {
  typescript: { ...block, tags: "jsdoc" }, typescriptreact: { ...block, tags: "jsdoc" }, javascript: { ...block, tags: "jsdoc" }, javascriptreact: { ...block, tags: "jsdoc" },
  java: { ...block, tags: "javadoc" }, php: { ...block, tags: "phpdoc" }, c: { ...block, tags: "javadoc" }, cpp: { ...block, tags: "javadoc" },
  csharp: { ...lines, line: "/// ", tags: "xml" },
  rust: { ...lines, line: "/// ", tags: "rust" },
  go: { ...lines, line: "// ", tags: "none", mood: "named" },
  ruby: { ...lines, line: "# ", tags: "yard" },
  shellscript: { ...lines, line: "# ", tags: "none" },
  python: { place: "inside", open: "\"\"\"", line: "", close: "\"\"\"", tags: "google", mood: "imperative" },
};

export function docStyle(languageId: string): DocStyle | undefined {
  return styles[languageId];
}
