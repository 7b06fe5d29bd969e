// The floor on this machine: the bare engine with the same model, measured by a program of its own (dist/engine-floor.mjs), turn by turn with the
// worker, so that both see the same machine.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join, dirname } from "node:path";

/** Tokens per second. */
export interface Speeds { prefill: number; decode: number }

export interface Floor {
  measure(): Promise<Speeds>;
  close(): void;
}

export function startFloor(workerFile: string, modelFile: string, { threads, prompt, decode }: { threads: number; prompt: number; decode: number }): Floor {
  const program = join(dirname(workerFile), "engine-floor.mjs");
  const child = spawn(process.execPath, [program, modelFile, String(threads), String(prompt), String(decode)], { stdio: ["pipe", "pipe", "ignore"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async measure() {
      child.stdin.write("measure\n");
      const line: IteratorResult<string, unknown> = await answers.next();
      if (line.done) throw new Error("the bare engine ended before it had measured anything");
      return JSON.parse(line.value) as Speeds;
    },
    close: () => void child.kill(),
  };
}
