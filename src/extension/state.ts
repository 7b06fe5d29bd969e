// What Inkling is doing, as values: the life of the worker, and what the status item says about it. Knows nothing of VS Code.
import type { CompletionRecord } from "../protocol/completion.js";
import type { ModelProblem, ModelSummary, WorkerStatus } from "../protocol/worker.js";

/** The worker process, seen from the extension. */
export type WorkerState =
  | { kind: "stopped" }                       // starts when it is needed
  | { kind: "starting" }
  | { kind: "running"; status: WorkerStatus }
  | { kind: "gave-up"; crashes: number };     // crashed too often; only a person starts it again

/** Whether the setting allows suggestions in the active editor. */
export type Enablement =
  | { kind: "on" }
  | { kind: "off-everywhere" }
  | { kind: "off-here"; languageId: string };

/** Everything the status depends on. */
export interface Facts {
  enablement: Enablement;
  worker: WorkerState;
  /** Requests that the worker has not answered yet. */
  pending: number;
  /** How the last request ended. */
  last: CompletionRecord | undefined;
}

export type Problem =
  | { kind: "model"; problem: ModelProblem }
  | { kind: "crashes"; crashes: number };

export type Status =
  | { kind: "off"; enablement: Exclude<Enablement, { kind: "on" }> }
  | { kind: "idle" }
  | { kind: "loading"; model: string | undefined }
  | { kind: "ready"; model: ModelSummary; last: CompletionRecord | undefined }
  | { kind: "busy"; model: ModelSummary; last: CompletionRecord | undefined }
  | { kind: "problem"; problem: Problem };

export const initialFacts: Facts = {
  enablement: { kind: "on" },
  worker: { kind: "stopped" },
  pending: 0,
  last: undefined,
};

/** What a person asked for comes before what is wrong, and what is wrong before what is going on. */
export function statusOf(facts: Facts): Status {
  if (facts.enablement.kind !== "on") return { kind: "off", enablement: facts.enablement };
  switch (facts.worker.kind) {
    case "stopped": return { kind: "idle" };
    case "starting": return { kind: "loading", model: undefined };
    case "gave-up": return { kind: "problem", problem: { kind: "crashes", crashes: facts.worker.crashes } };
    case "running": return runningStatus(facts.worker.status, facts);
  }
}

function runningStatus(status: WorkerStatus, { pending, last }: Facts): Status {
  switch (status.state) {
    case "loading": return { kind: "loading", model: status.model };
    case "problem": return { kind: "problem", problem: { kind: "model", problem: status.problem } };
    case "ready": return { kind: pending > 0 ? "busy" : "ready", model: status.model, last };
  }
}
