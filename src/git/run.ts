// Runs git and nothing else: no shell, no prompts, no colours, no programs that a repository's configuration names, no network.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

/** What went wrong, as something that can be told to a person. */
export type GitProblemCode =
  | "no-git"          // there is no git to run
  | "no-repository"   // the folder is in none
  | "unsafe"          // the repository belongs to somebody else, and git refuses
  | "bare"            // a repository without a working tree
  | "unmerged"        // conflicts that are not resolved
  | "no-changes"
  | "failed";

export class GitProblem extends Error {
  constructor(readonly code: GitProblemCode, message: string, /** What git itself said, for the log. */ readonly detail = "") {
    super(message);
  }
}

export interface GitOptions {
  folder: string;
  /** Path of the program; default `git`. */
  program?: string | undefined;
  signal: AbortSignal;
  /** Written to its standard input. */
  input?: string;
  /** Output beyond this many bytes ends it, and what came until then is the answer. */
  limit?: number;
}

const guards = [
  "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "color.ui=false", "-c", "diff.noprefix=false", "-c", "diff.renameLimit=1000",
  "-c", "log.showSignature=false", "-c", "submodule.recurse=false",
];
const environment = { GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1", GIT_PAGER: "cat", LC_ALL: "C.UTF-8", LANGUAGE: "" };

const MOST_OUTPUT = 64 << 20;

/** Resolves with what git wrote; rejects with a {@link GitProblem}, or with the signal's reason. */
export async function git(args: readonly string[], { folder, program = "git", signal, input, limit = MOST_OUTPUT }: GitOptions): Promise<Buffer> {
  signal.throwIfAborted();
  const child = spawn(program, [...guards, ...args], { cwd: folder, env: { ...withoutGit(process.env), ...environment }, stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
  const stop = (): void => void child.kill();
  signal.addEventListener("abort", stop, { once: true });
  const chunks: Buffer[] = [];
  let size = 0;
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    if (size > limit) return;
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) stop();
  });
  child.stderr.on("data", (chunk: Buffer) => { if (said.length < 4_000) said += chunk.toString(); });
  child.stdin.on("error", () => undefined); // it may end before it has read everything
  child.stdin.end(input);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    signal.throwIfAborted();
    if (code !== 0 && size <= limit) throw problemOf(said, folder);
    return Buffer.concat(chunks);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof GitProblem) throw error;
    throw notStarted(error, folder, program);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** A hook or another git that started us speaks of its own repository. */
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|EXTERNAL_DIFF|CONFIG_PARAMETERS)$/.test(name)));
}

function notStarted(error: unknown, folder: string, program: string): GitProblem {
  if (!existsSync(folder)) return new GitProblem("no-repository", `${folder} does not exist.`, String(error));
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" && path === program) return new GitProblem("no-git", "Git was not found. Install it, or set its path in the setting git.path.");
  return new GitProblem("no-repository", `${folder} cannot be opened.`, String(error));
}

function problemOf(said: string, folder: string): GitProblem {
  if (/dubious ownership|unsafe repository/.test(said)) return new GitProblem("unsafe", `Git does not trust ${folder}, because it belongs to somebody else. Add it to git's safe.directory.`, said);
  if (/not a git repository/i.test(said)) return new GitProblem("no-repository", `${folder} is in no git repository.`, said);
  if (/must be run in a work tree/i.test(said)) return new GitProblem("bare", `${folder} is a repository without a working tree.`, said);
  return new GitProblem("failed", `Git failed: ${said.trim().split("\n").at(-1)?.replace(/^(fatal|error): /, "") ?? "no reason given"}`, said);
}
