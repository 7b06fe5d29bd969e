// Why there is no message, in one sentence with one thing to do about it.
import { commands, l10n, window } from "vscode";
import type { GitProblem } from "../../git/run.js";

export type Problem =
  | { kind: "no-extension" }
  | { kind: "no-repository" }
  | { kind: "git"; problem: GitProblem }
  | { kind: "no-worker" }
  | { kind: "failed"; message: string };

/** Returns when the person has read it. */
export async function showProblem(problem: Problem): Promise<void> {
  const { text, action, run, quiet } = describe(problem);
  const show = quiet === true ? window.showInformationMessage : window.showWarningMessage;
  const chosen = action === undefined ? await show(text) : await show(text, action);
  if (chosen !== undefined) await run?.();
}

interface Described {
  text: string;
  action?: string;
  run?: () => Thenable<unknown>;
  /** Nothing is wrong. */
  quiet?: boolean;
}

function describe(problem: Problem): Described {
  const showChanges = { action: l10n.t("Show Changes"), run: () => commands.executeCommand("workbench.view.scm") };
  const showLog = { action: l10n.t("Show Log"), run: () => commands.executeCommand("inkling.showLog") };
  switch (problem.kind) {
    case "no-extension": return {
      text: l10n.t("Commit messages need the Git extension of VS Code, which is switched off here."),
      action: l10n.t("Show Extension"), run: () => commands.executeCommand("workbench.extensions.search", "@builtin vscode.git"),
    };
    case "no-repository": return { text: l10n.t("There is no Git repository in this window."), ...showChanges };
    case "no-worker": return { text: l10n.t("Inkling's worker does not run, so no commit message can be written."), ...showLog };
    case "failed": return { text: l10n.t("The commit message could not be written: {0}", problem.message), ...showLog };
    case "git": return describeGit(problem.problem, showChanges, showLog);
  }
}

function describeGit({ code, message }: GitProblem, showChanges: Omit<Described, "text">, showLog: Omit<Described, "text">): Described {
  switch (code) {
    case "no-changes": return { text: l10n.t("There are no changes to describe."), quiet: true };
    case "unmerged": return { text: l10n.t("There are conflicts. Resolve them before the commit message is written."), ...showChanges };
    case "no-git": return { text: l10n.t("Git was not found."), action: l10n.t("Open Settings"), run: () => commands.executeCommand("workbench.action.openSettings", "git.path") };
    case "no-repository": return { text: l10n.t("This folder is in no Git repository."), ...showChanges };
    case "bare": return { text: l10n.t("This repository has no working tree."), ...showChanges };
    case "unsafe": return { text: l10n.t("Git does not trust this repository, because it belongs to somebody else."), action: l10n.t("Manage"), run: () => commands.executeCommand("git.manageUnsafeRepositories") };
    case "failed": return { text: message, ...showLog };
  }
}
