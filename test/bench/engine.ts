// Two questions to the engine itself, without the worker: `npx tsx test/bench/engine.ts [GGUF] [ROUNDS]`.
//   What does a streaming conversation cost a completion? What would looking several guessed tokens up at once (speculative decoding) gain?
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { median } from "../../src/cli/bench/statistics.js";
import type { Token } from "../../src/core/model.js";
import { forConversation, forTyping, startRuntime, type Engine } from "../../src/worker/engine.js";

const root = join(__dirname, "../..");
const never = new AbortController().signal;
const ANSWER = 10;

async function main([file = join(root, "models/inkling-nano.gguf"), rounds = "12"]: readonly string[]): Promise<void> {
  const runtime = await startRuntime({ maxThreads: 1, log: () => undefined });
  const completion = await runtime.load(resolve(file), forTyping);
  const chat = await runtime.load(resolve(file), forConversation);
  const text = readFileSync(join(root, "test/fixtures/files/sandbox.py"), "utf8");
  const tokens = completion.tokenize(text).slice(0, 600);
  await completions(completion, tokens, 2);
  const alone: number[] = [];
  const beside: number[] = [];
  const steps: number[] = [];
  const between: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    alone.push(...(await completions(completion, tokens, Number(rounds) / 3)).times);
    const talking = new AbortController();
    const before = steps.length;
    const talk = converse(chat, tokens.slice(0, 200), talking.signal, steps);
    while (steps.length === before) await delay(20); // until it streams: its prompt goes in pieces of 64 tokens, which nobody can interrupt
    const { times, between: said } = await completions(completion, tokens, Number(rounds) / 3, () => steps.length);
    beside.push(...times);
    between.push(...said);
    talking.abort();
    await talk;
  }
  const [usual, slowed, step] = [median(alone), median(beside), median(steps)];
  console.log(`${completion.name}, one thread: a completion of ${ANSWER} tokens takes ${usual.toFixed(1)} ms alone, ${slowed.toFixed(1)} ms beside a conversation with ${step.toFixed(1)} ms a token;` +
    ` allowed are ${(usual * 1.2 + step).toFixed(1)} ms. During a completion the conversation says at most ${Math.max(...between)} tokens.`);
  await guess(completion, tokens);
}

/** Each types one more token, as a key does. */
async function completions(engine: Engine, tokens: readonly Token[], rounds: number, said = () => 0): Promise<{ times: number[]; between: number[] }> {
  const times: number[] = [];
  const between: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await delay(150);
    const before = said();
    const begun = performance.now();
    const { steps } = await engine.generate(tokens.slice(0, 400 + round * 3), { maxTokens: ANSWER, signal: never, choose: (candidates) => candidates.find(({ ends }) => !ends)!.token });
    await drain(steps);
    times.push(performance.now() - begun);
    between.push(said() - before);
  }
  return { times, between };
}

async function drain(steps: AsyncIterable<unknown>, each: () => void = () => undefined): Promise<void> {
  for await (const step of steps) if (step !== undefined) each();
}

async function converse(engine: Engine, prompt: readonly Token[], signal: AbortSignal, times: number[]): Promise<void> {
  try {
    const { steps } = await engine.generate(prompt, { maxTokens: 5000, signal, choose: (candidates) => candidates.find(({ ends }) => !ends)!.token });
    let last = performance.now();
    await drain(steps, () => {
      times.push(performance.now() - last);
      last = performance.now();
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** What looking at so many tokens at once costs, and so the most that a guess of them could gain, were it always right. */
async function guess(engine: Engine, tokens: readonly Token[]): Promise<void> {
  const evaluate = async (count: number): Promise<number> => {
    const controller = new AbortController();
    const { prefillMs } = await engine.generate(tokens.slice(0, count), { maxTokens: 1, signal: controller.signal });
    controller.abort();
    return prefillMs;
  };
  const times = new Map([1, 2, 4, 8].map((count): [number, number[]] => [count, []]));
  for (let round = 0; round < 9; round += 1) {
    for (const [count, all] of times) {
      await evaluate(300);
      all.push(await evaluate(300 + count));
    }
  }
  const one = median(times.get(1)!);
  for (const [count, all] of times) {
    const ms = median(all);
    console.log(`${count} tokens at once: ${ms.toFixed(1)} ms instead of ${(count * one).toFixed(1)}; a guess that is always right would gain ${(count * one / ms).toFixed(2)} times`);
  }
}

void main(process.argv.slice(2));
