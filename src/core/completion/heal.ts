// Token healing. A cursor divides words: after `con`, a model whose vocabulary has ` console` as one token is asked for a rest that it has
// hardly ever seen. So the prompt ends before what is begun, and the answer has to begin with it. Pure text and tokens.
import type { Candidate, GenerateOptions, Generation, LanguageModel, Token } from "../model.js";
import { withProbabilities } from "./mix.js";

/** No name is longer. */
const mostLetters = 100;

/** Letters at a text's end and one space before them, or that space alone: what a vocabulary may have in one token with what comes next. */
export function begunAt(prefix: string): string {
  return /(?<=\S) ?[\w$]*$|[\w$]+$/.exec(prefix.slice(-mostLetters))?.[0] ?? "";
}

/** As the model's own generate(), but the answer begins with `begun`; steps have their probability among the tokens that do. */
export async function generateHealed(begun: string, model: LanguageModel, prompt: readonly Token[], options: GenerateOptions): Promise<Generation> {
  const said: Token[] = [];
  const choices: { probability: number }[] = [];
  const choose = (candidates: readonly Candidate[]): Token => {
    const written = model.detokenize(said);
    const fitting = written.length >= begun.length ? candidates : candidates.filter(({ token, ends }) => !ends && agrees(model.detokenize([...said, token]), begun, written));
    const [first] = fitting;
    const token = first?.token ?? model.tokenize(begun.slice(written.length))[0] ?? 0;
    choices.push({ probability: first === undefined ? 1 : first.probability / (fitting === candidates ? 1 : sumOf(fitting)) });
    said.push(token);
    return token;
  };
  const generation = await model.generate(prompt, { ...options, choose });
  return { ...generation, steps: withProbabilities(generation.steps, choices) };
}

/** One of the two texts begins with the other, and something was added to what was written before. */
function agrees(text: string, begun: string, written: string): boolean {
  return text.startsWith(begun) || (text.length > written.length && begun.startsWith(text));
}

const sumOf = (candidates: readonly Candidate[]): number => candidates.reduce((sum, { probability }) => sum + probability, 0);
