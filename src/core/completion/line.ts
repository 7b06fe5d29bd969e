// The likeliest line instead of the likeliest next token each time: a first token that is a little less likely may begin a line that is
// a good deal likelier as a whole. The line to beat is the one that the open files would write alone. The search goes on from the best beginning that is left, until none can beat the best line found. Each
// beginning costs only its new tokens, because the KV cache has the rest. For models so small that a line takes them milliseconds.
import type { Candidate, GenerateOptions, Generation, LanguageModel, Step, Token } from "../model.js";
import { type Choice, mix } from "./mix.js";
import type { Voice } from "./voice.js";

/** Beginnings that are followed at most. */
export const usualEffort = 4;
/** Other tokens that are kept in mind at each place. */
const mostOthers = 2;

/** A line, or how one may begin. */
interface Hypothesis {
  steps: readonly Step[];
  /** Of all its tokens together, the end too once it is over. */
  probability: number;
  over: boolean;
}

const nothing: Hypothesis = { steps: [], probability: 1, over: false };

/** As the model's own generate() with the open files' say in it, for an answer of one line, all of which is known before its first token is pulled. */
export async function generateLine(
  voice: Voice, model: LanguageModel, prompt: readonly Token[], options: GenerateOptions, effort = usualEffort,
): Promise<Generation> {
  const open = [nothing];
  let best = lineToBeat(voice);
  const generations: Generation[] = [];
  for (let next = takeLikeliest(open); next && next.probability > best.probability; next = takeLikeliest(open)) {
    if (next.over) best = next;
    if (next.over || generations.length === effort) continue;
    const { generation, found } = await follow(next, best.probability, { voice, model, prompt, options });
    generations.push(generation);
    open.push(...found);
  }
  const [first] = generations;
  return { reused: first?.reused ?? 0, prefillMs: first?.prefillMs ?? 0, steps: handOut(best.steps) };
}

/** What the open files alone would write. Where they are surer than the two together, the search is over before it has begun. */
function lineToBeat(voice: Voice): Hypothesis {
  const line = voice.line();
  if (line === undefined) return { ...nothing, probability: 0, over: true };
  const { tokens, probability } = line;
  return { steps: tokens.map((token) => ({ token, probability: probability ** (1 / tokens.length) })), probability, over: true };
}

interface Speech {
  voice: Voice;
  model: LanguageModel;
  prompt: readonly Token[];
  options: GenerateOptions;
}

/** Goes on with the likeliest tokens, to the line's end or to where it is no likelier than `least`. Finds that line, and others that branch off. */
async function follow(from: Hypothesis, least: number, { voice, model, prompt, options }: Speech): Promise<{ generation: Generation; found: Hypothesis[] }> {
  const found: Hypothesis[] = [];
  let line = from;
  const choose = (candidates: readonly Candidate[]): Token => {
    if (line.over) return candidates[0]?.token ?? 0; // the engine is a token ahead: what follows the line's end is nobody's
    const said = tokensOf(line);
    const mayEnd = model.detokenize(said).trim() !== "";
    const [choice, ...others] = mix(candidates, voice.after(said), (token) => mayEnd && voice.isLineEnd(token));
    found.push(...others.slice(0, mostOthers).map((other) => extended(line, other)));
    line = extended(line, choice);
    return choice.token;
  };
  const said = tokensOf(from);
  const generation = await model.generate([...prompt, ...said], { ...options, maxTokens: options.maxTokens - said.length, choose });
  const steps = generation.steps[Symbol.asyncIterator]();
  while ((await steps.next()).done !== true && !line.over && line.probability > least); // once at least: what never began would never leave the engine
  await steps.return?.();
  found.push({ ...line, over: true }); // where it is not, it has got as long as it may, or is not worth its end
  return { generation, found };
}

function tokensOf({ steps }: Hypothesis): Token[] {
  return steps.map(({ token }) => token);
}

/** What ends a line is no part of it. */
function extended({ steps, probability }: Hypothesis, { token, probability: ofToken, over }: Choice): Hypothesis {
  return { steps: over ? steps : [...steps, { token, probability: ofToken }], probability: probability * ofToken, over };
}

function takeLikeliest(open: Hypothesis[]): Hypothesis | undefined {
  const at = open.reduce((most, { probability }, i) => (probability > open[most]!.probability ? i : most), 0);
  return open.splice(at, 1)[0];
}

async function *handOut(steps: readonly Step[]): AsyncGenerator<Step, void, undefined> {
  await Promise.resolve();
  yield* steps;
}
