// Pulls tokens out of a generation until a stop rule says that the suggestion is complete. Ending the iteration early is what saves
// the computation: the engine decodes only what is pulled.
import type { Generation, LanguageModel, Token } from "./model.js";

/** Looked at after every token: `text` is all of the answer so far. Undefined means go on; a number, keep that many characters and stop. */
export type StopRule = (text: string) => number | undefined;

export interface Decoded {
  text: string;
  tokens: number;
  /** One per token, in order. */
  steps: Sureness[];
}

export interface Sureness {
  /** Where the token's text ends in the answer. */
  end: number;
  /** Probability that the model gave the token, 0 to 1. */
  probability: number;
}

export async function decode(generation: Generation, model: LanguageModel, stops: ReadonlySet<Token>, rules: readonly StopRule[]): Promise<Decoded> {
  const tokens: Token[] = [];
  const steps: Sureness[] = [];
  let text = "";
  for await (const { token, probability } of generation.steps) {
    if (stops.has(token)) break;
    tokens.push(token);
    text = model.detokenize(tokens);
    steps.push({ end: text.length, probability });
    const end = firstOf(rules, text);
    if (end !== undefined) return { text: text.slice(0, end), tokens: tokens.length, steps };
  }
  return { text, tokens: tokens.length, steps };
}

function firstOf(rules: readonly StopRule[], text: string): number | undefined {
  for (const rule of rules) {
    const end = rule(text);
    if (end !== undefined) return end;
  }
  return undefined;
}
