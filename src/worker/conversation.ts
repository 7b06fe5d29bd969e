// The models behind chat, explanations and commit messages: loaded when they are first needed, behind typing in everything, with a KV
// cache of their own. Knows nothing of prompts.
import { basename } from "node:path";
import type { LanguageModel } from "../core/model.js";
import type { ModelProblem, WorkerOptions, WorkerStatus } from "../protocol/worker.js";
import { forConversation, type Engine, type Runtime } from "./engine.js";
import { orAborted } from "./gate.js";
import { openModel, summaryOf } from "./loading.js";
import { once } from "./once.js";

export interface ConversationModels {
  /**
   * The model for conversation; undefined when none is chosen. The signal ends the waiting, not the loading. Rejects with a
   * {@link ModelProblemError}, whose message is for the user, when it cannot be loaded; the next call tries again.
   */
  chatModel(signal: AbortSignal): Promise<LanguageModel | undefined>;
  /**
   * The completion's weights with a KV cache of their own, for explanations and commit messages where there is no model for conversation:
   * the completion's own model would lose what it has cached. Rejects as {@link chatModel} does.
   */
  backgroundModel(signal: AbortSignal): Promise<LanguageModel>;
}

/** A model that cannot be loaded. */
export class ModelProblemError extends Error {
  constructor(readonly problem: ModelProblem) {
    super(problem.message);
  }
}

export function createConversationModels(
  { modelFile, chatModelFile, adapterFile, chatAdapterFile }: WorkerOptions, runtime: () => Promise<Runtime>, tell: (status: WorkerStatus) => void, log: (message: string) => void,
): ConversationModels {
  const open = async (file: string, adapter: string | undefined): Promise<Engine> => {
    const opened = await openModel(file, { ...forConversation, adapterFile: adapter }, runtime, log);
    if (!opened.ok) throw new ModelProblemError(opened.problem);
    return opened.model;
  };
  const chat = once(async () => chatModelFile === undefined ? undefined : loadTelling(chatModelFile, (file) => open(file, chatAdapterFile), tell, log));
  const background = once(() => open(modelFile, adapterFile));
  return {
    chatModel: (signal) => orAborted(chat(), signal),
    backgroundModel: (signal) => orAborted(background(), signal),
  };
}

async function loadTelling(file: string, open: (file: string) => Promise<Engine>, tell: (status: WorkerStatus) => void, log: (message: string) => void): Promise<Engine> {
  const started = performance.now();
  tell({ state: "loading", model: basename(file) });
  try {
    const engine = await open(file);
    const summary = summaryOf(engine, file, started);
    tell({ state: "ready", model: summary });
    log(`loaded ${engine.name} for conversation in ${Math.round(summary.loadMs)} ms: ${summary.contextLength} tokens of context`);
    return engine;
  } catch (error) {
    if (error instanceof ModelProblemError) tell({ state: "problem", problem: error.problem });
    throw error;
  }
}
