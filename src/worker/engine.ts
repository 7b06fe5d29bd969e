// From a GGUF to a language model, on top of node-llama-cpp, which only the files `engine*.ts` import. One runtime serves all models of a
// worker: whoever names the same file shares its weights, and nobody computes at the same time as somebody else.
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { LlamaModel } from "node-llama-cpp";
import type { GpuBackend } from "../protocol/gpu.js";
import type { WorkerOptions } from "../protocol/worker.js";
import { isTiny } from "../models/fit.js";
import { createCores } from "./cores.js";
import { type GpuTrial, startBackend } from "./engine-backend.js";
import { createContext, forTyping, piecesOf, type Use } from "./engine-context.js";
import { SequenceModel, type Engine } from "./engine-sequence.js";
import { vocabularyOf, type Vocabulary } from "./engine-vocabulary.js";
import { chooseThreads } from "./threads.js";

export { NoEngineError } from "./engine-backend.js";
export { forConversation, forTyping, type Use } from "./engine-context.js";
export type { Engine } from "./engine-sequence.js";

export interface RuntimeOptions {
  maxThreads?: number;
  /** To be tried before the processor; default none. */
  gpu?: GpuTrial;
  /** One line from the engine, meant for the log. */
  log: (message: string) => void;
}

export interface Runtime {
  /** Throws what the engine says about the file. */
  load(modelFile: string, use: Use): Promise<Engine>;
}

/** Throws `NoEngineError` where the engine cannot run. */
export async function startRuntime({ maxThreads, gpu: trial, log }: RuntimeOptions): Promise<Runtime> {
  const threads = chooseThreads(availableParallelism(), maxThreads);
  const { llama, gpu } = await startBackend(trial, { threads: threads.most, log });
  const cores = createCores();
  const loaded = new Map<string, Promise<Weights>>();
  const open = async (file: string, where: Where): Promise<Weights> => {
    const gpuLayers = where === "gpu" ? "auto" : 0; // as many as there is memory for
    const model = await llama.loadModel({ modelPath: file, gpuLayers });
    return { model, vocabulary: vocabularyOf(model), users: 0 };
  };
  const weightsOf = async (file: string, where: Where): Promise<Weights> => {
    const key = keyOf(file, where);
    const loading = loaded.get(key) ?? open(file, where);
    loaded.set(key, loading);
    return loading.catch((error: unknown) => {
      loaded.delete(key);
      throw error;
    });
  };
  const leave = async (key: string, weights: Weights): Promise<void> => {
    weights.users -= 1;
    if (weights.users > 0) return;
    loaded.delete(key);
    await weights.model.dispose();
  };
  const load = async (file: string, use: Use, where: Where): Promise<Engine> => {
    const weights = await weightsOf(file, where);
    weights.users += 1;
    const onDispose = (): Promise<void> => leave(keyOf(file, where), weights);
    try {
      const context = await createContext(weights.model, use, threads.most);
      return new SequenceModel({
        ...weights, ...piecesOf(weights.model, use), llama, context, priority: use.priority, threads, cores, onDispose,
        gpu: weights.model.gpuLayers > 0 ? gpu : undefined,
      });
    } catch (error) {
      await onDispose();
      throw error;
    }
  };
  return {
    async load(modelFile, use) {
      const file = resolve(modelFile);
      if (!gpu || isTiny((await stat(file)).size)) return load(file, use, "processor");
      return load(file, use, "gpu").catch((error: unknown) => {
        log(`${gpu.device} does not take ${file} (${String(error)}); the processor does.`);
        return load(file, use, "processor");
      });
    },
  };
}

/** A tiny model's token takes less time than sending it to a graphics processor. */
type Where = "gpu" | "processor";

/** One use may have to go to the processor while the other has the same file on the graphics processor. */
const keyOf = (file: string, where: Where): string => `${where}:${file}`;

interface Weights { model: LlamaModel; vocabulary: Vocabulary; users: number }

/** Those of the allowed graphics processors that are worth trying: none where all models are tiny, so that no driver is touched for them. */
export async function backendsWorthTrying({ gpu = [], modelFile, chatModelFile }: WorkerOptions): Promise<readonly GpuBackend[]> {
  if (gpu.length === 0) return [];
  const sizes = await Promise.all([modelFile, ...chatModelFile === undefined ? [] : [chatModelFile]].map((file) => stat(file).then(({ size }) => size, () => 0)));
  return sizes.every(isTiny) ? [] : gpu;
}

/** A runtime with one model for completion. */
export async function loadEngine({ modelFile, ...options }: RuntimeOptions & { modelFile: string }): Promise<Engine> {
  return (await startRuntime(options)).load(modelFile, forTyping);
}
