// Pulls tokens out of a generation until a stop rule says that the suggestion is complete. Stopping early is what saves the
// computation: the engine decodes only what is pulled.
import type { Running } from "./flight.js";
import type { LanguageModel, Token } from "../model.js";

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

/** `typed` characters at the start of the answer are in the document by now; the rules and the result see only what follows them. */
export async function decode(
  { flight, typed }: Running, model: LanguageModel, stops: ReadonlySet<Token>, rules: readonly StopRule[], signal: AbortSignal,
): Promise<Decoded> {
  const tokens: Token[] = [];
  const steps: Sureness[] = [];
  let text = "";
  for (;;) {
    const step = await orAborted(flight.step(tokens.length), signal);
    if (step === undefined || stops.has(step.token)) break;
    tokens.push(step.token);
    text = model.detokenize(tokens).slice(typed);
    if (text === "") continue;
    steps.push({ end: text.length, probability: step.probability });
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

async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", onAbort));
}
