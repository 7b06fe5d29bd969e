// How sure the model must have been for a suggestion to be worth a look. The figures come from `inkling eval`, which prints precision
// against coverage for the embedded model; they stand here and nowhere else.
import type { Sureness } from "./decode.js";

export const thresholds = {
  /** Least mean probability of the tokens that are shown. */
  mean: 0.4,
  /** Least mean probability of a further line in a block; below it the block ends before that line. */
  nextLine: 0.6,
};

/** Mean probability of the tokens whose text ends within these characters, 0 to 1; undefined where there are none. */
export function meanProbability(steps: readonly Sureness[], from = 0, to = Infinity): number | undefined {
  const within = steps.filter(step => step.end > from && step.end <= to);
  return within.length === 0 ? undefined : within.reduce((sum, step) => sum + step.probability, 0) / within.length;
}
