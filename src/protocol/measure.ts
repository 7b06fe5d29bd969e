// Measuring how fast this machine is. Plain data.

export const measureMethods = {
  /** Client to worker, request of {@link MeasureParams}: answered with a {@link Measurement}; fails with a message where nothing can be run. */
  measure: "inkling/measure",
} as const;

export interface MeasureParams {
  /** Milliseconds that the measurement may take, roughly, loading aside. */
  budgetMs: number;
  /** Absolute path of a model of zeros (src/models/probe.ts). The client writes it: the worker may write no files. */
  probeFile: string;
}

/** What one model reached, at best: lower figures are the machine's other work. */
export interface MeasuredRun {
  model: string;
  /** Size of its file. */
  bytes: number;
  /** Tokens of a new prompt that are evaluated per second. */
  prefill: number;
  /** Milliseconds to decode one token. */
  tokenMs: number;
}

export interface Measurement {
  /** The model that completes; null where none is loaded. */
  current: MeasuredRun | null;
  /** A model of zeros with the size of a small real one, which stands for those that are not here. */
  probe: MeasuredRun;
  threads: number;
}
