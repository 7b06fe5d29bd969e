// Commit messages: what the client collects from git and what the worker answers. Plain data: the worker starts no processes, so
// everything that it knows of a repository is in the request.

export const commitMethods = {
  /** Client to worker, request: {@link CommitParams}, answered with a {@link CommitMessage}; {@link CommitProgress} as partial results. */
  message: "inkling/commitMessage",
} as const;

export interface CommitParams {
  change: ChangeSet;
  partialResultToken?: string | number;
}

/** Everything that goes into one commit, and the habits of the repository that it goes into. */
export interface ChangeSet {
  source: "staged" | "working-tree";
  files: ChangedFile[];
  /** The first commit of the repository. */
  first: boolean;
  branch?: string;
  /** Recent commits, newest first, without merges. */
  history: PastCommit[];
  /** Content of the file that `commit.template` names. */
  template?: string;
  /** What git wrote for a merge, a revert or a cherry-pick that is under way; it is the message then. */
  prepared?: string;
  /** What the person has typed already. */
  draft?: string;
  convention: ConventionChoice;
}

/** `auto` follows the repository's history; without history it is `plain`. */
export type ConventionChoice = "auto" | "conventional" | "plain";

export interface PastCommit {
  subject: string;
  hasBody: boolean;
  /** Some of the files that it touched. */
  files: string[];
}

export interface ChangedFile {
  /** Relative to the repository, with forward slashes. */
  path: string;
  /** Where it was before, for a rename or copy. */
  oldPath?: string;
  status: "added" | "modified" | "deleted" | "renamed" | "copied" | "type-changed";
  /** Lines; both 0 for a binary file. */
  added: number;
  removed: number;
  binary?: boolean;
  /** File modes as git writes them, such as `100755`, where they differ. */
  modes?: { before: string; after: string };
  /** Commits that a submodule pointed and points to. */
  submodule?: { before?: string; after?: string };
  /** Texts; absent where there is none, and where the file is binary, too large, or one too many. */
  before?: string;
  after?: string;
}

export interface CommitProgress {
  /** The message as far as it is written; replaces the one before. */
  text: string;
}

export interface CommitMessage {
  subject: string;
  /** Lines below the subject; empty where the subject says it all. */
  body: string;
  /** Subject and body as they go into the input box. */
  text: string;
  /** Who wrote the subject: rules from the facts, the model, or git itself. */
  author: "facts" | "model" | "git";
  /** Name of the chat model, where one was asked. */
  model?: string;
  /** Why the model's words were not taken, for the log. */
  rejected?: string;
  /** What was found, in order of weight, for `--json` and the log. */
  facts: string[];
  /** Files that were only counted, and files whose texts were compared. */
  counted: number;
  read: number;
  /** Milliseconds for the facts alone. */
  factsMs: number;
}
