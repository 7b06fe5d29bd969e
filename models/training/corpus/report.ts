// What a corpus consists of, as numbers for the report file and as a table for people. Knows no texts.
import type { Package } from "./manifest.js";

export interface PackageReport extends Pick<Package, "registry" | "name" | "version" | "licence" | "split"> {
  project: string;
  files: number;
  /** UTF-8 bytes by language id. */
  bytes: Record<string, number>;
}

const columns = { TypeScript: /^typescript/, JavaScript: /^javascript/, Python: /^python/ };

function megabytes(reports: readonly PackageReport[], language: RegExp): string {
  let sum = 0;
  for (const { bytes } of reports) for (const [id, count] of Object.entries(bytes)) if (language.test(id)) sum += count;
  return (sum / 1e6).toFixed(2).padStart(11);
}

export function printTable(reports: readonly PackageReport[], dropped: ReadonlyMap<string, number>): void {
  const row = (label: string, group: readonly PackageReport[]): void => {
    const files = group.reduce((sum, report) => sum + report.files, 0);
    console.log(`${label.padEnd(34)}${String(files).padStart(7)}${Object.values(columns).map((language) => megabytes(group, language)).join("")}`);
  };
  console.log(`${"MB by project".padEnd(34)}${"files".padStart(7)}${Object.keys(columns).map((name) => name.padStart(11)).join("")}`);
  for (const split of ["test", "valid", "train"]) {
    const inSplit = reports.filter((report) => report.split === split);
    for (const project of new Set(inSplit.map((report) => report.project))) {
      row(`  ${project}`, inSplit.filter((report) => report.project === project));
    }
    row(`${split}: ${inSplit.length} packages`, inSplit);
  }
  row("all", reports);
  for (const [reason, count] of [...dropped].sort((a, b) => b[1] - a[1])) console.log(`dropped ${String(count).padStart(7)}  ${reason}`);
}
