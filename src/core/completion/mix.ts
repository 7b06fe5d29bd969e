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
  /** It ends the line, or the answer. */
  over: boolean;
}

/**
 * What may come next, likeliest first. Tokens of which `isOver` is true count as one, because it is the same to the reader in which way a line
 * ends. A token that the model does not have among its candidates takes part with the n-gram's probability alone.
 */
export function mix(candidates: readonly Candidate[], said: Prediction<Token>, isOver: (token: Token) => boolean, by: Weights = weights): [Choice, ...Choice[]] {
  const share = shareOf(candidates, said, by);
  const mixed = new Map<Token, Choice>();
  let last: Choice | undefined;
  const add = (token: Token, ends: boolean, probability: number): void => {
    const over = ends || isOver(token);
    const known = over ? last : mixed.get(token);
    if (known) known.probability += probability;
    else mixed.set(token, { token, probability, over });
    if (over) last ??= mixed.get(token);
  };
  for (const { token, probability, ends } of candidates) add(token, ends, (1 - share) * probability);
  for (const [token, probability] of said.seen) add(token, false, share * probability);
  const [first = { token: 0, probability: 0, over: true }, ...others] = [...mixed.values()].sort((a, b) => b.probability - a.probability);
  return [first, ...others];
}

/** As the model's own generate(), with the n-gram in it: steps have the probabilities of the mixture. For answers of several lines. */
export async function generateWith(voice: Voice, model: LanguageModel, prompt: readonly Token[], options: GenerateOptions): Promise<Generation> {
  const choices: Choice[] = [];
  const said: Token[] = [];
  const choose = (candidates: readonly Candidate[]): Token => {
    const [choice] = mix(candidates, voice.after(said), () => false);
    choices.push(choice);
    said.push(choice.token);
    return choice.token;
  };
  const generation = await model.generate(prompt, { ...options, choose });
  return { ...generation, steps: withProbabilities(generation.steps, choices) };
}

/** The steps with the probabilities that their choices had; `choices` grows while they are pulled. */
export async function* withProbabilities(steps: AsyncIterable<Step>, choices: readonly { probability: number }[]): AsyncGenerator<Step, void, undefined> {
  let count = 0;
  for await (const step of steps) {
    yield { ...step, probability: choices[count]?.probability ?? step.probability };
    count += 1;
  }
}
