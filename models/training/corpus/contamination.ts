// Looks for text that the model will be examined on: a file that shares a run of thirteen tokens with a HumanEval problem, or
// much of itself with a held-out project. Pure; `build.ts` drops what is found here, and `check.ts` proves that nothing is left.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { tokenHashes } from "./tokens.js";

/** Tokens in a row that count as copied: the length that GPT-3's authors used (Brown et al. 2020, appendix C). */
const run = 13;

const factors = [0x01000193, 0x2c1b3c6d] as const;
const outgoing = factors.map((factor) => Array.from({ length: run }).reduce((power: number) => Math.imul(power, factor), 1)) as [number, number];

/** Calls `visit` with a 53-bit rolling hash of every run of thirteen tokens. */
function eachGram(tokens: Uint32Array, visit: (gram: number) => void): void {
  let [high, low] = [0, 0];
  for (let i = 0; i < tokens.length; i++) {
    const [entering, leaving] = [tokens[i]!, i < run ? 0 : tokens[i - run]!];
    high = (Math.imul(high, factors[0]) + entering - Math.imul(leaving, outgoing[0])) | 0;
    low = (Math.imul(low, factors[1]) + entering - Math.imul(leaving, outgoing[1])) | 0;
    if (i >= run - 1) visit((high >>> 0) * 0x200000 + (low >>> 11));
  }
}

export function gramsOf(texts: Iterable<string>): Set<number> {
  const grams = new Set<number>();
  for (const text of texts) eachGram(tokenHashes(text), (gram) => grams.add(gram));
  return grams;
}

/** How many of the runs are among `grams`, and how many runs there are. */
export function overlap(tokens: Uint32Array, grams: ReadonlySet<number>): { shared: number; total: number } {
  let [shared, total] = [0, 0];
  eachGram(tokens, (gram) => {
    total++;
    if (grams.has(gram)) shared++;
  });
  return { shared, total };
}

const evalFolder = fileURLToPath(new URL("../../../test/eval/humaneval-infilling/", import.meta.url));

/** The HumanEval problems as whole programs, one for each problem that a file of HumanEval-Infilling asks about. */
export function humanEvalPrograms(file = `${evalFolder}HumanEval-SingleLineInfilling.jsonl.gz`): Map<string, string> {
  const programs = new Map<string, string>();
  for (const line of gunzipSync(readFileSync(file)).toString("utf8").split("\n").filter(Boolean)) {
    const task = JSON.parse(line) as { task_id: string; prompt: string; canonical_solution: string; suffix: string };
    programs.set(/HumanEval\/\d+/.exec(task.task_id)?.[0] ?? task.task_id, task.prompt + task.canonical_solution + task.suffix);
  }
  return programs;
}

export interface Examined {
  humanEval: ReadonlySet<number>;
  heldOut: ReadonlySet<number>;
}

export function readExamined(heldOutTexts: Iterable<string>): Examined {
  return { humanEval: gramsOf(humanEvalPrograms().values()), heldOut: gramsOf(heldOutTexts) };
}

/** Why a file may not be trained on; undefined when it may. A fifth of a file in common with held-out projects is too much. */
export function contamination(tokens: Uint32Array, language: string, examined: Examined): "HumanEval" | "held-out project" | undefined {
  if (language === "python" && overlap(tokens, examined.humanEval).shared > 0) return "HumanEval";
  const { shared, total } = overlap(tokens, examined.heldOut);
  return total > 0 && shared / total > 0.2 ? "held-out project" : undefined;
}
