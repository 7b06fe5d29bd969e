// Puts the holes to one arm after the other and keeps what came of each. One worker at a time and one request at a time, as in an editor.
import { holedText, middleOf, type Hole, type SourceFile } from "./holes.js";
import { applySuggestion, judge, middleBytes, nothingShown } from "./judge.js";
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
  const parses = suggestion && parsesNoWorse(hole, applySuggestion(hole, suggestion), grammars);
  return {
    id: hole.id, kind: hole.kind, languageId: hole.file.languageId, project: hole.file.project,
    reason: answer.reason, shown: suggestion !== undefined, text: suggestion?.text ?? "", middle: middleOf(hole),
    ...(suggestion ? judge(hole, suggestion) : nothingShown),
    ...(parses !== undefined && { parses }),
    ...(unfiltered !== undefined && { unfiltered, rawExact: judge(hole, { text: unfiltered, start: hole.start, end: hole.start }).exact }),
    ...(confidence !== undefined && { confidence }),
    ms: answer.ms, promptTokens: answer.promptTokens, generatedTokens: answer.generatedTokens,
    ...(bits !== undefined && { bits }), bytes: middleBytes(hole),
  };
}

function parsesNoWorse(hole: Hole, completed: string, grammars: Grammars): boolean | undefined {
  const before = grammars.countErrors(hole.file.languageId, holedText(hole));
  const after = grammars.countErrors(hole.file.languageId, completed);
  return before === undefined || after === undefined ? undefined : after <= before;
}
