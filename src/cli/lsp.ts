// `inkling lsp`: the worker on standard input and output, for every editor that speaks LSP 3.18's inline completion.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { workerNodeArguments, workerRestrictions } from "../protocol/worker.js";
import { defaultWorkerFile } from "./client.js";
import { orUsageError, UsageError } from "./usage.js";

export const usage = `Usage: inkling lsp --stdio

Runs the language server on standard input and output. Its \`initializationOptions\` name the model:
  { "modelFile": "/path/to/model.gguf" }   default: the embedded one`;

export function run(args: string[]): Promise<number> {
  const { values } = orUsageError(() => parseArgs({ args, options: { stdio: { type: "boolean", default: false } } }));
  if (!values.stdio) throw new UsageError("--stdio is needed; it is the only transport");
  // A process of its own and not an import: the worker closes the network of the process that it runs in, from its first line on.
  const worker = spawn(process.execPath, [...workerNodeArguments, ...workerRestrictions(), defaultWorkerFile(), "--stdio"], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => worker.kill(signal));
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) => resolve(code ?? 1));
  });
}
