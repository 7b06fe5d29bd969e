// What may keep a suggestion from being seen, before and after the worker is asked. Pure: whoever looks around brings the facts.
import type { CompletionRecord } from "../../protocol/completion.js";
import type { Enablement, Problem, Snooze, WorkerState } from "../state.js";

/** What can be known without asking the worker. */
export interface Look {
  /** Undefined without an editor. */
  editor: EditorFacts | undefined;
  enablement: Enablement;
  snooze: Snooze | undefined;
  worker: WorkerState;
  /** Names of other extensions that suggest code, as far as they are known and running. */
  others: readonly string[];
}

export interface EditorFacts {
  languageId: string;
  scheme: string;
  isFollowed: boolean;
  isReadOnly: boolean;
  /** `editor.inlineSuggest.enabled` for this document. */
  editorShows: boolean;
  cursors: number;
  hasSelection: boolean;
  /** The last request at this very place came while an entry of VS Code's list of suggestions was chosen. */
  listWasOpen: boolean;
}

export type Situation =
  | { kind: "no-editor" }
  | { kind: "unsupported"; scheme: string }
  | { kind: "read-only" }
  | { kind: "off-everywhere" }
  | { kind: "off-here"; languageId: string }
  | { kind: "snoozed"; snooze: Snooze }
  | { kind: "editor-off" }
  | { kind: "several-cursors"; count: number }
  | { kind: "selection" }
  | { kind: "problem"; problem: Problem }
  | { kind: "no-answer" }                        // the worker ended, or the request was taken back
  | { kind: "list-open" }
  | { kind: "late"; ms: number }
  | { kind: "other-provider"; name: string }
  | { kind: "record"; record: CompletionRecord };

/** What settles the question without the worker: what a person can change comes first. */
export function situationBefore({ editor, enablement, snooze, worker }: Look): Situation | undefined {
  if (!editor) return { kind: "no-editor" };
  if (!editor.isFollowed) return { kind: "unsupported", scheme: editor.scheme };
  if (editor.isReadOnly) return { kind: "read-only" };
  if (enablement.kind !== "on") return enablement;
  if (snooze) return { kind: "snoozed", snooze };
  if (!editor.editorShows) return { kind: "editor-off" };
  if (editor.cursors > 1) return { kind: "several-cursors", count: editor.cursors };
  if (editor.hasSelection) return { kind: "selection" };
  if (worker.kind === "gave-up") return { kind: "problem", problem: { kind: "crashes", crashes: worker.crashes } };
  if (worker.kind === "running" && worker.status.state === "problem") return { kind: "problem", problem: { kind: "model", problem: worker.status.problem } };
  return undefined;
}

/** VS Code gives up on an automatic suggestion about then. */
const EDITOR_PATIENCE_MS = 750;

/** What is left when the worker has answered: also where it has a suggestion, something may have hidden it. */
export function situationAfter({ editor, others }: Look, record: CompletionRecord | undefined): Situation {
  if (!record) return { kind: "no-answer" };
  if (record.reason !== "shown") return { kind: "record", record };
  if (editor?.listWasOpen === true) return { kind: "list-open" };
  if (record.timings.totalMs > EDITOR_PATIENCE_MS) return { kind: "late", ms: record.timings.totalMs };
  return others[0] === undefined ? { kind: "record", record } : { kind: "other-provider", name: others[0] };
}
