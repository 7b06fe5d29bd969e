// Proves on the built corpus that nothing of what the model is examined on is in what it is trained on: `tsx check.ts [--preset
// smoke]` reads the files that build.ts wrote and fails where it finds something.
import { join } from "node:path";
import { contamination, overlap, readExamined } from "./contamination.js";
import { linesOf } from "./lines.js";
import { presetFolder, type SourceFile } from "./manifest.js";
import { tokenHashes } from "./tokens.js";

const folder = join(presetFolder(process.argv), "files");

function* filesOf(split: string): Generator<SourceFile> {
  for (const line of linesOf(join(folder, `${split}.jsonl`))) yield JSON.parse(line.text) as SourceFile;
}

const projects = new Set<string>();
const texts: string[] = [];
for (const file of filesOf("test")) {
  projects.add(file.project);
  texts.push(file.text);
}
const examined = readExamined(texts);
let [files, bad, highest] = [0, 0, 0];
for (const split of ["train", "valid"]) {
  for (const file of filesOf(split)) {
    files++;
    const tokens = tokenHashes(file.text);
    const { shared, total } = overlap(tokens, examined.heldOut);
    highest = Math.max(highest, total === 0 ? 0 : shared / total);
    const reason = projects.has(file.project) ? "project" : contamination(tokens, file.language, examined);
    if (reason) console.error(`${split}: ${file.project} ${file.path}: ${reason}`);
    if (reason) bad++;
  }
}
console.log(`${files} files of train and valid, ${bad} contaminated; looked for ${examined.humanEval.size} runs of 13 tokens from HumanEval`);
console.log(`and ${projects.size} held-out projects with ${examined.heldOut.size} runs; the most that a file shares with them is ${(100 * highest).toFixed(1)} % of its runs`);
process.exitCode = bad > 0 || files === 0 ? 1 : 0;
