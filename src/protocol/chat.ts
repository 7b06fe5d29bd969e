// Conversation with a model: what is asked, what streams back, what it will cost. Plain data. Answers stream as partial results of the request.

export const chatMethods = {
  /** Request, {@link ChatParams} to {@link ChatAnswer}; partial results are {@link ChatPart}. */
  ask: "inkling/chat",
  /** Request, {@link FactsParams} to {@link ResolvedFact}[], one per item. */
  facts: "inkling/chatFacts",
  /** Request, {@link ChatParams} to {@link ChatMeasure}, or null where no model can converse. */
  measure: "inkling/chatMeasure",
  /** Request without parameters, to {@link ChatModel}; loads nothing. */
  model: "inkling/chatModel",
} as const;

export interface ChatMessage {
  role: "user" | "assistant";
  text: string;
  /** Shown to the model with the message. */
  facts?: readonly Fact[];
}

/** Text that the model is shown: a file, a selection, what is known about a function. */
export interface Fact {
  title: string;
  text: string;
}

export interface ChatParams {
  /** In order; the last one is the person's. */
  messages: readonly ChatMessage[];
  /** Of the code that a model completes which cannot converse. */
  languageId?: string;
  maxTokens?: number;
  temperature?: number;
  /** Nothing of ours is added: for other extensions, which say themselves how the model shall behave. */
  bare?: boolean;
}

export type ChatPart =
  /** Of the prompt's tokens, this many are read. */
  | { kind: "reading"; done: number; total: number }
  | { kind: "text"; text: string };

export type ChatAnswer =
  | { kind: "answered"; model: string; end: ChatEnd; leftOut: LeftOut; tokens: { prompt: number; reused: number; generated: number; window: number } }
  /** The model cannot converse; what streamed was facts, and the code that it would go on with. `code` tells whether it had any. */
  | { kind: "completed"; model: string; code: boolean; facts: boolean }
  /** Even alone, the question does not fit. */
  | { kind: "too-long"; model: string; tokens: number; window: number }
  | { kind: "no-model"; model: string; message: string };

/** Why an answer ended. */
export type ChatEnd =
  | "finished"    // the model said so
  | "length"      // as long as an answer may be
  | "window"      // no room is left in the model's window
  | "repetition"; // it said the same over and over

/** What did not fit into the window. */
export interface LeftOut {
  /** Earlier questions with their answers. */
  turns: number;
  /** Titles of facts that were shortened or dropped. */
  facts: readonly string[];
}

export interface ChatMeasure {
  used: number;
  window: number;
  /** Kept free for the answer; part of `used`. */
  answer: number;
  leftOut: LeftOut;
}

export interface FactsParams {
  items: readonly ContextItem[];
}

/** Something that a person attaches to a question. Positions as in LSP. */
export type ContextItem =
  | { kind: "file"; uri: string; position?: Position }
  | { kind: "selection"; uri: string; range: { start: Position; end: Position } }
  | { kind: "problems"; problems: readonly Problem[] };

export interface Position { line: number; character: number }

export interface Problem {
  uri: string;
  range: { start: Position; end: Position };
  severity: "error" | "warning";
  message: string;
  /** Who says so, for instance `ts`. */
  source?: string;
}

export type ResolvedFact =
  | { kind: "fact"; fact: Fact; how: "whole" | "outline"; tokens?: number }
  | { kind: "refused"; title: string; reason: "missing" | "secret-file" | "binary" | "too-large" | "generated" | "empty" };

export type ChatModel =
  | { kind: "chat"; name: string; window: number }
  | { kind: "completion"; name: string }
  | { kind: "problem"; name: string; message: string };
