// Renames in the working tree: git finds them only among files that it knows, so a deleted and an untracked file that say the same are
// paired here.
import type { ChangedFile } from "../protocol/commit.js";

const LEAST_ALIKE = 0.5;
/** More would be compared with too many. */
const MOST = 60;

export function pairRenames(files: readonly ChangedFile[]): ChangedFile[] {
  const deleted = files.filter(({ status, before }) => status === "deleted" && before !== undefined && before !== "");
  const added = files.filter(({ status, after }) => status === "added" && after !== undefined && after !== "");
  if (deleted.length === 0 || added.length === 0 || deleted.length > MOST || added.length > MOST) return [...files];
  const pairs = deleted.flatMap((from) => added.map((to) => ({ from, to, alike: alike(from.before!, to.after!) + (nameOf(from) === nameOf(to) ? 0.01 : 0) })))
    .filter((pair) => pair.alike >= LEAST_ALIKE).sort((a, b) => b.alike - a.alike);
  const gone = new Set<ChangedFile>();
  const renamed: ChangedFile[] = [];
  for (const { from, to } of pairs) {
    if (gone.has(from) || gone.has(to)) continue;
    gone.add(from).add(to);
    const common = commonLines(from.before!, to.after!);
    renamed.push({
      path: to.path, oldPath: from.path, status: "renamed", before: from.before!, after: to.after!,
      added: lines(to.after!).length - common, removed: lines(from.before!).length - common,
    });
  }
  return [...files.filter((file) => !gone.has(file)), ...renamed];
}

const nameOf = ({ path }: ChangedFile): string => path.slice(path.lastIndexOf("/") + 1);
const lines = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter(Boolean);

function alike(before: string, after: string): number {
  if (before === after) return 1;
  const [short, long] = [before.length, after.length].sort((a, b) => a - b) as [number, number];
  if (short < long / 2) return 0;
  return 2 * commonLines(before, after) / (lines(before).length + lines(after).length || 1);
}

function commonLines(before: string, after: string): number {
  const counts = new Map<string, number>();
  for (const line of lines(before)) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of lines(after)) {
    const left = counts.get(line) ?? 0;
    if (left > 0) common += 1;
    counts.set(line, left - 1);
  }
  return common;
}
