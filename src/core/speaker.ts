// What explain and commit need of a model for conversation: to be asked once, and to hand on the answer as it comes.

/** A model that can be asked. */
export interface Speaker {
  name: string;
  /** Tokens that question and answer may take together. */
  window: number;
  count(text: string): number;
  /** Hands on pieces of the answer as they come, until one is enough; rejects with the signal's reason. */
  ask(system: string, user: string, maxTokens: number, signal: AbortSignal, isEnough: (piece: string) => boolean): Promise<void>;
}
