// Counts what becomes of suggestions, from what VS Code tells: an answer that it took, an accept, and edits of documents. Keeps texts in memory
// only, and those no longer than it takes to see what becomes of them.
import { type Position, type Range, type TextDocument, type TextDocumentChangeEvent, workspace } from "vscode";
import { type Edit, moved, type Span, stands } from "./fate.js";
import type { StatisticsStore } from "./store.js";

/** By then it is clear whether somebody wants to keep what was accepted. */
const FATE_AFTER_MS = 30_000;

/** A suggestion that VS Code has taken to show. */
export interface Shown {
  document: TextDocument;
  range: Range;
  text: string;
  /** From the key to the answer. */
  waitMs: number;
}

export interface SuggestionCounter {
  shown(what: Shown): void;
  /** After VS Code has inserted `text` at `start`, in place of `replaced` characters. */
  accepted(document: TextDocument, start: Position, text: string, replaced: number): void;
  dispose(): void;
}

interface Current {
  uri: string;
  /** Place and all of the text: the same while somebody types through it. */
  identity: string;
  line: number;
  character: number;
  text: string;
  partly: boolean;
}

interface Watched extends Span {
  document: TextDocument;
}

export function createCounter(store: Pick<StatisticsStore, "count">, fateAfterMs = FATE_AFTER_MS): SuggestionCounter {
  let current: Current | undefined;
  const watched = new Set<Watched>();
  const timers = new Set<NodeJS.Timeout>();

  const judge = (span: Watched): void => {
    watched.delete(span);
    if (span.document.isClosed) return; // nobody can tell
    const isKept = stands(span, span.document.getText());
    store.count(span.document.languageId, isKept ? { kept: 1 } : { gone: 1 });
  };
  const follow = ({ document, contentChanges }: TextDocumentChangeEvent): void => {
    const edits: Edit[] = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({ offset: rangeOffset, removed: rangeLength, added: text.length }));
    for (const span of watched) if (span.document === document) Object.assign(span, moved(span, edits));
    const [change, more] = contentChanges;
    if (!current || !change || more || document.uri.toString() !== current.uri) return;
    if (!isPartOf(current, change)) return;
    store.count(document.languageId, { partly: current.partly ? 0 : 1, characters: change.text.length });
    current.partly = true;
  };

  const listener = workspace.onDidChangeTextDocument(follow);
  return {
    shown({ document, range, text, waitMs }) {
      const before = document.lineAt(range.start.line).text.slice(0, range.start.character);
      const uri = document.uri.toString();
      const identity = `${uri}\0${range.start.line}\0${before}${text}`;
      const isSame = current?.identity === identity;
      current = { uri, identity, line: range.start.line, character: range.start.character, text, partly: isSame && current?.partly === true };
      if (!isSame) store.count(document.languageId, { shown: 1, waitMs });
    },
    accepted(document, start, text, replaced) {
      current = undefined;
      store.count(document.languageId, { accepted: 1, characters: Math.max(0, text.length - replaced) });
      const span: Watched = { document, start: document.offsetAt(start), text };
      watched.add(span);
      const timer = setTimeout(() => {
        timers.delete(timer);
        judge(span);
      }, fateAfterMs);
      timers.add(timer);
    },
    dispose() {
      listener.dispose();
      timers.forEach(clearTimeout);
    },
  };
}

/** No API tells that a word was taken; an insertion of more than one character that is how the suggestion begins is one. */
function isPartOf({ line, character, text }: Current, change: { range: Range; rangeLength: number; text: string }): boolean {
  const { start } = change.range;
  return start.line === line && start.character === character && change.rangeLength === 0
    && change.text.length > 1 && change.text.length < text.length && text.startsWith(change.text);
}
