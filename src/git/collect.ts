// Everything about a commit that is to be: which files, their texts before and after, and the habits of the repository. Reads, never
// writes; for the extension and the command line alike, because the worker starts no processes.
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import type { ChangeSet, ConventionChoice } from "../protocol/commit.js";
import { cleanPrepared, logFormat, parseLog } from "./parse.js";
import { git, type GitOptions, GitProblem } from "./run.js";
import { changedEntries, readFiles } from "./files.js";

export interface CollectOptions {
  folder: string;
  program?: string | undefined;
  signal: AbortSignal;
  convention: ConventionChoice;
  /** What the person has typed already. */
  draft?: string | undefined;
}

/** Enough to see habits, and read in a moment. */
const HISTORY = 60;
const MOST_TEMPLATE = 10_000;

/** Rejects with a {@link GitProblem} that says in one sentence why there is nothing to write a message for. */
export async function collectChange({ folder, program, signal, convention, draft }: CollectOptions): Promise<ChangeSet> {
  const [root, gitFolder] = await whereIs({ folder, program, signal });
  const options: GitOptions = { folder: root, program, signal };
  const [head, branch, history, template, prepared, changed] = await Promise.all([
    quiet(git(["rev-parse", "--verify", "--quiet", "HEAD"], options)),
    quiet(git(["symbolic-ref", "--short", "--quiet", "HEAD"], options)),
    quiet(git(["log", `--max-count=${HISTORY}`, "--no-merges", "--name-only", "--no-renames", logFormat], { ...options, limit: 4 << 20 })),
    templateOf(options),
    preparedBy(gitFolder),
    changedEntries(options),
  ]);
  const { unmerged } = changed;
  if (unmerged.length > 0) throw new GitProblem("unmerged", `${unmerged.length === 1 ? `${unmerged[0]!} has` : `${unmerged.length} files have`} conflicts. Resolve them first.`);
  if (changed.entries.length === 0 && prepared === undefined) throw new GitProblem("no-changes", "There are no changes to describe.");
  return {
    source: changed.source, files: await readFiles(changed, options), first: head === undefined, history: parseLog(history ?? ""), convention,
    ...branch !== undefined && { branch: branch.trim() }, ...template !== undefined && { template },
    ...prepared !== undefined && { prepared }, ...draft !== undefined && draft.trim() !== "" && { draft },
  };
}

async function whereIs(options: GitOptions): Promise<[root: string, gitFolder: string]> {
  const said = (await git(["rev-parse", "--show-toplevel", "--absolute-git-dir"], options)).toString().split("\n");
  return [said[0]!, said[1]!];
}

/** For questions to which a failure is an answer: no commit yet, no branch, no such setting. */
async function quiet(answer: Promise<Buffer>): Promise<string | undefined> {
  try {
    const text = (await answer).toString();
    return text === "" ? undefined : text;
  } catch (error) {
    if (error instanceof GitProblem) return undefined;
    throw error;
  }
}

async function templateOf(options: GitOptions): Promise<string | undefined> {
  const named = (await quiet(git(["config", "--get", "commit.template"], options)))?.trim();
  if (named === undefined || named === "") return undefined;
  const path = named.startsWith("~/") ? join(homedir(), named.slice(2)) : named;
  const text = await orUndefined(readFile(isAbsolute(path) ? path : resolve(options.folder, path), "utf8"));
  return text?.slice(0, MOST_TEMPLATE);
}

/** A merge, a revert or a cherry-pick that is under way has a message already. */
async function preparedBy(gitFolder: string): Promise<string | undefined> {
  const heads = await Promise.all(["MERGE_HEAD", "REVERT_HEAD", "CHERRY_PICK_HEAD"].map((name) => orUndefined(readFile(join(gitFolder, name), "utf8"))));
  if (heads.every((head) => head === undefined)) return undefined;
  const text = await orUndefined(readFile(join(gitFolder, "MERGE_MSG"), "utf8"));
  const clean = cleanPrepared(text ?? "");
  return clean === "" ? undefined : clean;
}

async function orUndefined<T>(promise: Promise<T>): Promise<T | undefined> {
  return promise.catch(() => undefined);
}
