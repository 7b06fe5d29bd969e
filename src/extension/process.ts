// Starts the worker's process and knows how it ended. Knows nothing of LSP: what is said over the channel is client.ts's business.
import { type ChildProcess, fork } from "node:child_process";
import * as os from "node:os";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { LogOutputChannel } from "vscode";
import { workerNodeArguments } from "../protocol/worker.js";

type Log = Pick<LogOutputChannel, "debug" | "info">;

export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Resolves with how the process ended, for the log; never rejects. */
  readonly exited: Promise<string>;
}

/** `restrictions` are arguments for node itself. */
export function startProcess(workerFile: string, log: Log, restrictions: readonly string[]): WorkerProcess {
  const child = fork(workerFile, ["--node-ipc", `--clientProcessId=${process.pid}`], {
    env: workerEnvironment(process.env),
    execArgv: [...workerNodeArguments, ...restrictions], // not the extension host's: two processes cannot share one --inspect port
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const exited = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code ?? "unknown"}`));
    child.on("error", (error) => {
      if (child.pid === undefined) resolve(error.message);
    });
  });
  // A pipe that nobody reads fills up and stops the process that writes.
  drain(child.stdout, (line) => log.debug(`[worker] ${line}`));
  drain(child.stderr, (line) => log.info(`[worker] ${line}`));
  lowerPriority(child, log);
  return { child, exited };
}

/**
 * A little below the editor (0; the lowest is 19) and no more: at 10, a build on all cores made loading take eight seconds instead of one.
 * Set at the start, because threads keep the priority that they were created with.
 */
const NICENESS = 5;

function lowerPriority(child: ChildProcess, log: Log): void {
  if (child.pid === undefined) return;
  try {
    os.setPriority(child.pid, NICENESS);
  } catch (error) {
    log.debug(`The worker keeps its priority: ${String(error)}`);
  }
}

function drain(stream: Readable | null, write: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on("line", write);
}

const PASSED_ON = new Set([
  "PATH", "HOME", "USERPROFILE", "LANG", "LC_ALL", "TMPDIR", "TMP", "TEMP", "LD_LIBRARY_PATH",
  "SYSTEMROOT", "WINDIR", "PROCESSOR_ARCHITECTURE", "NUMBER_OF_PROCESSORS",
  // Where graphics drivers are, which of them is meant, and where they keep their compiled programs.
  "VK_DRIVER_FILES", "VK_ICD_FILENAMES", "GGML_VK_VISIBLE_DEVICES", "XDG_DATA_DIRS", "XDG_CACHE_HOME", "LOCALAPPDATA",
]);

/** What a process needs to run. Tokens, proxies, `NODE_OPTIONS` and VS Code's own variables are none of the worker's business. */
export function workerEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => PASSED_ON.has(name.toUpperCase()) || name.startsWith("INKLING_"));
  // The desktop's extension host is Electron, which runs a script only when told to be Node; plain Node ignores this.
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: "1" };
}
