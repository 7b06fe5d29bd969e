// `Inkling: Write Commit Message`: collects the change, asks the worker, and streams the message into the input box of Source Control. One
// message at a time, however many repositories there are: the button of any of them stops it, and the text that was there comes back.
import { basename } from "node:path";
import { commands, Disposable, l10n, type LogOutputChannel, ProgressLocation, type QuickPickItem, type SourceControl, window } from "vscode";
import { collectChange } from "../../git/collect.js";
import { GitProblem } from "../../git/run.js";
import { type ChangeSet, type CommitMessage, commitMethods, type CommitParams, type CommitProgress } from "../../protocol/commit.js";
import { commitConvention } from "../settings.js";
import type { Worker } from "../worker.js";
import { type Draft, openDraft } from "./draft.js";
import { findGit, type GitApi, type Repository } from "./git-api.js";
import { type Problem, showProblem } from "./problems.js";

/** The button changes while this is set, and Escape stops. */
const RUNNING = "inkling.commit.running";

/** Often enough to look alive. A key that is pressed while a text is on its way into the box is lost, so not more often. */
const WRITE_EVERY_MS = 120;

export interface CommitDeps {
  worker: Pick<Worker, "connected">;
  log: Pick<LogOutputChannel, "info" | "warn">;
}

export function registerCommit(deps: CommitDeps): Disposable {
  let running: AbortController | undefined;
  const write = async (source?: SourceControl): Promise<void> => {
    if (running) return;
    const controller = running = new AbortController();
    try {
      const problem = await begin(deps, source, controller);
      if (problem) void showProblem(problem);
    } finally {
      running = undefined;
      await setRunning(false);
    }
  };
  return Disposable.from(
    commands.registerCommand("inkling.commit.write", write),
    commands.registerCommand("inkling.commit.stop", () => running?.abort()),
    { dispose: () => running?.abort() },
  );
}

const setRunning = (value: boolean): Thenable<unknown> => commands.executeCommand("setContext", RUNNING, value);

/** Resolves with what stood in the way, when the message is written or taken back. */
async function begin(deps: CommitDeps, source: SourceControl | undefined, controller: AbortController): Promise<Problem | undefined> {
  const git = await findGit();
  if (!git) return { kind: "no-extension" };
  if (git.repositories.length === 0) return { kind: "no-repository" };
  const repository = await chooseRepository(git, source);
  if (!repository || controller.signal.aborted) return undefined;
  await setRunning(true);
  const draft = openDraft(repository.inputBox);
  return window.withProgress({ location: ProgressLocation.SourceControl, title: l10n.t("Writing the commit message") }, async () => {
    try {
      return await writeInto(draft, repository, git, deps, controller);
    } catch (error) {
      draft.restore();
      if (controller.signal.aborted) return undefined;
      if (error instanceof GitProblem) {
        if (error.code !== "no-changes") deps.log.warn(`git: ${error.detail || error.message}`);
        return { kind: "git", problem: error };
      }
      throw error;
    }
  });
}

async function writeInto(draft: Draft, repository: Repository, git: GitApi, { worker, log }: CommitDeps, controller: AbortController): Promise<Problem | undefined> {
  const { signal } = controller;
  const begun = performance.now();
  const connecting = worker.connected(signal);
  const change: ChangeSet = await collectChange({
    folder: repository.rootUri.fsPath, program: git.git.path, signal, convention: commitConvention(repository.rootUri), draft: draft.before,
  });
  const collectMs = performance.now() - begun;
  const connection = await connecting;
  signal.throwIfAborted();
  if (!connection) return { kind: "no-worker" };
  let isTheirs = false;
  let written = 0;
  const put = (text: string): void => {
    if (isTheirs || draft.write(text)) return;
    isTheirs = true; // somebody types: the words in the box are theirs, and ours would only get in the way
    controller.abort();
  };
  const asked = connection.request<CommitMessage>(commitMethods.message, { change } satisfies CommitParams, signal, ({ text }: CommitProgress) => {
    if (signal.aborted || performance.now() - written < WRITE_EVERY_MS) return;
    written = performance.now();
    put(text);
  });
  const outcome = await Promise.race([asked, aborted(signal)]);
  if (outcome.kind === "answered" && !signal.aborted) {
    put(outcome.result.text);
    const { author, factsMs, counted } = outcome.result;
    log.info(`Commit message by ${author}: ${change.files.length} files (${counted} only counted), collected in ${Math.round(collectMs)} ms, understood in ${Math.round(factsMs)} ms, all in ${Math.round(performance.now() - begun)} ms.`);
    return undefined;
  }
  draft.restore();
  if (outcome.kind === "failed") return { kind: "failed", message: outcome.message };
  return outcome.kind === "gone" && !signal.aborted ? { kind: "no-worker" } : undefined;
}

/** The old text comes back at once, whether or not the worker is in a state to say that it has stopped. */
function aborted(signal: AbortSignal): Promise<{ kind: "cancelled" }> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve({ kind: "cancelled" });
    signal.addEventListener("abort", () => resolve({ kind: "cancelled" }), { once: true });
  });
}

interface RepositoryItem extends QuickPickItem { repository: Repository }

/** The one whose button was pressed, the only one, or the one that is picked. */
async function chooseRepository({ repositories }: GitApi, source: SourceControl | undefined): Promise<Repository | undefined> {
  const root = source?.rootUri?.toString();
  const named = root === undefined ? undefined : repositories.find(({ rootUri }) => rootUri.toString() === root);
  if (named || repositories.length === 1) return named ?? repositories[0];
  const items = repositories.map((repository): RepositoryItem => ({
    repository, label: `$(repo) ${basename(repository.rootUri.fsPath)}`, description: changesIn(repository), detail: repository.rootUri.fsPath,
  }));
  items.sort((a, b) => Number(b.repository.ui.selected) - Number(a.repository.ui.selected));
  return (await window.showQuickPick(items, { title: l10n.t("Write Commit Message"), placeHolder: l10n.t("For which repository?"), matchOnDetail: true }))?.repository;
}

function changesIn({ state }: Repository): string {
  if (state.indexChanges.length > 0) return l10n.t("{0} staged", state.indexChanges.length);
  const changes = state.workingTreeChanges.length + (state.untrackedChanges?.length ?? 0);
  return changes === 0 ? l10n.t("no changes") : l10n.t("{0} changed", changes);
}
