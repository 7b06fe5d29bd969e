// Puts the holes to one arm after the other and keeps what came of each. One worker at a time and one request at a time, as in an editor.
import { holedText, middleOf, type Hole, type SourceFile } from "./holes.js";
import { applySuggestion, judge, middleBytes, nothingShown, type Suggestion } from "./judge.js";
import type { Answer, Answerer } from "./answer.js";
import { needsMore } from "./reach.js";
import type { HoleResult } from "./summary.js";
import type { Grammars } from "./trees.js";

export interface Surroundings {
  grammars: Grammars;
  /** Tokens of the plain window that holes are divided by; see reach.ts. */
  window: number;
  neighboursOf: (file: SourceFile) => readonly SourceFile[];
  /** Called after each hole. */
  progress: (done: number, of: number) => void;
}

export async function answerAll(answerer: Answerer, holes: readonly Hole[], surroundings: Surroundings): Promise<HoleResult[]> {
  const results: HoleResult[] = [];
  for (const hole of holes) {
    const neighbours = surroundings.neighboursOf(hole.file);
    const answer = await answerer.answer(hole, neighbours);
    results.push({ ...resultOf(hole, answer, surroundings.grammars), needsMore: needsMore(hole, surroundings.window, neighbours) });
    surroundings.progress(results.length, holes.length);
  }
  return results;
}

function resultOf(hole: Hole, answer: Answer, grammars: Grammars): Omit<HoleResult, "needsMore"> {
  const { suggestion, unfiltered, confidence, bits } = answer;
  const parse = suggestion && parseOf(hole, suggestion, grammars);
  return {
    id: hole.id, kind: hole.kind, languageId: hole.file.languageId, project: hole.file.project,
    reason: answer.reason, shown: suggestion !== undefined, text: suggestion?.text ?? "", middle: middleOf(hole),
    ...(suggestion ? judge(hole, suggestion) : nothingShown),
    ...parse,
    ...(unfiltered !== undefined && { unfiltered, rawExact: judge(hole, { text: unfiltered, start: hole.start, end: hole.start }).exact }),
    ...(confidence !== undefined && { confidence }),
    ms: answer.ms, promptTokens: answer.promptTokens, generatedTokens: answer.generatedTokens,
    ...(bits !== undefined && { bits }), bytes: middleBytes(hole),
  };
}

/** Against the document with the hole open. What a line has opened, the user is about to close, so `closes` does that first. */
function parseOf(hole: Hole, suggestion: Suggestion, grammars: Grammars): { parses: boolean; closes: boolean } | undefined {
  const errors = (text: string): number | undefined => grammars.countErrors(hole.file.languageId, text);
  const before = errors(holedText(hole));
  const after = errors(applySuggestion(hole, suggestion));
  if (before === undefined || after === undefined) return undefined;
  const parses = after <= before;
  const closed = (ending: string): boolean => (errors(applySuggestion(hole, { ...suggestion, text: suggestion.text + ending })) ?? 0) <= before;
  return { parses, closes: parses || endings(suggestion.text).some(closed) };
}

/** Brackets that the text leaves open, closed; in Python perhaps with a body. Counts signs alone: a bracket in a string is one too many. */
function endings(text: string): string[] {
  const open: string[] = [];
  for (const sign of text.match(/"""|[()[\]{}]/g) ?? []) {
    if (closing[sign] !== undefined && open.at(-1) !== sign) open.push(sign);
    else open.pop();
  }
  const closers = open.reverse().map((sign) => closing[sign]).join("");
  return [closers, `${closers} pass`];
}

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", '"""': '"""' };
