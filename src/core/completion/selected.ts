// The editor's own suggestion list is open: what is shown must begin with the entry chosen there. So the question is asked about the
// document as if that entry were accepted, and the answer is brought back.
import type { SourceDocument } from "../context/context.js";
import type { CompletionItem, CompletionRequest } from "./request.js";

export interface Accepted {
  document: SourceDocument;
  offset: number;
  /** Turns an item for that document into one for the document as it is. */
  back: (item: CompletionItem) => CompletionItem;
}

export function asIfAccepted(document: SourceDocument, offset: number, { selected }: CompletionRequest): Accepted {
  if (selected === undefined) return { document, offset, back: item => item };
  const { range: [start, end], text } = selected;
  const cursor = start + text.length;
  return {
    document: withReplaced(document, start, end, text),
    offset: cursor,
    back: item => ({ text: text + item.text, range: [start, end + item.range[1] - cursor] }),
  };
}

export function withReplaced(document: SourceDocument, start: number, end: number, text: string): SourceDocument {
  return { ...document, text: document.text.slice(0, start) + text + document.text.slice(end) };
}
