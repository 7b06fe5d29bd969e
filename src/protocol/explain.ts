// Explanations and doc comments: what is asked about which code, what is certain, and who said the rest. Plain data; positions as in LSP.

export const explainMethods = {
  /** Request, {@link ExplainParams} to {@link ExplainAnswer}; partial results are {@link ExplainPart}: the facts first, then words as they come. */
  explain: "inkling/explain",
  /** Request, {@link ExplainParams} to {@link DocumentAnswer}. */
  document: "inkling/document",
} as const;

export interface ExplainParams {
  textDocument: { uri: string };
  /** An empty range asks about what is around it. */
  range: Range;
  /** Version of the document that the range belongs to. */
  version?: number;
  /** No model is asked. */
  factsOnly?: boolean;
  partialResultToken?: string | number;
}

export interface Position { line: number; character: number }
export interface Range { start: Position; end: Position }

export type ExplainPart =
  | ({ kind: "facts" } & Explained)
  /** More of the explanation in words. */
  | { kind: "text"; text: string };

/** What is certain. */
export interface Explained {
  /** A few words. */
  title: string;
  /** The facts for a reader. */
  markdown: string;
  /** The facts as data; see `Facts` in src/core/explain/facts.ts. */
  facts: object;
  /** Facts and code, secrets blacked out, for a model that is asked on. */
  context: string;
  /** What they are about, which may be more than what was selected. */
  range: Range;
}

export type ExplainAnswer =
  | ({ kind: "explained"; words: Words } & Explained)
  | Refused;

/** Who said more than the facts. */
export type Words =
  | { by: "chat-model"; model: string; text: string; dropped: number; shortened: boolean }
  /** A doc comment for the code: its first sentence by the model, or by rules where the model was not sure. */
  | { by: "completion-model" | "facts"; model: string; comment: string }
  /** The facts are all there is; `message` says why where that is worth saying. */
  | { by: "nobody"; message?: string };

export type DocumentAnswer =
  | { kind: "documented"; edit: { range: Range; newText: string }; by: "completion-model" | "facts"; model: string; name: string }
  | Refused;

export interface Refused {
  kind: "refused";
  reason: RefusedReason;
  /** One sentence for the person. */
  message: string;
}

export type RefusedReason =
  | "unknown-document"  // the worker was never told about it
  | "stale"             // it has changed since
  | "nothing-here"      // nothing is selected and nothing is around the cursor
  | "secret-file"
  | "too-large"
  | "binary"
  | "language"          // no doc comments in this language
  | "no-definition"     // not in a function, method or type
  | "documented"        // there is a doc comment already
  | "no-line";          // there is no place for one
