// What stands between the extension's `Worker` and a process, with the command line's client in VS Code's place: the life of workers can be
// tried hundreds of times with the real process and the real engine, and without an editor.
import { startWorker, type StartOptions, type WorkerClient } from "../../src/cli/client.js";
import type { Connection, Outcome } from "../../src/extension/client.js";
import type { WorkerDeps } from "../../src/extension/worker.js";

/** The client of the life at hand. */
export interface Current { client: WorkerClient | undefined; started: number[] }

export function connectTo(options: StartOptions, current: Current): WorkerDeps["connect"] {
  return async (onStatus, signal) => {
    const client = await startWorker(options);
    current.client = client;
    current.started.push(client.pid);
    const kill = (): void => endProcess(client.pid);
    signal.addEventListener("abort", kill, { once: true });
    void client.ready.then(
      (model) => onStatus({ state: "ready", model }),
      (error: unknown) => onStatus({ state: "problem", problem: { code: "load-failed", file: options.modelFile, message: String(error) } }),
    );
    onStatus({ state: "loading", model: options.modelFile });
    return {
      pid: client.pid,
      exited: client.exited.then(({ code, signal: by }) => by ?? `exit code ${code ?? "unknown"}`),
      complete: () => Promise.resolve(undefined),
      request: <R>(method: string, params: object, end: AbortSignal, onPart?: (part: never) => void) => outcomeOf(client.request<R>(method, params, { signal: end, ...onPart && { onPart } }), end),
      accepted: () => undefined,
      ping: () => client.ping(),
      pending: () => 0,
      close: () => client.close(),
      kill,
    } satisfies Connection;
  };
}

/** The command line's client rejects without an answer's code when the worker is gone. */
async function outcomeOf<R>(answer: Promise<R>, signal: AbortSignal): Promise<Outcome<R>> {
  try {
    return { kind: "answered", result: await answer };
  } catch {
    return signal.aborted ? { kind: "cancelled" } : { kind: "gone" };
  }
}

export function endProcess(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone already
  }
}
