// An answer of one line by a small model: the likeliest tokens one after the other, as the model and the open files see them together, against
// the line that the open files would write alone. The surer of the two is the answer; where it is that of the files, decoding ends early.
import type { Candidate, GenerateOptions, Generation, LanguageModel, Step, Token } from "../model.js";
import { mix } from "./mix.js";
import type { Voice } from "./voice.js";

interface Line {
  steps: readonly Step[];
  /** Of all its tokens together, and of the end once it is over. */
  probability: number;
  over: boolean;
}

/** As the model's own generate(), but all of the line is known before its first token is pulled. */
export async function generateLine(voice: Voice, model: LanguageModel, prompt: readonly Token[], options: GenerateOptions): Promise<Generation> {
  const toBeat = lineOfFiles(voice);
  let line: Line = { steps: [], probability: 1, over: false };
  const choose = (candidates: readonly Candidate[]): Token => {
    if (line.over) return candidates[0]?.token ?? 0; // the engine may be a token ahead: what follows the line's end is nobody's
    const said = line.steps.map(({ token }) => token);
    const mayEnd = model.detokenize(said).trim() !== "";
    const [{ token, probability, over }] = mix(candidates, voice.after(said), (end) => mayEnd && voice.isLineEnd(end));
    line = { steps: over ? line.steps : [...line.steps, { token, probability }], probability: line.probability * probability, over };
    return token;
  };
  const { reused, prefillMs, steps } = await model.generate(prompt, { ...options, choose });
  const pulled = steps[Symbol.asyncIterator]();
  while ((await pulled.next()).done !== true && !line.over && line.probability > toBeat.probability); // once at least: what never began would never leave the engine
  await pulled.return?.();
  return { reused, prefillMs, steps: handOut(line.probability > toBeat.probability ? line.steps : toBeat.steps) };
}

function lineOfFiles(voice: Voice): Line {
  const { tokens, probability } = voice.line() ?? { tokens: [], probability: 0 };
  return { steps: tokens.map((token) => ({ token, probability: probability ** (1 / tokens.length) })), probability, over: true };
}

async function *handOut(steps: readonly Step[]): AsyncGenerator<Step, void, undefined> {
  await Promise.resolve();
  yield* steps;
}
