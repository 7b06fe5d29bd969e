// `inkling eval`: how good are the completions? Cuts holes into source files, lets the shipped worker fill them, and counts. Reading from
// top to bottom: which holes, which arms, what came of them, in which form it is told.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { defaultModelFile, defaultWorkerFile } from "../client.js";
import { ngram, startArm } from "./answer.js";
import { cutHoles, type Cutter } from "./cut.js";
import { groupBy } from "./groups.js";
import { cutLine, type Hole, type HoleKind, type SourceFile } from "./holes.js";
import { infillingHoles, runTests, type InfillingHole } from "./infilling.js";
import { neighboursOf } from "./neighbours.js";
import { cutBlock, cutNode, isCode } from "./nodes.js";
import { parseEvalOptions, type EvalOptions } from "./options.js";
import { printTables, toJson, type ArmResults } from "./report.js";
import { answerAll, type Surroundings } from "./run-holes.js";
import { readFolder, readHoldout, readInfilling } from "./suites.js";
import type { HoleResult } from "./summary.js";
import { loadGrammars, type Grammars } from "./trees.js";

export { usage } from "./options.js";

const usualHoles = 1000;
const usualWindow = 512;

export async function run(args: string[]): Promise<number> {
  const options = parseEvalOptions(args, defaultModelFile());
  const root = resolve(defaultWorkerFile(), "../..");
  const task = await prepare(options, root);
  const arms: ArmResults[] = [];
  for (const arm of options.arms) {
    const answerer = await startArm(arm.options, options.score);
    try {
      const results = await task.finish(await answerAll(answerer, task.holes, task.surroundings(arm.name)));
      arms.push({ name: arm.name, model: answerer.name, context: arm.options.context ?? "compact", budget: arm.options.budget ?? null, results });
    } finally {
      await answerer.close();
    }
  }
  const results = await task.finish(await answerAll(ngram, task.holes, task.surroundings(ngram.name)));
  const baseline: ArmResults = { name: ngram.name, model: ngram.name, context: "file", budget: null, results };
  if (options.out !== undefined) writeFileSync(options.out, [...arms, baseline].flatMap(lines).join(""));
  console.log(options.json ? JSON.stringify(toJson(options.suite, options.seed, arms, baseline)) : printTables(options.suite, options.seed, arms, baseline));
  return 0;
}

const lines = ({ name, results }: ArmResults): string[] => results.map((result) => `${JSON.stringify({ arm: name, ...result })}\n`);

interface Task {
  holes: readonly Hole[];
  surroundings(arm: string): Surroundings;
  /** What is to be done with an arm's results when all are there. */
  finish(results: readonly HoleResult[]): Promise<readonly HoleResult[]>;
}

async function prepare(options: EvalOptions, root: string): Promise<Task> {
  if (options.suite === "humaneval-infilling-single") {
    const problems = infillingHoles(readInfilling(root), options.holes, options.seed);
    return taskOf(problems.map(({ hole }) => hole), [], options, await loadGrammars(["python"]), problems);
  }
  const files = (options.folder === undefined ? readHoldout(root, options.suite === "valid" ? "valid" : "test") : readFolder(resolve(options.folder)))
    .filter((file) => options.languages?.includes(file.languageId) ?? true);
  const grammars = await loadGrammars([...new Set(files.map((file) => file.languageId))]);
  const holes = cutHoles(files, { holes: options.holes ?? usualHoles, seed: options.seed, kinds: options.kinds }, cutters(grammars));
  if (holes.length === 0) throw new Error("There is no source file in which a hole could be cut.");
  return taskOf(holes, files, options, grammars);
}

function taskOf(holes: Hole[], files: readonly SourceFile[], options: EvalOptions, grammars: Grammars, problems?: readonly InfillingHole[]): Task {
  const projects = groupBy(files, (file) => file.project);
  return {
    holes,
    finish: (results) => (problems ? runTests(problems, results) : Promise.resolve(results)),
    surroundings: (arm) => ({
      grammars,
      window: options.arms.length === 0 ? usualWindow : Math.min(...options.arms.map((one) => one.options.budget ?? usualWindow)),
      neighboursOf: (file) => neighboursOf(file, projects.get(file.project) ?? [], options.neighbours),
      progress: (done, of) => {
        if (process.stderr.isTTY && (done % 10 === 0 || done === of)) process.stderr.write(`\r${arm}: ${done} of ${of}${done === of ? "\n" : ""}`);
      },
    }),
  };
}

/** Where there is no grammar, lines are cut by their text alone, and nothing else is cut. */
function cutters(grammars: Grammars): Record<HoleKind, Cutter> {
  return {
    line: (file, random) => grammars.withTree(file, (tree) => cutLine(file, random, tree && ((offset) => isCode(tree, offset)))),
    node: (file, random) => grammars.withTree(file, (tree) => tree && cutNode(file, tree, random)),
    block: (file, random) => grammars.withTree(file, (tree) => tree && cutBlock(file, tree, random)),
  };
}
