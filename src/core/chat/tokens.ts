// Pieces of a prompt to tokens. Markers in what the template wrote become control tokens; everything else is tokenized as plain text, in
// which a marker that somebody typed is only its letters.
import type { LanguageModel, Token } from "../model.js";
import type { Piece } from "./template.js";

/** `bos`: what the model wants before everything, where the template does not write it. */
export function tokenizePieces(model: LanguageModel, pieces: readonly Piece[], bos?: string): Token[] {
  const tokens: Token[] = [];
  let plain = ""; // runs of text are tokenized as one: a word may begin in the template and end in the content
  const flush = (): void => {
    if (plain !== "") tokens.push(...model.tokenize(plain));
    plain = "";
  };
  const all: Piece[] = bos !== undefined && !startsWith(pieces, bos) ? [{ kind: "markup", text: bos }, ...pieces] : [...pieces];
  for (const { kind, text } of all) {
    if (kind === "content") {
      plain += text;
      continue;
    }
    const { head, control, tail } = partsOf(model, text);
    plain += head;
    if (control.length === 0) continue;
    flush();
    tokens.push(...control);
    plain = tail;
  }
  flush();
  return tokens;
}

function startsWith([first]: readonly Piece[], text: string): boolean {
  return first?.kind === "markup" && first.text.startsWith(text);
}

interface Parts {
  /** Text before the first marker. */
  head: string;
  /** Tokens from the first marker to the last. */
  control: Token[];
  /** Text after the last marker. */
  tail: string;
}

function partsOf(model: LanguageModel, markup: string): Parts {
  const tokens = model.tokenizeMarkup?.(markup) ?? model.tokenize(markup);
  const isControl = controlTokens(model);
  const first = tokens.findIndex(isControl);
  if (first === -1) return { head: markup, control: [], tail: "" };
  const last = tokens.findLastIndex(isControl);
  const head = model.detokenize(tokens.slice(0, first));
  const tail = model.detokenize(tokens.slice(last + 1));
  // Where the vocabulary does not give back the very text, its tokens stand as they are.
  const headFits = markup.startsWith(head);
  const tailFits = markup.endsWith(tail);
  return {
    head: headFits ? head : "", tail: tailFits ? tail : "",
    control: tokens.slice(headFits ? first : 0, tailFits ? last + 1 : tokens.length),
  };
}

/** Whether a token is no text. Between two letters, because some vocabularies drop a space that comes first. */
export function controlTokens(model: LanguageModel): (token: Token) => boolean {
  const letter = model.tokenize("a").slice(-1);
  const without = model.detokenize([...letter, ...letter]);
  return (token) => model.detokenize([...letter, token, ...letter]) === without;
}
