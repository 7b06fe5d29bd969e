// The changed files with their texts: one `git diff` for which they are, one `git cat-file --batch` for what was in them, and the
// working tree itself for what is not staged. What is binary, large, or one too many comes without its texts.
import { lstat, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { ChangedFile, ChangeSet } from "../protocol/commit.js";
import { parseBatch, parseDiff, type RawEntry, toChangedFile } from "./parse.js";
import { pairRenames } from "./renames.js";
import { git, type GitOptions, GitProblem } from "./run.js";

export interface ChangedEntries {
  source: ChangeSet["source"];
  entries: { raw: RawEntry; file: ChangedFile }[];
  unmerged: string[];
}

const LONGEST_TEXT = 200_000;
const MOST_TEXT = 6_000_000;
const MOST_FILES = 2_000;
/** Files whose texts nobody would look at. */
const uninteresting = /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|go\.sum|[\w-]+\.lock)$|\.(min\.(js|css)|map|snap|svg|ipynb)$/i;
const diffArguments = ["--raw", "--numstat", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty"];

/** What is staged; where nothing is, the whole working tree with the files that git does not know yet. */
export async function changedEntries(options: GitOptions): Promise<ChangedEntries> {
  const staged = parseDiff((await git(["diff", "--cached", "-M", "-C", ...diffArguments], options)).toString());
  const unmerged = staged.entries.filter(({ status }) => status === "unmerged").map(({ path }) => path);
  const together = (parsed: typeof staged): ChangedEntries["entries"] =>
    parsed.entries.slice(0, MOST_FILES).map((raw) => ({ raw, file: toChangedFile(raw, parsed.numbers.get(raw.path)) }));
  if (staged.entries.length > 0) return { source: "staged", entries: together(staged), unmerged: [...new Set(unmerged)] };
  const [tracked, untracked] = await Promise.all([
    git(["diff", "-M", ...diffArguments], options),
    git(["ls-files", "--others", "--exclude-standard", "-z"], options),
  ]);
  const changed = parseDiff(tracked.toString());
  const none = "0".repeat(40);
  const fresh = untracked.toString().split("\0").filter((path) => path !== "").slice(0, MOST_FILES).map((path): ChangedEntries["entries"][number] => {
    // An untracked folder that is a repository of its own ends with a slash.
    const raw: RawEntry = { status: "added", path: path.replace(/\/$/, ""), modes: { before: "000000", after: path.endsWith("/") ? "160000" : "100644" }, before: none, after: none };
    return { raw, file: toChangedFile(raw, undefined) };
  });
  const entries = await Promise.all([...together(changed), ...fresh].map((entry) => withCommit(entry, options)));
  return { source: "working-tree", entries, unmerged: [...new Set(changed.entries.filter(({ status }) => status === "unmerged").map(({ path }) => path))] };
}

/** Which commit a submodule of the working tree points to, its own repository knows. */
async function withCommit(entry: ChangedEntries["entries"][number], options: GitOptions): Promise<ChangedEntries["entries"][number]> {
  const { file, raw } = entry;
  if (!file.submodule || file.submodule.after !== undefined || raw.status === "deleted") return entry;
  try {
    const after = (await git(["rev-parse", "HEAD"], { ...options, folder: join(options.folder, raw.path) })).toString().trim();
    return { raw, file: { ...file, submodule: { ...file.submodule, after } } };
  } catch (error) {
    if (error instanceof GitProblem) return { raw, file: { ...file, submodule: { ...file.submodule, after: raw.after } } };
    throw error;
  }
}

export async function readFiles({ entries, source }: ChangedEntries, options: GitOptions): Promise<ChangedFile[]> {
  const wanted = chosen(entries);
  const blobs = await readBlobs(wanted.flatMap(({ raw }) => [raw.before, ...source === "staged" ? [raw.after] : []]), options);
  const read = await Promise.all(entries.map(async ({ raw, file }) => {
    if (!wanted.some((one) => one.file === file)) return file;
    const after = raw.status === "deleted" ? undefined : source === "staged" ? blobs.get(raw.after) : await readWorkingFile(join(options.folder, raw.path));
    return withTexts(file, blobs.get(raw.before), after);
  }));
  return source === "staged" ? read : pairRenames(read);
}

/** The files with the most changed lines first, while there is room. Untracked files have no numbers yet. */
function chosen(entries: ChangedEntries["entries"]): ChangedEntries["entries"] {
  const readable = entries.filter(({ file }) => file.binary !== true && file.submodule === undefined && !uninteresting.test(file.path));
  return readable.sort((a, b) => b.file.added + b.file.removed - a.file.added - a.file.removed).slice(0, 600);
}

async function readBlobs(ids: readonly string[], options: GitOptions): Promise<Map<string, Buffer>> {
  const asked = [...new Set(ids)].filter((id) => !/^0+$/.test(id));
  const blobs = new Map<string, Buffer>();
  if (asked.length === 0) return blobs;
  const input = asked.join("\n") + "\n";
  const sizes = (await git(["cat-file", "--batch-check=%(objectsize)"], { ...options, input })).toString().split("\n").map(Number);
  let room = MOST_TEXT;
  const small = asked.filter((_, index) => {
    const size = sizes[index] ?? Number.NaN;
    if (!(size <= LONGEST_TEXT) || size > room) return false;
    room -= size;
    return true;
  });
  if (small.length === 0) return blobs;
  const objects = parseBatch(await git(["cat-file", "--batch"], { ...options, input: small.join("\n") + "\n" }));
  small.forEach((id, index) => objects[index] && blobs.set(id, objects[index]));
  return blobs;
}

async function readWorkingFile(path: string): Promise<Buffer | undefined> {
  try {
    const status = await lstat(path);
    if (status.isSymbolicLink()) return Buffer.from(await readlink(path));
    return status.isFile() && status.size <= LONGEST_TEXT ? await readFile(path) : undefined;
  } catch {
    return undefined; // gone meanwhile
  }
}

function withTexts(file: ChangedFile, before: Buffer | undefined, after: Buffer | undefined): ChangedFile {
  if ([before, after].some((content) => content?.subarray(0, 8_000).includes(0) === true)) return { ...file, binary: true, added: 0, removed: 0 };
  // One text without the other would look like a file that was added or deleted.
  const half = file.status !== "added" && file.status !== "deleted" && (before === undefined || after === undefined);
  if (half) return file;
  const texts = { ...before && { before: before.toString("utf8") }, ...after && { after: after.toString("utf8") } };
  const isNew = file.status === "added" && file.added === 0 && after !== undefined;
  return { ...file, ...texts, ...isNew && { added: after.toString("utf8").split("\n").length - 1 } };
}
