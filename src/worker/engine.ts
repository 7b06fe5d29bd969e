// From a GGUF to a language model, on top of node-llama-cpp, which only the files `engine*.ts` import. One runtime serves all models of a
// worker: whoever names the same file shares its weights, and nobody computes at the same time as somebody else.
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { Llama, LlamaModel } from "node-llama-cpp";
import { createCores } from "./cores.js";
import { createContext, forTyping, piecesOf, type Use } from "./engine-context.js";
import { SequenceModel, type Engine } from "./engine-sequence.js";
import { vocabularyOf, type Vocabulary } from "./engine-vocabulary.js";
import { chooseThreads } from "./threads.js";

export { forConversation, forTyping, type Use } from "./engine-context.js";
export type { Engine } from "./engine-sequence.js";

export interface RuntimeOptions {
  maxThreads?: number;
  /** One line from the engine, meant for the log. */
  log: (message: string) => void;
}

export interface Runtime {
  /** Throws what the engine says about the file. */
  load(modelFile: string, use: Use): Promise<Engine>;
}

/** The native engine does not run on this machine: another libc, or a processor without a build. */
export class NoEngineError extends Error {}

/** Throws {@link NoEngineError} where it cannot run. */
export async function startRuntime({ maxThreads, log }: RuntimeOptions): Promise<Runtime> {
  const threads = chooseThreads(availableParallelism(), maxThreads);
  const llama = await startLlama(threads.most, log);
  const cores = createCores();
  const loaded = new Map<string, Promise<Weights>>();
  const weightsOf = async (file: string): Promise<Weights> => {
    const loading = loaded.get(file) ?? llama.loadModel({ modelPath: file }).then((model) => ({ model, vocabulary: vocabularyOf(model), users: 0 }));
    loaded.set(file, loading);
    return loading.catch((error: unknown) => {
      loaded.delete(file);
      throw error;
    });
  };
  const leave = async (file: string, weights: Weights): Promise<void> => {
    weights.users -= 1;
    if (weights.users > 0) return;
    loaded.delete(file);
    await weights.model.dispose();
  };
  return {
    async load(modelFile, use) {
      const file = resolve(modelFile);
      const weights = await weightsOf(file);
      weights.users += 1;
      const onDispose = (): Promise<void> => leave(file, weights);
      try {
        const context = await createContext(weights.model, use, threads.most);
        return new SequenceModel({
          ...weights, ...piecesOf(weights.model, use), llama, context, priority: use.priority, threads, cores, onDispose,
        });
      } catch (error) {
        await onDispose();
        throw error;
      }
    },
  };
}

interface Weights { model: LlamaModel; vocabulary: Vocabulary; users: number }

/** A runtime with one model for completion. */
export async function loadEngine({ modelFile, ...options }: RuntimeOptions & { modelFile: string }): Promise<Engine> {
  return (await startRuntime(options)).load(modelFile, forTyping);
}

async function startLlama(threads: number, log: (message: string) => void): Promise<Llama> {
  const { getLlama, LlamaLogLevel, NoBinaryFoundError } = await import("node-llama-cpp");
  try {
    return await getLlama({
      gpu: false, build: "never", skipDownload: true, progressLogs: false, maxThreads: threads,
      logLevel: LlamaLogLevel.warn, logger: (level, message) => log(`llama.cpp ${level}: ${message.trimEnd()}`),
    });
  } catch (error) {
    throw error instanceof NoBinaryFoundError ? new NoEngineError(error.message) : error;
  }
}
