// How sure the model must have been for a suggestion to be worth a look. The figures come from `inkling eval`, which prints precision
// against coverage for the embedded model; they stand here and nowhere else.
import type { Sureness } from "./decode.js";

export const thresholds = {
  /** Least probability of a line that is shown. */
  line: 0.12,
  /** Least probability of a further line in a block; below it the block ends before that line. */
  nextLine: 0.25,
};

/**
 * Probability of the text between these characters as a whole, 0 to 1; undefined where no token ends there. On held-out lines it tells right from wrong
 * better than the mean of the tokens' probabilities, in which one bad guess is lost among many easy ones.
 */
export function textProbability(steps: readonly Sureness[], from = 0, to = Infinity): number | undefined {
  const within = steps.filter(step => step.end > from && step.end <= to);
  return within.length === 0 ? undefined : within.reduce((product, step) => product * step.probability, 1);
}
