// What the compact context is made from and what it consists of. Values only; compose.ts does the work.

/** A text document as core sees it. Offsets everywhere in core are UTF-16 code units, as in LSP and JavaScript. */
export interface SourceDocument {
  uri: string;
  /** Path shown to the model: relative to the workspace where there is one, with forward slashes. */
  path: string;
  languageId: string;
  version: number;
  text: string;
}

/** How much may go into a prompt. Planning is done in characters; the FIM prompt is fitted to `tokens` exactly. */
export interface Budget {
  tokens: number;
  /** Characters per token of the loaded model on code, measured; about 2.8 for a 4k vocabulary, 3.6 for 150k. */
  charsPerToken: number;
}

/** The composed context, in prompt order. Stable parts come first, so that the KV cache survives typing. */
export interface ComposedContext {
  /** Skeletons of other files: imported, open, recently edited. Most distant first. */
  neighbours: { path: string; text: string }[];
  /** Path of the document itself. */
  path: string;
  /** What lies outside the window, folded: imports, headers of enclosing scopes, signatures with elided bodies. Ends with a newline, or is empty. */
  outline: string;
  /** Lines of the outline that show how names are used elsewhere; for the next prompt on this line. */
  usages?: readonly string[];
  /** Text from the window's start to the cursor, verbatim. Its start moves in big steps. */
  prefix: string;
  /** Text from the cursor to the window's end, verbatim. */
  suffix: string;
  /** The same, as a list for people: what is in the prompt, why, and what it costs. */
  parts: ContextPart[];
}

export interface ContextPart {
  kind: "neighbour" | "imports" | "scope" | "signature" | "skeleton" | "usage" | "window" | "suffix";
  path: string;
  chars: number;
}
