// What goes into complete() and what comes out of it. Values only.
import type { CompletionRecord, ReasonCode } from "../../protocol/completion.js";
import type { Budget, ComposedContext, SourceDocument } from "../context/context.js";
import type { SyntaxTree } from "../syntax/parser.js";
import type { CompletionCache } from "./cache.js";
import type { BoundFormat } from "./fim.js";
import type { FlightDeck } from "./flight.js";
import type { LanguageModel, Token } from "../model.js";
import type { Voice } from "./voice.js";

/** From and to, in UTF-16 code units of the document. */
export type Range = readonly [start: number, end: number];

export interface CompletionRequest {
  /** False when the user asked by key or command: then no place is refused. */
  automatic: boolean;
  /** The entry chosen in the editor's suggestion list: what is shown must begin with it. */
  selected?: { range: Range; text: string };
  /** The user has just accepted a suggestion that ended here, so a block is welcome. */
  afterAccept?: boolean;
  /** Nobody asks yet: what is found out waits in the cache. */
  ahead?: boolean;
}

/** What the user wants to be left alone with. */
export interface CompletionSettings {
  inComments: boolean;
  inStrings: boolean;
}

export interface CompletionDeps {
  model: LanguageModel;
  /** From chooseFormat(model), once per loaded model. */
  format: BoundFormat;
  compose: (document: SourceDocument, offset: number, budget: Budget) => ComposedContext;
  cache: CompletionCache;
  /** Syntax trees, where the language has a grammar; without them nothing is checked for parse errors. */
  trees?: TreeSource;
  budget: Budget;
  /** Where a running generation is left for the next keystroke; owned by whoever owns the model. Without it none is taken over. */
  flights?: FlightDeck;
  /** Milliseconds to wait for another key before this prompt is evaluated; see wait.ts. Without it there is no wait. */
  waitMs?: (prompt: readonly Token[]) => number;
  /** What the open files (or the prompt) say at this place, to be mixed with what the model says; without it the model speaks alone. */
  voice?: (document: SourceDocument, offset: number, prompt: ComposedContext) => Voice;
  /** Whether the model is to write again what is begun at the cursor; see heal.ts. Not beside a voice, which knows where its lines were divided. */
  heals?: boolean;
  /** Both true where nothing is set. */
  settings?: CompletionSettings;
  /** Milliseconds from any fixed point, as performance.now(). */
  now: () => number;
}

export interface TreeSource {
  /** The tree of a document, kept by its owner. */
  of(document: SourceDocument): SyntaxTree | undefined;
  /** The tree of a changed text; whoever asks for it deletes it. */
  reparse(old: SyntaxTree, text: string): SyntaxTree | undefined;
}

export interface CompletionItem {
  text: string;
  range: Range;
}

/** Empty unless the reason is `shown`; then one item. */
export interface CompletionAnswer extends Omit<CompletionRecord, "model"> {
  items: CompletionItem[];
  /** What the engine threw, where the reason is `engine-error`. */
  error?: unknown;
}

export type Verdict = { keep: true; item: CompletionItem } | { keep: false; reason: ReasonCode };
