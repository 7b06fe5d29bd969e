// Keeps the trees of the documents that were asked about last, so that a keystroke costs a reparse of what it changed.
// Knows nothing of editors: a document's new text is compared with the one that the tree was made of.
import type { SourceDocument } from "../context/context.js";
import { isTooLarge } from "../context/refuse.js";
import type { Syntax, SyntaxTree } from "./parser.js";

export interface Trees {
  /** The tree of this version; undefined where the language is not loaded, and for a text that is too large or cannot be parsed in time. Valid until the next call for the same document. */
  of(document: Pick<SourceDocument, "uri" | "languageId" | "text">): SyntaxTree | undefined;
  /** Frees the tree of a document that was closed. */
  forget(uri: string): void;
  /** Frees all of them. */
  dispose(): void;
}

/** A text that could not be parsed in time is left alone for so long, or each keystroke would wait for it. */
const GIVE_UP_MS = 60_000;

/** Holds at most `limit` trees; a tree with its outline takes about 12 bytes a character. */
export function createTrees(syntax: Syntax, limit = 12): Trees {
  const held = new Map<string, SyntaxTree>();
  const givenUp = new Map<string, number>();
  const drop = (uri: string) => {
    held.get(uri)?.tree.delete();
    held.delete(uri);
  };
  return {
    of({ uri, languageId, text }) {
      const old = held.get(uri);
      if (old?.text === text && old.language.ids.includes(languageId)) {
        held.delete(uri);
        held.set(uri, old);
        return old;
      }
      if (isTooLarge(text) || performance.now() < (givenUp.get(uri) ?? 0)) {
        drop(uri);
        return undefined;
      }
      const fresh = old?.language.ids.includes(languageId) === true ? syntax.reparse(old, text) : syntax.parse(languageId, text);
      drop(uri);
      if (fresh === undefined) {
        if (syntax.knows(languageId)) givenUp.set(uri, performance.now() + GIVE_UP_MS);
        return undefined;
      }
      givenUp.delete(uri);
      held.set(uri, fresh);
      for (const eldest of held.keys()) {
        if (held.size <= limit) break;
        drop(eldest);
      }
      return fresh;
    },
    forget(uri) {
      givenUp.delete(uri);
      drop(uri);
    },
    dispose() {
      for (const uri of [...held.keys()]) drop(uri);
    },
  };
}
