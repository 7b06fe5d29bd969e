// What the worker's tests share: the built worker with a tiny model, ended when the test is over.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startWorker, type StartOptions, type WorkerClient } from "../../src/cli/client.js";
import { type TinyModel, writeTinyModel } from "../fixtures/gguf.js";

export const workerFile = resolve(__dirname, "../../dist/worker.mjs");

export interface Bench {
  /** Writes a model; the same options give the same file. */
  model(options?: TinyModel): string;
  start(options?: Partial<StartOptions>): Promise<WorkerClient>;
  /** Ends all workers and removes the files. */
  close(): Promise<void>;
}

export function openBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), "inkling-worker-"));
  const workers: WorkerClient[] = [];
  let models = 0;
  const model = (options: TinyModel = {}): string => {
    const file = join(folder, `tiny-${models += 1}.gguf`);
    writeTinyModel(file, options);
    return file;
  };
  return {
    model,
    async start(options = {}) {
      const worker = await startWorker({ modelFile: options.modelFile ?? model(), workerFile, folder, ...options });
      workers.push(worker);
      return worker;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      rmSync(folder, { recursive: true });
    },
  };
}

/** Slow enough on any machine to be caught in the middle: some milliseconds a token. */
export const slow: TinyModel = { layers: 2, feedForward: 6144, answer: "abcdefghijklmnopqrstuvwxyz", endless: true };

export const uri = "file:///somewhere/a.ts";

/** True as long as there is such a process; one that has ended and was not yet waited for does not count. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export async function until(condition: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}
