// The step `corpus`: packages -> readable source files without duplicates, split by project, as JSON lines, and a report with
// versions and licences for the model card. `tsx build.ts [--preset smoke] [--held-out]`, the latter for nothing but the test projects,
// which is all that `inkling eval --suite holdout` needs. Everything it writes lies under work/.
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { contamination, readExamined } from "./contamination.js";
import { duplicates } from "./dedup.js";
import { fetchPackages } from "./fetch.js";
import { presetFolder, presetPackages, projectOf, workFolder, type Package, type SourceFile, type Split } from "./manifest.js";
import { seededOrder } from "./random.js";
import { printTable, type PackageReport } from "./report.js";
import { harvest } from "./sources.js";
import { tokenHashes } from "./tokens.js";

/** Characters that one project may give, so that no project's habits dominate. There is more Python than of the others. */
const projectCap = (registry: Package["registry"]): number => (registry === "npm" ? 8_000_000 : 4_000_000);

const splits: Split[] = ["test", "valid", "train"];

interface Corpus {
  files: Record<Split, SourceFile[]>;
  reports: PackageReport[];
  dropped: Map<string, number>;
}

/** Held-out projects come first: of two copies it is the one in a training project that counts as the duplicate. */
function build(packages: Package[], archives: string[]): Corpus {
  const corpus: Corpus = { files: { test: [], valid: [], train: [] }, reports: [], dropped: new Map() };
  const duplicate = duplicates();
  const size = new Map<string, number>();
  let examined = readExamined([]);
  const judge = (file: SourceFile, split: Split): string | undefined => {
    const tokens = tokenHashes(file.text);
    return duplicate(tokens) ?? (split === "test" ? undefined : contamination(tokens, file.language, examined));
  };
  for (const split of splits) {
    for (const [index, pack] of packages.entries()) {
      if (pack.split !== split) continue;
      const kept = keep(pack, readFileSync(archives[index]!), { judge, size, dropped: corpus.dropped });
      corpus.files[split].push(...kept);
      corpus.reports.push(reportOf(pack, kept));
    }
    if (split === "test") examined = readExamined(corpus.files.test.map((file) => file.text));
  }
  return corpus;
}

interface Ledger {
  judge: (file: SourceFile, split: Split) => string | undefined;
  /** Characters kept so far, by project. */
  size: Map<string, number>;
  /** Files dropped so far, by reason. */
  dropped: Map<string, number>;
}

function keep(pack: Package, archive: Buffer, { judge, size, dropped }: Ledger): SourceFile[] {
  const kept: SourceFile[] = [];
  for (const found of harvest(pack, archive)) {
    const used = size.get(projectOf(pack)) ?? 0;
    if (used > projectCap(pack.registry)) break;
    const reason = found.kind === "dropped" ? found.reason : judge(found.file, pack.split);
    if (reason) dropped.set(reason, (dropped.get(reason) ?? 0) + 1);
    else if (found.kind === "file") {
      kept.push(found.file);
      size.set(found.file.project, used + found.file.text.length);
    }
  }
  return kept;
}

function reportOf(pack: Package, files: SourceFile[]): PackageReport {
  const bytes: Record<string, number> = {};
  for (const { language, text } of files) bytes[language] = (bytes[language] ?? 0) + Buffer.byteLength(text);
  const { registry, name, version, licence, split } = pack;
  return { project: projectOf(pack), registry, name, version, licence, split, files: files.length, bytes };
}

function writeLines(path: string, files: readonly SourceFile[]): void {
  const handle = openSync(`${path}.part`, "w");
  for (const file of files) writeSync(handle, `${JSON.stringify(file)}\n`);
  closeSync(handle);
  renameSync(`${path}.part`, path);
}

async function main(): Promise<void> {
  const started = Date.now();
  const heldOutOnly = process.argv.includes("--held-out");
  const packages = presetPackages(process.argv).filter((pack) => !heldOutOnly || pack.split === "test");
  const archives = await fetchPackages(packages, join(workFolder, "packages"));
  const fetched = Date.now();
  const { files, reports, dropped } = build(packages, archives);
  const folder = join(presetFolder(process.argv), "files");
  mkdirSync(folder, { recursive: true });
  for (const split of heldOutOnly ? (["test"] as const) : splits) writeLines(join(folder, `${split}.jsonl`), seededOrder(files[split], split));
  printTable(reports, dropped);
  const seconds = { fetch: (fetched - started) / 1000, build: (Date.now() - fetched) / 1000 };
  console.log(`fetch ${seconds.fetch.toFixed(0)} s, build ${seconds.build.toFixed(0)} s`);
  if (heldOutOnly) return;
  writeFileSync(join(folder, "report.json"), JSON.stringify({ packages: reports, dropped: Object.fromEntries(dropped), seconds }, undefined, 1));
}

await main();
