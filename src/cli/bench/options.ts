// The arguments of `inkling bench`.
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { defaultModelFile, defaultWorkerFile } from "../client.js";
import { orUsageError, UsageError } from "../usage.js";

export const usage = `Usage: inkling bench [SESSION.json ...] [options]

Types recorded sessions through the worker, key by key with their times, and measures; also the bare engine on this machine, in the same run.

  --model GGUF     the model to use instead of the embedded one
  --keys N         type no more than this many keys of each session
  --pace X         1 (default) keeps the recorded times, 0.5 types twice as fast
  --threads N      upper limit for engine threads, for the worker and for the bare engine
  --rounds N       how often speeds and cancelling are measured (default 12)
  --idle SECONDS   measure what the worker computes while nobody types (default 5)
  --json           print one JSON object instead of a table
  --out FILE       write every request as a JSON line
  --plot FILE.svg  draw the distribution of answer times`;

export interface BenchOptions {
  sessions: string[];
  modelFile: string;
  keys: number;
  pace: number;
  threads: number | undefined;
  rounds: number;
  idleSeconds: number;
  json: boolean;
  plot: string | undefined;
  out: string | undefined;
}

export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = orUsageError(() => parseArgs({
    args: [...args], allowPositionals: true,
    options: {
      model: { type: "string" }, keys: { type: "string" }, pace: { type: "string", default: "1" }, threads: { type: "string" }, idle: { type: "string", default: "5" },
      rounds: { type: "string", default: "12" }, json: { type: "boolean", default: false }, plot: { type: "string" }, out: { type: "string" },
    },
  }));
  return {
    sessions: positionals.length > 0 ? positionals.map((file) => resolve(file)) : recorded(),
    modelFile: values.model === undefined ? defaultModelFile() : resolve(values.model),
    keys: values.keys === undefined ? Infinity : amount("--keys", values.keys),
    pace: amount("--pace", values.pace),
    threads: values.threads === undefined ? undefined : amount("--threads", values.threads),
    rounds: amount("--rounds", values.rounds),
    idleSeconds: amount("--idle", values.idle, true),
    json: values.json,
    plot: values.plot === undefined ? undefined : resolve(values.plot),
    out: values.out === undefined ? undefined : resolve(values.out),
  };
}

function amount(name: string, value: string, orZero = false): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0 || (number === 0 && !orZero)) throw new UsageError(`${name} needs a positive number, not ${value}`);
  return number;
}

/** The sessions that come with the sources. */
function recorded(): string[] {
  const folder = resolve(defaultWorkerFile(), "../../test/bench/sessions");
  if (!existsSync(folder)) throw new UsageError("name a session: the recorded ones come with Inkling's sources only");
  return readdirSync(folder).filter((name) => name.endsWith(".json")).sort().map((name) => join(folder, name));
}
