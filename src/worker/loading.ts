// From a file name to a model that answers: verify, load, find its prompt format, warm up. Every way to fail ends in a sentence for the user.
import { chooseFormat, type BoundFormat } from "../core/completion/fim.js";
import { problem, verifyModel } from "../models/verify.js";
import type { ModelProblem, ModelSummary, WorkerOptions } from "../protocol/worker.js";
import { forTyping, NoEngineError, type Engine, type Runtime, type Use } from "./engine.js";
import { warmUp, type Speed } from "./warm-up.js";

export interface LoadedModel {
  engine: Engine;
  format: BoundFormat;
  speed: Speed;
  summary: ModelSummary;
}

export type Outcome<T> = { ok: true; model: T } | { ok: false; problem: ModelProblem };
export type Loading = Outcome<LoadedModel>;

type Log = (message: string) => void;

/** For completion. Never rejects. */
export async function loadModel({ modelFile: file, adapterFile }: WorkerOptions, runtime: () => Promise<Runtime>, log: Log): Promise<Loading> {
  const started = performance.now();
  const opened = await openModel(file, { ...forTyping, adapterFile }, runtime, log);
  if (!opened.ok) return opened;
  const engine = opened.model;
  const choice = chooseFormat(engine);
  if (!choice.ok) {
    await engine.dispose();
    return { ok: false, problem: problem("no-fim", file, `cannot complete code: ${choice.reason.replace(/\.$/, "")}`) };
  }
  const speed = await warmUp(engine);
  const summary = summaryOf(engine, file, started);
  log(`loaded ${engine.name} in ${Math.round(summary.loadMs)} ms: ${engine.gpu ? `on ${engine.gpu.device} (${engine.gpu.backend})` : `${engine.threads} threads`}, prefill ${Math.round(speed.prefill)} tokens/s, ${speed.tokenMs.toFixed(1)} ms a token, ` +
    `${speed.charsPerToken.toFixed(2)} characters per token, format ${choice.bound.format.family}`);
  return { ok: true, model: { engine, format: choice.bound, speed, summary } };
}

/** Verifies the file and loads it for any use. Never rejects. */
export async function openModel(file: string, use: Use, runtime: () => Promise<Runtime>, log: Log): Promise<Outcome<Engine>> {
  const damage = await verifyModel(file);
  if (damage) return { ok: false, problem: damage };
  try {
    return { ok: true, model: await (await runtime()).load(file, use) };
  } catch (error) {
    log(`loading ${file}: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
    return { ok: false, problem: error instanceof NoEngineError ? noEngine(file) : refused(file, error) };
  }
}

export function summaryOf({ name, contextLength, gpu }: Engine, file: string, started: number): ModelSummary {
  return { name, file, contextLength, loadMs: performance.now() - started, ...gpu && { gpu } };
}

function noEngine(file: string): ModelProblem {
  return problem("no-engine", file, "cannot be run: there is no engine for this machine (Linux needs glibc 2.34 and libstdc++ 3.4.30 or newer)");
}

function refused(file: string, error: unknown): ModelProblem {
  const reason = error instanceof Error ? error.message : String(error);
  return problem("load-failed", file, `was refused by the engine: ${reason.replace(/\.$/, "")}`);
}
