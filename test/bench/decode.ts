// Where the time of a token goes, layer by layer: `npx tsx test/bench/decode.ts [GGUF] [ROUNDS]`. Each layer has all of those above it; they take
// turns, so that all of them meet the same machine. One thread.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { median, quantile } from "../../src/cli/bench/statistics.js";
import { decode } from "../../src/core/completion/decode.js";
import { type Running } from "../../src/core/completion/flight.js";
import { generateLine } from "../../src/core/completion/line.js";
import { generateWith } from "../../src/core/completion/mix.js";
import { placeOf } from "../../src/core/completion/place.js";
import { stopRules } from "../../src/core/completion/stop.js";
import { createVoices, openFiles, type Voice } from "../../src/core/completion/voice.js";
import type { SourceDocument } from "../../src/core/context/context.js";
import type { Candidate, Generation, Token } from "../../src/core/model.js";
import { forTyping, startRuntime, type Engine } from "../../src/worker/engine.js";

const root = join(__dirname, "../..");
const TOKENS = 24;
const PROMPT = 600;

interface Setting { engine: Engine; prompt: Token[]; document: SourceDocument; offset: number; voice: Voice }

/** Goes on whatever the model thinks, so that all layers decode as many tokens. */
const goOn = (candidates: readonly Candidate[]): Token => candidates.find(({ ends }) => !ends)!.token;

async function drain({ steps }: Generation): Promise<number> {
  let count = 0;
  for await (const step of steps) if (step.token >= 0) count += 1;
  return count;
}

/** A generation as complete() sees it: a flight whose tokens are pulled, made text and looked at by the rules. */
async function looked(generation: Generation, { engine, document, offset }: Setting): Promise<number> {
  const steps = generation.steps[Symbol.asyncIterator]();
  const flight = { document, offset, step: () => steps.next().then(({ done, value }) => done === true ? undefined : value), park: () => undefined, stop: () => undefined };
  const running: Running = { flight, typed: 0, promptTokens: 0, reused: 0, prefillMs: 0, contextMs: 0, aheadMs: 0 };
  const rules = stopRules(placeOf(document, offset), 8).map((rule) => (text: string) => rule(text) === -1 ? 0 : undefined); // asked, never obeyed
  return (await decode(running, engine, new Set(), rules, never)).tokens;
}

const never = new AbortController().signal;
const options = { maxTokens: TOKENS, signal: never };
/** An end counts as any other token, where only the time matters. */
const endless = (voice: Voice): Voice => ({ ...voice, isLineEnd: () => false, line: () => undefined });

const layers: Record<string, (setting: Setting) => Promise<number>> = {
  "the engine's sequence": async ({ engine, prompt }) => drain(await engine.generate(prompt, { ...options, choose: goOn })),
  "and text, and rules for where to stop": async (setting) => looked(await setting.engine.generate(setting.prompt, { ...options, choose: goOn }), setting),
  "and what the open files say": async (setting) => looked(await generateWith(setting.voice, setting.engine, setting.prompt, options), setting),
  "a whole line, against that of the open files": async ({ engine, prompt, voice }) => {
    await drain(await generateLine(voice, engine, prompt, options));
    return 1;
  },
};

async function main([file = join(root, "models/inkling-nano.gguf"), rounds = "30"]: readonly string[]): Promise<void> {
  const runtime = await startRuntime({ maxThreads: 1, log: () => undefined });
  const engine = await runtime.load(resolve(file), forTyping);
  const text = readFileSync(join(root, "test/fixtures/files/sandbox.py"), "utf8");
  const offset = text.indexOf("\n", text.length / 2) + 1;
  const document = { uri: "file:///sandbox.py", path: "sandbox.py", languageId: "python", text } as SourceDocument;
  const tokens = engine.tokenize(text.slice(0, offset)).slice(-PROMPT);
  const setting: Setting = { engine, prompt: tokens, document, offset, voice: endless(createVoices(engine)(openFiles(document, offset, []))) };
  const times = new Map(Object.keys(layers).map((name) => [name, [] as number[]]));
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const [name, layer] of Object.entries(layers)) {
      await drain(await engine.generate(tokens, { maxTokens: 1, signal: never }));
      const begun = performance.now();
      const count = await layer(setting);
      times.get(name)!.push((performance.now() - begun) / count);
    }
  }
  for (const [name, all] of times) console.log(`${name.padEnd(52)} ${median(all).toFixed(2)} ms, at best ${quantile(all, 0.1).toFixed(2)}`);
}

void main(process.argv.slice(2));
