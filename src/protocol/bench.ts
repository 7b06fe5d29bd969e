// What `inkling bench` asks a worker beside completions. Plain data.

export const benchMethods = {
  /** Client to worker, request without parameters: answered with {@link Usage}, or null without a model, as soon as nothing is being computed. */
  usage: "inkling/usage",
} as const;

/** What the worker has computed for completion since its start, whether somebody saw the result or not. */
export interface Usage {
  /** Prompt tokens that went through the model. */
  evaluated: number;
  generated: number;
  /** The most that the engine uses. */
  threads: number;
  /** Resident memory in bytes. */
  memory: number;
  /** Processor time in milliseconds. */
  cpuMs: number;
}
