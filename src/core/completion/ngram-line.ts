// Completes a line from nothing but the other lines of the file (and of files beside it): the baseline that every model has to
// beat, and an ally of small ones. It knows no language and no model.
import { isWord, lex, type CodeToken } from "./lexer.js";
import { indexSequences, predict, probabilityOf, type NgramIndex } from "./ngram.js";

export interface NgramLine {
  /** Up to the line's end, without it; empty if nothing fits. */
  text: string;
  /** Characters behind the cursor that the text says again at its end: brackets that the editor has closed already. */
  replaces: number;
  /** Of the whole line under the n-gram, 0 to 1. */
  probability: number;
}

interface Hypothesis {
  symbols: string[];
  logProbability: number;
  finished: boolean;
}

/** Hypotheses kept at each token; more gained nothing on development files. */
const beamWidth = 4;
const maxSymbols = 40;

/** The likeliest rest of the line between the two texts. `neighbours` are texts of other files, the nearest last. */
export function completeLine(before: string, after: string, neighbours: readonly string[] = []): NgramLine {
  const tokens = lex(before);
  const typedSpace = /[^\S\n]$/.test(before);
  const last = tokens.at(-1);
  // A word that the cursor stands behind may be only the beginning of one, so it limits the first symbol instead of leading to it.
  const begun = !typedSpace && last && isWord(last.text) ? last.text : "";
  const context = begun ? tokens.slice(0, -1) : tokens;
  const sequences = [...neighbours.map(lex), context, lex(after)];
  const index = indexSequences(sequences.map((sequence) => sequence.map((token) => token.text)));
  const near = sequences.slice(0, -1).reduce((length, sequence) => length + sequence.length + 1, 0);
  const rest = lex(after.slice(0, endOf(after))).map((token) => token.text);
  const best = search(index, context.map((token) => token.text), begun, near, rest);
  if (!best) return { text: "", replaces: 0, probability: 0 };
  const flat = sequences.flatMap((sequence) => [...sequence, undefined]);
  const text = render(best.symbols, context.at(-1)?.text ?? "\n", index, flat).trimStart().slice(begun.length);
  const space = typedSpace || begun ? "" : spaceBefore(before, after, index, flat, best.symbols[0]!);
  return { text: space + text, replaces: endsWith(best.symbols, rest) ? endOf(after) : 0, probability: Math.exp(best.logProbability) };
}

const endOf = (text: string): number => text.split("\n", 1)[0]!.trimEnd().length;

const endsWith = (symbols: readonly string[], rest: readonly string[]): boolean =>
  rest.length > 0 && rest.every((symbol, i) => symbols[symbols.length - 1 - rest.length + i] === symbol);

/** In an empty line the indentation of the line above, deeper where that opens something; elsewhere what the file has between these two tokens. */
function spaceBefore(before: string, after: string, index: NgramIndex<string>, tokens: readonly (CodeToken | undefined)[], symbol: string): string {
  if (before !== "" && !before.endsWith("\n")) return /^[^\S\n]*/.exec(render([symbol], lex(before).at(-1)!.text, index, tokens))![0];
  const line = before.trimEnd().split("\n").at(-1)!;
  const above = /^\s*/.exec(line)![0];
  const below = /^([^\S\n]*)\S/m.exec(after)?.[1] ?? "";
  return /[:{([]$/.test(line) && below.length > above.length ? below : above;
}

/** The likeliest line; one that ends with what the line already ends with, if there is any. */
function search(index: NgramIndex<string>, context: string[], begun: string, near: number, rest: string[]): Hypothesis | undefined {
  let beam: Hypothesis[] = firstSymbols(index, context, begun, near);
  for (let i = 1; i < maxSymbols && beam.some((hypothesis) => !hypothesis.finished); i++) {
    beam = keepBest(beam.flatMap((hypothesis) => (hypothesis.finished ? [hypothesis] : extend(index, context, hypothesis, near))));
  }
  const finished = beam.filter((hypothesis) => hypothesis.finished);
  return finished.find((hypothesis) => endsWith(hypothesis.symbols, rest)) ?? finished[0];
}

/** Every symbol that continues the begun word, or any but the line's end where no word was begun; a new word stands for itself. */
function firstSymbols(index: NgramIndex<string>, context: string[], begun: string, near: number): Hypothesis[] {
  const prediction = predict(index, context, near);
  const fitting = [...index.positions.keys()].filter((symbol) => (begun ? symbol.startsWith(begun) : symbol !== "\n"));
  const candidates = fitting.map((symbol) => ({ symbol, p: probabilityOf(index, prediction, symbol) }));
  const total = candidates.reduce((sum, { p }) => sum + p, 0);
  if (total === 0) return begun ? [{ symbols: [begun], logProbability: Math.log(0.5), finished: false }] : [];
  return keepBest(candidates.map(({ symbol, p }) => ({ symbols: [symbol], logProbability: Math.log(p / total), finished: false })));
}

function extend(index: NgramIndex<string>, context: string[], hypothesis: Hypothesis, near: number): Hypothesis[] {
  const prediction = predict(index, [...context, ...hypothesis.symbols], near);
  const symbols = prediction.seen.size > 0 ? prediction.seen.keys() : index.positions.keys();
  return keepBest([...symbols].map((symbol) => ({
    symbols: [...hypothesis.symbols, symbol],
    logProbability: hypothesis.logProbability + Math.log(probabilityOf(index, prediction, symbol)),
    finished: symbol === "\n",
  })));
}

function keepBest(hypotheses: Hypothesis[]): Hypothesis[] {
  return hypotheses.sort((a, b) => b.logProbability - a.logProbability).slice(0, beamWidth);
}

/** Sets the white space between two tokens as the file did the last time it had the pair. */
function render(symbols: string[], before: string, index: NgramIndex<string>, tokens: readonly (CodeToken | undefined)[]): string {
  let text = "";
  let previous = before;
  for (const symbol of symbols) {
    if (symbol === "\n") break;
    const occurrences = index.positions.get(symbol) ?? [];
    const pair = occurrences.findLast((position) => index.symbols[position - 1] === previous) ?? occurrences.at(-1);
    text += (pair === undefined ? "" : tokens[pair]!.space) + symbol;
    previous = symbol;
  }
  return text;
}
