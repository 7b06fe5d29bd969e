// Trying a model out. Plain data.

export const modelMethods = {
  /** Client to worker, request without parameters: answered with a {@link SelfTest}, or null while no completion model is loaded. */
  selfTest: "inkling/selfTest",
} as const;

/** Whether the loaded model fills in the middle: its markers, and one line that any model for code can fill in. */
export interface SelfTest {
  model: string;
  /** Family of the prompt format. */
  family: string;
  /** Each is exactly one token. */
  markers: { text: string; token: number }[];
  /** The line with a gap. */
  before: string;
  after: string;
  /** What the model put there, up to the end of the line. */
  answer: string;
  /** Whether it is what the gap asks for. */
  passed: boolean;
  /** Whether the model fills in at least a name that stands a line above. */
  simple: boolean;
  ms: number;
}
