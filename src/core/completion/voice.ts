// What the open files say about the next token: an n-gram over the model's own tokens, of the document left and right of the cursor and
// of its neighbours. It must not know what the model thinks; mix.ts weighs the two.
import type { ComposedContext, SourceDocument } from "../context/context.js";
import { redact, redactAround } from "../context/secrets.js";
import type { LanguageModel, Token } from "../model.js";
import { owned } from "../owned.js";
import { completeLine } from "./ngram-line.js";
import { indexSequences, predict, type Prediction } from "./ngram.js";
import { splitsLike } from "./voice-splits.js";

export interface Voice {
  /** What follows the cursor's text and these tokens of the answer. */
  after(said: readonly Token[]): Prediction<Token>;
  /** The line that they would write without any model, with its probability. */
  line(): { tokens: readonly Token[]; probability: number } | undefined;
  /** A token that is nothing but the end of a line, perhaps with the next one's indentation. */
  isLineEnd(token: Token): boolean;
}

/** What it listens to, without secrets: texts up to and from the cursor, and others, the nearest last. */
export interface Sources {
  left: string;
  right: string;
  beside: readonly string[];
}

/** How far it listens, in UTF-16 code units: about 12,000 tokens, which are indexed in a few milliseconds. */
const reach = { before: 20_000, after: 10_000, neighbour: 5_000, neighbours: 2 };
/** Contexts up to this many tokens are told apart. */
const order = 16;
/** Lines whose tokens are kept, so that a keystroke costs one line: about three times as many as are listened to at once. */
const mostLines = 4_000;

/** The document and its neighbours, the nearest of which come first. */
export function openFiles({ text }: SourceDocument, offset: number, neighbours: readonly SourceDocument[]): Sources {
  const window = { start: startOfLine(text, offset - reach.before), end: Math.min(text.length, offset + reach.after) };
  const [left, right] = redactAround(text, offset, window);
  return { left, right, beside: neighbours.slice(0, reach.neighbours).reverse().map((other) => redact(other.text.slice(0, reach.neighbour))) };
}

/** Nothing but what the model reads, too. */
export function promptAlone({ neighbours, outline, prefix, suffix }: ComposedContext): Sources {
  return { left: prefix, right: suffix, beside: [...neighbours.map(({ text }) => text), outline] };
}

/** For one loaded model. */
export function createVoices(model: LanguageModel): (sources: Sources) => Voice {
  const tokenize = rememberingTokens(model);
  const lineEnds = new Map<Token, boolean>();
  const isLineEnd = (token: Token): boolean => {
    const known = lineEnds.get(token) ?? /^[^\S\n]*\n\s*$/.test(model.detokenize([token]));
    lineEnds.set(token, known);
    return known;
  };
  return ({ left, right, beside }) => {
    const lineStart = left.lastIndexOf("\n") + 1;
    const line = left.slice(lineStart);
    const above = linesOf(left.slice(0, lineStart));
    const others = beside.map(linesOf);
    const below = linesOf(right);
    const splits = splitsLike(line, [...others, above, below]);
    const texts = [...others, ...splits, [...above, line], below];
    const known = tokenize(texts.flat());
    const sequences = texts.map((lines) => lines.flatMap((text) => known.get(text) ?? []));
    const before = sequences.at(-2)!;
    const near = sequences.slice(0, -1).reduce((length, sequence) => length + sequence.length + 1, 0);
    const index = indexSequences(sequences, order);
    const context = before.slice(-order);
    return {
      isLineEnd, after: (said) => predict(index, [...context, ...said].slice(-order), near),
      line() {
        const { text: rest, probability } = completeLine(left, right, beside);
        return rest === "" ? undefined : { tokens: model.tokenize(rest), probability };
      },
    };
  };
}

/** The tokens of texts, most of which it has seen before. */
function rememberingTokens(model: LanguageModel): (texts: readonly string[]) => ReadonlyMap<string, Token[]> {
  const known = new Map<string, Token[]>();
  return (texts) => {
    for (const eldest of known.keys()) {
      if (known.size <= mostLines) break;
      known.delete(eldest);
    }
    const missing = [...new Set(texts)].filter((text) => !known.has(text));
    const found = model.tokenizeAll?.(missing) ?? missing.map((text) => model.tokenize(text));
    missing.forEach((text, i) => known.set(owned(text), found[i]!));
    return known;
  };
}

function startOfLine(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.indexOf("\n", offset) + 1;
}

/** Lines with their ends and the blank lines below them: vocabularies of code have tokens that reach over several line ends. */
function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)(?![^\S\n]*\n)/);
}
