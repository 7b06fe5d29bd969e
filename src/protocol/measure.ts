// Measuring how fast the loaded model is on this machine. Plain data.

export const measureMethods = {
  /** Client to worker, request of {@link MeasureParams}: answered with a {@link Measurement}, or null without a model. */
  measure: "inkling/measure",
} as const;

export interface MeasureParams {
  /** Milliseconds that the measurement may take, roughly. */
  budgetMs: number;
}

/** What one model reached, at best: lower figures are the machine's other work. */
export interface Measurement {
  model: string;
  /** Size of its file. */
  bytes: number;
  /** Tokens of a new prompt that are evaluated per second. */
  prefill: number;
  /** Milliseconds to decode one token. */
  tokenMs: number;
  threads: number;
}
