// `textDocument/completion` for editors without inline completion, such as Helix and Emacs: the same suggestion, as the one entry of a list.
// Knows how such lists work and nothing about suggestions.
import {
  CompletionItemKind, CompletionTriggerKind, InlineCompletionTriggerKind, ResponseError,
  type CompletionItem, type CompletionList, type CompletionParams, type InitializeParams, type InlineCompletionItem, type Position, type ServerCapabilities,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { WorkerOptions } from "../protocol/worker.js";
import type { Answer, RequestParams } from "./completion.js";

/** Editors ask by themselves after letters; after these, only when the server says so. */
const TRIGGER_CHARACTERS = [".", " ", "(", "[", "{", "=", ",", ":", "\"", "'", "/"];

/** Nothing for a client that can show ghost text, or that brings a provider of its own. */
export function plainCompletionCapability({ capabilities }: InitializeParams, { announceInlineCompletion = true }: Partial<WorkerOptions>): ServerCapabilities {
  if (!announceInlineCompletion || capabilities.textDocument?.inlineCompletion !== undefined) return {};
  return { completionProvider: { triggerCharacters: TRIGGER_CHARACTERS } };
}

/** `ask` answers a request for an inline completion; `document` is what it is about. */
export async function plainCompletion(
  { textDocument, position, context }: CompletionParams, document: TextDocument | undefined, ask: (request: RequestParams) => Promise<Answer | ResponseError>,
): Promise<CompletionList | ResponseError> {
  const byCharacter = context?.triggerKind === CompletionTriggerKind.TriggerCharacter;
  // A list is asked for on a key or by key, and nobody says which: what is asked for in a place where typing would be left alone is taken as a wish.
  const triggerKind = byCharacter ? InlineCompletionTriggerKind.Automatic : InlineCompletionTriggerKind.Invoked;
  const answer = await ask({ textDocument, position, context: { triggerKind } });
  if (answer instanceof ResponseError) return answer;
  const items = document ? answer.items.map((item) => listed(item, position, document)) : [];
  return { isIncomplete: true, items }; // the next key makes it another one
}

/** Editors keep entries that begin like the word at the cursor, so the entry contains what there is of the word. */
function listed(item: InlineCompletionItem, position: Position, document: TextDocument): CompletionItem {
  const text = typeof item.insertText === "string" ? item.insertText : item.insertText.value;
  const before = document.getText({ start: { line: position.line, character: 0 }, end: position });
  const word = /[\p{L}\p{N}_$]*$/u.exec(before)?.[0] ?? "";
  const newText = word + text;
  const [first = "", ...more] = newText.trim().split("\n");
  return {
    label: more.length > 0 ? `${first} …` : first,
    labelDetails: { description: "Inkling" },
    kind: CompletionItemKind.Snippet,
    ...more.length > 0 && { documentation: { kind: "plaintext", value: newText } },
    filterText: newText,
    sortText: "\uffff", // what a language server knows comes first
    textEdit: { range: { start: { line: position.line, character: position.character - word.length }, end: item.range?.end ?? position }, newText },
  };
}
