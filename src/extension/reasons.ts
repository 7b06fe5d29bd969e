// Reason codes and problems in words for people. The codes stay what logs and tests speak.
import { basename } from "node:path";
import { l10n } from "vscode";
import type { ReasonCode } from "../protocol/completion.js";
import type { ModelProblemCode } from "../protocol/worker.js";
import type { Problem } from "./state.js";

/** How a request ended, as the rest of a sentence. */
export function reasonText(reason: ReasonCode): string {
  switch (reason) {
    case "shown": return l10n.t("a suggestion");
    case "cancelled": return l10n.t("taken back by the next keystroke");
    case "stale": return l10n.t("nothing, the document had changed meanwhile");
    case "unknown-document": return l10n.t("nothing, this document is not followed");
    case "model-loading": return l10n.t("nothing, the model was still loading");
    case "no-model": return l10n.t("nothing, there is no model");
    case "inside-identifier": return l10n.t("nothing, the cursor is inside a word");
    case "text-after-cursor": return l10n.t("nothing, there is code right of the cursor");
    case "in-comment": return l10n.t("nothing, comments are switched off");
    case "in-string": return l10n.t("nothing, strings are switched off");
    case "empty-document": return l10n.t("nothing, the document is empty");
    case "too-large": return l10n.t("nothing, the document is larger than 1 MB");
    case "binary": return l10n.t("nothing, the document is no text");
    case "generated": return l10n.t("nothing, the document was written by a program");
    case "secret-file": return l10n.t("nothing, files with secrets are never read");
    case "no-suggestion": return l10n.t("nothing, the model had no idea");
    case "repetition": return l10n.t("nothing, the model repeated what is there");
    case "already-there": return l10n.t("nothing, the next lines say the same");
    case "unbalanced": return l10n.t("nothing, brackets would not have matched");
    case "syntax-error": return l10n.t("nothing, it would have been a syntax error");
    case "low-confidence": return l10n.t("nothing, the model was not sure enough");
    case "engine-error": return l10n.t("nothing, the engine failed (see the log)");
  }
}

/** One sentence that names the file and what is wrong. */
export function problemText(problem: Problem): string {
  return problem.kind === "model"
    ? problem.problem.message
    : l10n.t("The worker crashed {0} times within three minutes, so Inkling stopped starting it.", problem.crashes);
}

/** The same for the few characters of a status item. */
export function shortProblemText(problem: Problem): string {
  if (problem.kind === "crashes") return l10n.t("stopped after {0} crashes", problem.crashes);
  return `${basename(problem.problem.file)}: ${modelProblemText(problem.problem.code)}`;
}

function modelProblemText(code: ModelProblemCode): string {
  switch (code) {
    case "missing": return l10n.t("not found");
    case "empty": return l10n.t("empty file");
    case "truncated": return l10n.t("incomplete file");
    case "not-gguf": return l10n.t("not a model file");
    case "checksum": return l10n.t("damaged file");
    case "no-fim": return l10n.t("not made for completion");
    case "no-engine": return l10n.t("engine does not run here");
    case "load-failed": return l10n.t("does not load");
    case "server": return l10n.t("server cannot be used");
  }
}
