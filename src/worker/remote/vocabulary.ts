// Tokens for a model whose vocabulary is elsewhere: pieces of text of a token's usual size, and markers of our own, which no text can spell.
// So prompts can be composed, measured and taken apart again by the same code as for a model in this process.
import type { Token } from "../../core/model.js";

export interface TextVocabulary {
  tokenize(text: string): Token[];
  /** A piece of an answer as one token, however long. */
  tokenOf(text: string): Token;
  /** The token of a marker, which is the same for the same name. */
  marker(name: string): Token;
  nameOf(token: Token): string | undefined;
  detokenize(tokens: readonly Token[]): string;
}

/** A word's beginning or rest, a run of white space, or a character. */
const PIECE = /[\p{L}\p{N}_]{1,4}|[ \t]{1,16}|\r?\n|[^]/gu;

export function createTextVocabulary(): TextVocabulary {
  const texts: string[] = [];
  const tokens = new Map<string, Token>();
  const names = new Map<Token, string>();
  const markers = new Map<string, Token>();
  const add = (text: string): Token => texts.push(text) - 1;
  const tokenOf = (text: string): Token => {
    let token = tokens.get(text);
    if (token === undefined) tokens.set(text, token = add(text));
    return token;
  };
  return {
    tokenOf,
    tokenize: (text) => text.match(PIECE)?.map(tokenOf) ?? [],
    marker: (name) => {
      let token = markers.get(name);
      if (token === undefined) {
        markers.set(name, token = add(""));
        names.set(token, name);
      }
      return token;
    },
    nameOf: (token) => names.get(token),
    detokenize: (list) => list.map((token) => texts[token] ?? "").join(""),
  };
}

/** The texts between markers, each with the marker before it; the first may have none. */
export function sections(prompt: readonly Token[], vocabulary: TextVocabulary): { marker: string | undefined; text: string }[] {
  const found: { marker: string | undefined; tokens: Token[] }[] = [{ marker: undefined, tokens: [] }];
  for (const token of prompt) {
    const marker = vocabulary.nameOf(token);
    if (marker === undefined) found.at(-1)!.tokens.push(token);
    else found.push({ marker, tokens: [] });
  }
  return found.map(({ marker, tokens }) => ({ marker, text: vocabulary.detokenize(tokens) }))
    .filter(({ marker, text }) => marker !== undefined || text !== "");
}
