// Finds the weights of the n-gram beside a model (src/core/completion/mix.ts): walks the true text of holes in the validation projects, asks both
// what comes next, and fits the logistic weight by gradient ascent on the likelihood of the truth. `npx tsx scripts/calibrate-mix.ts [GGUF] [HOLES]`
import { resolve } from "node:path";
import { cutHoles } from "../src/cli/eval/cut.js";
import { cutLine, holedText, middleOf, type Hole } from "../src/cli/eval/holes.js";
import { readHoldout } from "../src/cli/eval/suites.js";
import { chooseFormat, type BoundFormat } from "../src/core/completion/fim.js";
import { featuresOf } from "../src/core/completion/mix.js";
import type { Candidate } from "../src/core/model.js";
import { fitPrompt } from "../src/core/completion/prompt.js";
import { createVoices, openFiles } from "../src/core/completion/voice.js";
import { compose } from "../src/core/context/compose.js";
import { loadEngine, type Engine } from "../src/worker/engine.js";

/** A token of the true text: what the weight may depend on, and what each of the two said. */
interface Sample { features: number[]; model: number; ngram: number }

/** Milliseconds. */
interface Times { listening: number[]; token: number[] }

async function main([file = "models/inkling-nano.gguf", count = "400"]: readonly string[]): Promise<void> {
  const engine = await loadEngine({ modelFile: resolve(file), maxThreads: 1, log: () => undefined });
  const choice = chooseFormat(engine);
  if (!choice.ok) throw new Error(choice.reason);
  const nothing = () => undefined;
  const files = readHoldout(resolve(__dirname, ".."), "valid");
  const holes = cutHoles(files, { holes: Number(count), seed: 7, kinds: ["line"] }, { line: cutLine, node: nothing, block: nothing });
  const voiceOf = createVoices(engine);
  const times: Times = { listening: [], token: [] };
  const samples: Sample[] = [];
  for (const hole of holes) samples.push(...await walk(hole, engine, choice.bound, voiceOf, times));
  await engine.dispose();
  report(samples, fit(samples));
  console.log(`milliseconds: to listen ${quantiles(times.listening)}, a token ${quantiles(times.token)}`);
}

function report(samples: readonly Sample[], weights: readonly number[]): void {
  const bits = (share: (sample: Sample) => number) => (samples.reduce((sum, one) => sum - Math.log2(likelihood(one, share(one))), 0) / samples.length).toFixed(2);
  console.log(`bits for each of ${samples.length} tokens: model ${bits(() => 0)}, n-gram ${bits(() => 1)}, half and half ${bits(() => 0.5)}, ` +
    `weighted ${bits((one) => sigmoid(dot(weights, one.features)))}
weights [${weights.join(", ")}]`);
}

async function walk(hole: Hole, model: Engine, bound: BoundFormat, voiceOf: ReturnType<typeof createVoices>, times: Times): Promise<Sample[]> {
  const document = { uri: hole.id, path: hole.file.path, languageId: hole.file.languageId, version: 1, text: holedText(hole) };
  const context = compose({ document, offset: hole.start, budget: { tokens: 512, charsPerToken: 2.8 }, tree: undefined, neighbours: [], mode: "raw" });
  const prompt = fitPrompt(context, bound, model, 512).tokens;
  const began = performance.now();
  const voice = voiceOf(openFiles(document, hole.start, []));
  times.listening.push(performance.now() - began);
  const truth = model.tokenize(middleOf(hole));
  const made: Sample[] = [];
  const choose = (candidates: readonly Candidate[]) => {
    const at = made.length, token = truth[at]!;
    const start = performance.now();
    const said = voice.after(truth.slice(0, at));
    times.token.push(performance.now() - start);
    made.push({
      features: said.seen.size === 0 ? [-30, 0, 0, 0] : featuresOf(candidates, said),
      model: candidates.find((candidate) => candidate.token === token)?.probability ?? 0, ngram: said.seen.get(token) ?? 0,
    });
    return token;
  };
  const { steps } = await model.generate(prompt, { maxTokens: truth.length, signal: new AbortController().signal, choose });
  const pulled = steps[Symbol.asyncIterator]();
  while ((await pulled.next()).done !== true);
  return made;
}

/** Gradient ascent with a step that adapts to each coefficient (RProp); a few hundred rounds over a few thousand samples. */
function fit(all: readonly Sample[]): number[] {
  const w = [0, 0, 0, 0], step = [0.1, 0.1, 0.1, 0.1], last = [0, 0, 0, 0];
  for (let round = 0; round < 300; round += 1) {
    const gradient = [0, 0, 0, 0];
    for (const { features, model, ngram } of all) {
      const share = sigmoid(dot(w, features));
      const slope = ((ngram - model) / likelihood({ features, model, ngram }, share)) * share * (1 - share);
      features.forEach((feature, i) => { gradient[i]! += slope * feature; });
    }
    gradient.forEach((g, i) => {
      step[i]! *= g * last[i]! < 0 ? 0.5 : 1.2;
      w[i]! += Math.sign(g) * Math.min(step[i]!, 1);
      last[i] = g;
    });
  }
  return w.map((x) => Math.round(x * 100) / 100);
}

function dot(w: readonly number[], features: readonly number[]): number {
  return features.reduce((sum, feature, i) => sum + feature * w[i]!, 0);
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** Not zero: what neither of them has among its candidates is still not impossible. */
const likelihood = ({ model, ngram }: Sample, share: number): number => Math.max(1e-6, (1 - share) * model + share * ngram);

function quantiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return [0.5, 0.9].map((q) => `p${q * 100} ${sorted[Math.floor(sorted.length * q)]?.toFixed(2)}`).join(", ");
}

void main(process.argv.slice(2));
