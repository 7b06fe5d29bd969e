// Which build of the engine computes: one for a graphics processor where there is one that is worth it and can be trusted, else the one for the
// processor alone. Drivers crash, and take the process with them: every step is told before it is taken, and whoever hears of it remembers.
import type { Llama } from "node-llama-cpp";
import type { Token } from "../core/model.js";
import type { Gpu, GpuBackend, GpuReport } from "../protocol/gpu.js";
import { createContext, forTyping } from "./engine-context.js";
import { createSampler, NativeSequence } from "./engine-native.js";

/** Graphics processors that may compute, and how they are tried. */
export interface GpuTrial {
  /** In this order. */
  backends: readonly GpuBackend[];
  /** A small GGUF, on which a graphics processor has to say what the processor says. */
  referenceModel: string;
  /** Resolves when the client has been told. */
  report: (report: GpuReport) => Promise<void>;
}

export interface BackendOptions {
  threads: number;
  /** One line from the engine, meant for the log. */
  log: (message: string) => void;
}

export interface Backend {
  llama: Llama;
  /** Absent where the processor computes. */
  gpu?: Gpu;
}

/** The native engine does not run on this machine: another libc, or a processor without a build. */
export class NoEngineError extends Error {}

/** A driver that takes longer hangs; the first start of a slow one compiles its programs. */
const TRIAL_MS = 120_000;

/** Throws {@link NoEngineError} where nothing can compute. Without a trial the processor computes. */
export async function startBackend(trial: GpuTrial | undefined, options: BackendOptions): Promise<Backend> {
  const tried = trial && await tryInTurn(trial, options);
  return tried ?? { llama: await startLlama(buildForProcessor(), options) };
}

async function tryInTurn(trial: GpuTrial, options: BackendOptions): Promise<Backend | undefined> {
  for (const backend of trial.backends) {
    await trial.report({ kind: "trying", backend });
    const hangs = setTimeout(() => {
      options.log(`${backend} does not come to an end.`);
      process.exit(1); // as good as a crash: nothing else gets a native call back
    }, TRIAL_MS);
    const tried = await tryGpu(backend, trial, options);
    clearTimeout(hangs);
    if (tried) return tried;
  }
  return undefined;
}

/** The build for Apple's processors has Metal in it; what is not asked of the graphics processor there, the processor computes. */
export function buildForProcessor(platform = process.platform, processor: string = process.arch): "metal" | false {
  return platform === "darwin" && processor === "arm64" ? "metal" : false;
}

async function tryGpu(backend: GpuBackend, { referenceModel, report }: GpuTrial, options: BackendOptions): Promise<Backend | undefined> {
  let llama: Llama | undefined;
  try {
    llama = await startLlama(backend, options);
    const [device] = await llama.getGpuDeviceNames();
    if (llama.gpu === backend && device !== undefined) {
      if (await agrees(llama, referenceModel)) {
        const gpu: Gpu = { backend, device, memory: (await llama.getVramState()).total };
        await report({ kind: "works", ...gpu });
        return { llama, gpu };
      }
      await report({ kind: "wrong", backend });
    } else {
      await report({ kind: "absent", backend });
    }
  } catch (error) {
    options.log(`${backend}: ${String(error)}`);
    await report({ kind: "absent", backend });
  }
  await llama?.dispose();
  return undefined;
}

/** Throws {@link NoEngineError} where there is no such build or it cannot be loaded. */
export async function startLlama(gpu: GpuBackend | false, { threads, log }: BackendOptions): Promise<Llama> {
  const { getLlama, LlamaLogLevel, NoBinaryFoundError } = await import("node-llama-cpp");
  try {
    return await getLlama({
      gpu, build: "never", skipDownload: true, progressLogs: false, maxThreads: threads,
      logLevel: LlamaLogLevel.warn, logger: (level, message) => log(`llama.cpp ${level}: ${message.trimEnd()}`),
    });
  } catch (error) {
    throw error instanceof NoBinaryFoundError ? new NoEngineError(error.message) : error;
  }
}

const TRIAL = "function sum(values) {\n  let total = 0;\n  for (const value of values) {\n    total";
const TRIAL_TOKENS = 16;
/** Rounding may turn a close call. */
const MUST_AGREE = 12;

async function agrees(llama: Llama, file: string): Promise<boolean> {
  const onProcessor = await continuation(llama, file, 0);
  const onGpu = await continuation(llama, file, "max", onProcessor);
  return onGpu.filter((token, i) => token === onProcessor[i]).length >= MUST_AGREE;
}

/** The likeliest next token, again and again; after each goes the one of `path`, where it is given. */
async function continuation(llama: Llama, file: string, gpuLayers: number | "max", path?: readonly Token[]): Promise<Token[]> {
  const model = await llama.loadModel({ modelPath: file, gpuLayers });
  try {
    const sequence = new NativeSequence(await createContext(model, forTyping, 1));
    const sampler = createSampler(llama, model);
    sampler.applyConfig({ temperature: 1, topK: TRIAL_TOKENS, topP: 1, minP: 0, seed: 0 });
    const said: Token[] = [];
    let next: Token[] = model.tokenize(TRIAL);
    while (said.length < TRIAL_TOKENS) {
      await sequence.evaluate(next, 1);
      said.push((await sequence.sample(sampler)).ranked[0]![0]);
      next = [path?.[said.length - 1] ?? said.at(-1)!];
    }
    sampler.dispose();
    return said;
  } finally {
    await model.dispose();
  }
}
