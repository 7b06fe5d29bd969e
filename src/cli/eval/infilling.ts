// HumanEval-Infilling as holes, and pass@1 by execution: the line that was suggested is put into the program, and its tests are run.
import { inParallel, runsThrough } from "./execute.js";
import { endOfLine, makeHole, type Hole } from "./holes.js";
import { seeded, shuffled } from "./random.js";
import type { InfillingProblem } from "./suites.js";
import type { HoleResult } from "./summary.js";

export interface InfillingHole {
  problem: InfillingProblem;
  hole: Hole;
}

/** The missing line's own end stays in the document: the cursor stands in an empty line. */
export function infillingHoles(problems: readonly InfillingProblem[], count: number | undefined, seed: number): InfillingHole[] {
  const chosen = count === undefined || count >= problems.length ? problems : shuffled(problems, seeded(seed)).slice(0, count);
  return chosen.map((problem) => {
    const { prompt, canonical_solution: line, suffix } = problem;
    const file = { project: "humaneval", path: "solution.py", languageId: "python", text: prompt + line + suffix };
    return { problem, hole: { ...makeHole("line", file, prompt.length, prompt.length + line.trimEnd().length), id: problem.task_id } };
  });
}

/** The results with `passed` and `rawPassed`: where nothing was shown, nothing has passed. Two programs run at the same time. */
export function runTests(holes: readonly InfillingHole[], results: readonly HoleResult[]): Promise<HoleResult[]> {
  const pairs = results.map((result, i) => ({ result, problem: holes[i]!.problem }));
  return inParallel(pairs, 2, async ({ result, problem }) => {
    const passed = result.shown && await runsThrough(programWith(problem, result.text));
    if (result.unfiltered === undefined) return { ...result, passed };
    const same = result.shown && programWith(problem, result.text) === programWith(problem, result.unfiltered);
    return { ...result, passed, rawPassed: same ? passed : await runsThrough(programWith(problem, result.unfiltered)) };
  });
}

/** A suggestion of several lines is cut after its first one. */
export function programWith({ prompt, suffix, test, entry_point }: InfillingProblem, suggestion: string): string {
  return `${prompt}${suggestion.slice(0, endOfLine(suggestion, 0))}\n${suffix}\n${test}\ncheck(${entry_point})\n`;
}
