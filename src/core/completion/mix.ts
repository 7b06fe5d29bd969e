// Lets the open files have a say in what a small model says next: the model's probabilities and the n-gram's are averaged, and the n-gram
// counts the more, the longer the stretch that it has seen before and the less sure the model is. Knows neither text nor files.
import type { Candidate, GenerateOptions, Generation, LanguageModel, Step, Token } from "../model.js";
import type { Prediction } from "./ngram.js";
import type { Voice } from "./voice.js";

/** Coefficients of the n-gram's weight, a logistic function of {@link featuresOf}. */
export type Weights = readonly number[];

/** For inkling-nano on its validation projects: `npx tsx scripts/calibrate-mix.ts`. */
export const weights: Weights = [0.26, 0.73, -1.15, -0.23];

/** What the weight depends on: how much the n-gram has seen of this context, the length of the longest one, the model's sureness. */
export function featuresOf(candidates: readonly Candidate[], said: Prediction<Token>): number[] {
  return [1, logOdds(1 - said.rest), Math.log(1 + said.longest), logOdds(candidates[0]?.probability ?? 0)];
}

/** The n-gram's share, 0 to 1. It has none where it has nothing to say. */
export function shareOf(candidates: readonly Candidate[], said: Prediction<Token>, by: Weights = weights): number {
  if (said.seen.size === 0) return 0;
  const x = featuresOf(candidates, said).reduce((sum, feature, i) => sum + feature * (by[i] ?? 0), 0);
  return 1 / (1 + Math.exp(-x));
}

function logOdds(probability: number): number {
  const inside = Math.min(Math.max(probability, 0.001), 0.999);
  return Math.log(inside / (1 - inside));
}

export interface Choice {
  token: Token;
  /** Of the mixture, 0 to 1. */
  probability: number;
}

/**
 * The likeliest token of the mixture. Tokens of which `isOver` is true count as one, because it is the same to the reader in which way a line
 * ends. A token that the model does not have among its candidates takes part with the n-gram's probability alone.
 */
export function mix(candidates: readonly Candidate[], said: Prediction<Token>, isOver: (token: Token) => boolean, by: Weights = weights): Choice {
  const share = shareOf(candidates, said, by);
  const mixed = new Map<Token, number>();
  let over: Token | undefined;
  const add = (token: Token, ends: boolean, probability: number): void => {
    const joins = ends || isOver(token);
    if (joins) over ??= token;
    const key = joins && over !== undefined ? over : token;
    mixed.set(key, (mixed.get(key) ?? 0) + probability);
  };
  for (const { token, probability, ends } of candidates) add(token, ends, (1 - share) * probability);
  for (const [token, probability] of said.seen) add(token, false, share * probability);
  let best: Choice = { token: candidates[0]?.token ?? 0, probability: 0 };
  for (const [token, probability] of mixed) if (probability > best.probability) best = { token, probability };
  return best;
}

/** As the model's own generate(), with the n-gram in it: steps have the probabilities of the mixture. `oneLine`: a line break is an end. */
export async function generateWith(
  voice: Voice, model: LanguageModel, prompt: readonly Token[], { oneLine, ...options }: GenerateOptions & { oneLine: boolean },
): Promise<Generation> {
  const choices: Choice[] = [];
  const said: Token[] = [];
  const choose = (candidates: readonly Candidate[]): Token => {
    const mayEnd = oneLine && model.detokenize(said).trim() !== "";
    const choice = mix(candidates, voice.after(said), (token) => mayEnd && voice.isLineEnd(token));
    choices.push(choice);
    said.push(choice.token);
    return choice.token;
  };
  const generation = await model.generate(prompt, { ...options, choose });
  return { ...generation, steps: withProbabilities(generation.steps, choices) };
}

async function* withProbabilities(steps: AsyncIterable<Step>, choices: readonly Choice[]): AsyncGenerator<Step, void, undefined> {
  let count = 0;
  for await (const step of steps) {
    yield { ...step, probability: choices[count]?.probability ?? step.probability };
    count += 1;
  }
}
