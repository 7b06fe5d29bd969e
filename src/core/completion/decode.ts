// Pulls tokens out of a generation until a stop rule says that the suggestion is complete. Ending the iteration early is what saves
// the computation: the engine decodes only what is pulled.
import type { Generation, LanguageModel, Token } from "./model.js";

/** Looked at after every token: `text` is all of the answer so far. Undefined means go on; a number, keep that many characters and stop. */
export type StopRule = (text: string) => number | undefined;

export interface Decoded {
  text: string;
  tokens: number;
  /** Mean probability of the tokens, 0 to 1; undefined without tokens. */
  confidence: number | undefined;
}

export async function decode(generation: Generation, model: LanguageModel, stops: ReadonlySet<Token>, rules: readonly StopRule[]): Promise<Decoded> {
  const tokens: Token[] = [];
  let sum = 0;
  const decoded = (text: string): Decoded =>
    ({ text, tokens: tokens.length, confidence: tokens.length === 0 ? undefined : sum / tokens.length });
  for await (const { token, probability } of generation.steps) {
    if (stops.has(token)) break;
    tokens.push(token);
    sum += probability;
    const text = model.detokenize(tokens);
    const end = firstOf(rules, text);
    if (end !== undefined) return decoded(text.slice(0, end));
  }
  return decoded(model.detokenize(tokens));
}

function firstOf(rules: readonly StopRule[], text: string): number | undefined {
  for (const rule of rules) {
    const end = rule(text);
    if (end !== undefined) return end;
  }
  return undefined;
}
