// What git's machine formats say, as values. Pure: text in, values out. Paths come as git has them, with forward slashes.
import type { ChangedFile, PastCommit } from "../protocol/commit.js";

/** One entry of `git diff --raw`. */
export interface RawEntry {
  status: ChangedFile["status"] | "unmerged";
  path: string;
  oldPath?: string;
  modes: { before: string; after: string };
  /** Object ids; all zeros where there is none, or where it is not known because the file was not added. */
  before: string;
  after: string;
}

const SUBMODULE = "160000";
const statuses: Partial<Record<string, RawEntry["status"]>> = { A: "added", M: "modified", D: "deleted", R: "renamed", C: "copied", T: "type-changed", U: "unmerged" };

/** The output of `git diff --raw --numstat -z`: first all entries, then all numbers. */
export function parseDiff(output: string): { entries: RawEntry[]; numbers: Map<string, { added: number; removed: number; binary: boolean }> } {
  const fields = output.split("\0");
  const entries: RawEntry[] = [];
  const numbers = new Map<string, { added: number; removed: number; binary: boolean }>();
  let at = 0;
  while (at < fields.length && fields[at] !== "") {
    const field = fields[at]!;
    if (field.startsWith(":")) {
      const [modeBefore, modeAfter, before, after, letter] = field.slice(1).split(" ") as [string, string, string, string, string];
      const status = statuses[letter[0]!] ?? "modified";
      const two = letter.startsWith("R") || letter.startsWith("C");
      const [first, second] = [fields[at + 1]!, fields[at + 2]];
      entries.push({ status, path: two ? second! : first, ...two && { oldPath: first }, modes: { before: modeBefore, after: modeAfter }, before, after });
      at += two ? 3 : 2;
      continue;
    }
    const [added, removed, path] = field.split("\t") as [string, string, string];
    const renamed = path === "";
    numbers.set(renamed ? fields[at + 2]! : path, { added: Number(added) || 0, removed: Number(removed) || 0, binary: added === "-" });
    at += renamed ? 3 : 1;
  }
  return { entries, numbers };
}

export function toChangedFile(entry: RawEntry, numbers: { added: number; removed: number; binary: boolean } | undefined): ChangedFile {
  const { status, path, oldPath, modes, before, after } = entry;
  const isSubmodule = modes.before === SUBMODULE || modes.after === SUBMODULE;
  const known = (id: string): boolean => !/^0+$/.test(id);
  return {
    path, status: status === "unmerged" ? "modified" : status, ...oldPath !== undefined && { oldPath },
    added: isSubmodule ? 0 : numbers?.added ?? 0, removed: isSubmodule ? 0 : numbers?.removed ?? 0,
    ...numbers?.binary === true && { binary: true },
    ...modes.before !== modes.after && status !== "added" && status !== "deleted" && { modes },
    ...isSubmodule && { submodule: { ...modes.before === SUBMODULE && { before }, ...modes.after === SUBMODULE && known(after) && { after } } },
  };
}

const RECORD = "\x1e";
const UNIT = "\x1f";

/** For {@link parseLog}. */
export const logFormat = `--format=${RECORD}%s${UNIT}%b${UNIT}`;

/** The output of `git log` in {@link logFormat}, with `--name-only` behind each commit. */
export function parseLog(output: string, mostFiles = 12): PastCommit[] {
  return output.split(RECORD).slice(1).map((record) => {
    const [subject = "", body = "", files = ""] = record.split(UNIT);
    const withoutTrailers = body.replace(/^(Signed-off-by|Co-authored-by|Reviewed-by|Change-Id|Acked-by|Tested-by|Cc):.*$/gim, "");
    return { subject, hasBody: withoutTrailers.trim() !== "", files: files.split("\n").filter(Boolean).slice(0, mostFiles) };
  });
}

/** The output of `git cat-file --batch`, in the order of the ids that were asked for; undefined for what is missing. */
export function parseBatch(output: Buffer): (Buffer | undefined)[] {
  const objects: (Buffer | undefined)[] = [];
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    if (end === -1) break;
    const [, type, size] = output.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (size === undefined || type === undefined) {
      objects.push(undefined);
      continue;
    }
    objects.push(output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return objects;
}

/** Git's own text for a merge or a revert: without comments, and without the list of conflicts. */
export function cleanPrepared(text: string): string {
  return text.split("\n").filter((line) => !line.startsWith("#")).join("\n").trim();
}
