// The arguments of `inkling eval`: which holes are asked, and which arms answer them.
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { WorkerOptions } from "../../protocol/worker.js";
import { orUsageError, UsageError } from "../usage.js";
import { holeKinds, type HoleKind } from "./holes.js";

export const usage = `inkling eval [FOLDER] [options]

Cuts holes into source files, lets the worker fill them, and counts.

  --suite NAME      holdout (default), valid (projects to tune on), humaneval-infilling-single; a FOLDER is a suite of its own
  --holes N         how many holes (default 1000; of a benchmark: all)
  --limit N         the same, for a quick run
  --kinds LIST      of line,node,block (default all)
  --languages LIST  only these language ids
  --seed N          which holes (default 1)
  --model GGUF      model file; given again, one more arm with that model
  --context KIND    compact (default) or raw
  --budget N        prompt budget in tokens
  --set K=V         any other worker option, such as maxThreads=1
  --against LIST    one more arm: the first with these changed, such as context=raw,budget=256 or model=old.gguf
  --baseline-only   nothing but the n-gram: no model needed
  --neighbours N    open this many other files of the project first, those that the file imports before others
  --no-score        without bits per byte, which take a second request a hole
  --json            print one JSON object instead of tables
  --out FILE        write every hole's result as a JSON line`;

/** One way of answering; all arms get the same holes. */
export interface Arm {
  name: string;
  options: WorkerOptions;
}

export interface EvalOptions {
  suite: string;
  folder?: string;
  holes?: number;
  kinds: readonly HoleKind[];
  languages?: readonly string[];
  seed: number;
  arms: readonly Arm[];
  neighbours: number;
  score: boolean;
  json: boolean;
  out?: string;
}

export function parseEvalOptions(args: readonly string[], defaultModel: string): EvalOptions {
  const { values, positionals } = parse(args);
  const folder = positionals[0];
  const count = values.limit ?? values.holes;
  return {
    suite: folder === undefined ? suiteOf(values.suite) : "folder",
    ...(folder !== undefined && { folder }),
    ...(count !== undefined && { holes: whole("--holes", count) }),
    kinds: values.kinds === undefined ? holeKinds : values.kinds.split(",").map(kindOf),
    ...(values.languages !== undefined && { languages: values.languages.split(",") }),
    seed: whole("--seed", values.seed),
    arms: values["baseline-only"] ? [] : armsOf(values, defaultModel),
    neighbours: whole("--neighbours", values.neighbours),
    score: !values["no-score"],
    json: values.json,
    ...(values.out !== undefined && { out: values.out }),
  };
}

const parse = (args: readonly string[]) => orUsageError(() => parseArgs({
  args: [...args],
  allowPositionals: true,
  options: {
    suite: { type: "string", default: "holdout" }, holes: { type: "string" }, limit: { type: "string" },
    kinds: { type: "string" }, languages: { type: "string" }, seed: { type: "string", default: "1" },
    model: { type: "string", multiple: true }, context: { type: "string" }, budget: { type: "string" },
    set: { type: "string", multiple: true, default: [] }, against: { type: "string", multiple: true, default: [] },
    "baseline-only": { type: "boolean", default: false }, neighbours: { type: "string", default: "0" },
    "no-score": { type: "boolean", default: false }, json: { type: "boolean", default: false }, out: { type: "string" },
  },
}));

interface ArmArguments {
  model?: string[] | undefined;
  context?: string | undefined;
  budget?: string | undefined;
  set: string[];
  against: string[];
}

function armsOf({ model = [], context, budget, set, against }: ArmArguments, defaultModel: string): Arm[] {
  const [first = defaultModel, ...others] = model;
  const given = [...(context === undefined ? [] : [`context=${context}`]), ...(budget === undefined ? [] : [`budget=${budget}`]), ...set];
  const base = changed({ modelFile: resolve(first), announceInlineCompletion: false }, given);
  const variants = [...others.map((file) => [`model=${file}`]), ...against.map((list) => list.split(","))];
  return [
    { name: [basename(first), ...given].join(" "), options: base },
    ...variants.map((changes) => ({ name: changes.map(shortened).join(" "), options: changed(base, changes) })),
  ];
}

const shortened = (change: string): string => (change.startsWith("model=") ? basename(change.slice("model=".length)) : change);

function changed(options: WorkerOptions, changes: readonly string[]): WorkerOptions {
  const entries = changes.map((change) => {
    const at = change.indexOf("=");
    if (at < 1) throw new UsageError(`Expected KEY=VALUE, got "${change}".`);
    const key = change.slice(0, at);
    const text = change.slice(at + 1);
    return key === "model" ? ["modelFile", resolve(text)] as const : [key, valueOf(key, text)] as const;
  });
  return { ...options, ...Object.fromEntries(entries) };
}

function valueOf(key: string, text: string): string | number | boolean {
  if (key === "context" && text !== "raw" && text !== "compact") throw new UsageError(`The context is raw or compact, not "${text}".`);
  if (key === "budget") return whole("budget", text);
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function suiteOf(name: string): string {
  if (name === "holdout" || name === "valid" || name === "humaneval-infilling-single") return name;
  throw new UsageError(`There is no suite "${name}"; there are holdout, valid and humaneval-infilling-single, and any folder.`);
}

function kindOf(name: string): HoleKind {
  const kind = holeKinds.find((known) => known === name);
  if (!kind) throw new UsageError(`There is no hole of kind "${name}", only ${holeKinds.join(", ")}.`);
  return kind;
}

function whole(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`${name} takes a whole number, not "${text}".`);
  return Number(text);
}
