// A program of its own, for `inkling bench`: how fast the bare engine is on this machine with a model, measured without anything of ours. It
// calls the native functions of the engine library one by one, which is as fast as the library can be called from JavaScript.
// Arguments: GGUF, threads, prompt tokens, tokens to decode. For every line on its input it measures once and prints one line of JSON.
import { createInterface } from "node:readline";
import type { Llama, LlamaContext, LlamaModel } from "node-llama-cpp";
import { buildForProcessor, startLlama } from "./engine-backend.js";
import { usesFlashAttention } from "./engine-context.js";
import { createSampler, nativeContext } from "./engine-native.js";

/** Tokens per second. */
interface Floor { prefill: number; decode: number }

const BATCH = 512;

async function main([file, threads, promptTokens, decodeTokens]: readonly string[]): Promise<void> {
  const llama = await startLlama(buildForProcessor(), { threads: Number(threads), log: () => undefined });
  const model = await llama.loadModel({ modelPath: file!, gpuLayers: 0 });
  const room = Math.min(Number(promptTokens) + Number(decodeTokens), model.trainContextSize);
  const context = await model.createContext({ contextSize: room, batchSize: BATCH, threads: Number(threads), flashAttention: usesFlashAttention(model) });
  const prompt = room - Number(decodeTokens);
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) if (line !== "") console.log(JSON.stringify(await measure(llama, model, context, { threads: Number(threads), prompt, decode: Number(decodeTokens) })));
  await llama.dispose();
}

async function measure(llama: Llama, model: LlamaModel, context: LlamaContext, { threads, prompt, decode }: { threads: number; prompt: number; decode: number }): Promise<Floor> {
  const native = nativeContext(context);
  const sampler = createSampler(llama, model);
  sampler.applyConfig({ temperature: 0, topK: 1, topP: 1, minP: 0, seed: 0 });
  native.removeTokenCellsFromSequence(0, 0, -1);
  native.setThreads(threads);
  const tokens = Uint32Array.from({ length: prompt }, (_, i) => (i * 7919) % 256);
  const begun = performance.now();
  let last = 0;
  for (let at = 0; at < prompt; at += BATCH) {
    const chunk = tokens.subarray(at, Math.min(at + BATCH, prompt));
    native.initBatch(chunk.length);
    last = native.addToBatch(0, at, chunk, Uint32Array.of(chunk.length - 1))[0] ?? 0;
    await native.decodeBatch();
  }
  let token = await native.sampleToken(last, sampler);
  const evaluated = performance.now();
  for (let i = 0; i < decode; i += 1) {
    native.initBatch(1);
    const at = native.addToBatch(0, prompt + i, Uint32Array.of(token), Uint32Array.of(0))[0] ?? 0;
    await native.decodeBatch();
    token = await native.sampleToken(at, sampler);
  }
  return { prefill: prompt / (evaluated - begun) * 1000, decode: decode / (performance.now() - evaluated) * 1000 };
}

void main(process.argv.slice(2));
