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
  /** Tokens per second of recent answers, the latest last. */
  rates: readonly number[];
  snooze: Snooze | undefined;
}

/** A pause that a person asked for; `until` in milliseconds since 1970, or until the window is loaded again. */
export interface Snooze {
  until: number | "restart";
}

export type Problem =
  | { kind: "model"; problem: ModelProblem }
  | { kind: "crashes"; crashes: number };

export type Status =
  | { kind: "off"; enablement: Exclude<Enablement, { kind: "on" }> }
  | { kind: "snoozed"; snooze: Snooze }
  | { kind: "idle" }
  | { kind: "loading"; model: string | undefined }
  | { kind: "ready" | "busy"; model: ModelSummary; last: CompletionRecord | undefined; speed: number | undefined }
  | { kind: "problem"; problem: Problem };

export const initialFacts: Facts = {
  enablement: { kind: "on" },
  worker: { kind: "stopped" },
  pending: 0,
  last: undefined,
  rates: [],
  snooze: undefined,
};

/** What a person asked for comes before what is wrong, and what is wrong before what is going on. */
export function statusOf(facts: Facts): Status {
  if (facts.enablement.kind !== "on") return { kind: "off", enablement: facts.enablement };
  if (facts.snooze) return { kind: "snoozed", snooze: facts.snooze };
  switch (facts.worker.kind) {
    case "stopped": return { kind: "idle" };
    case "starting": return { kind: "loading", model: undefined };
    case "gave-up": return { kind: "problem", problem: { kind: "crashes", crashes: facts.worker.crashes } };
    case "running": return runningStatus(facts.worker.status, facts);
  }
}

function runningStatus(status: WorkerStatus, { pending, last, rates }: Facts): Status {
  switch (status.state) {
    case "loading": return { kind: "loading", model: status.model };
    case "problem": return { kind: "problem", problem: { kind: "model", problem: status.problem } };
    case "ready": return { kind: pending > 0 ? "busy" : "ready", model: status.model, last, speed: median(rates) };
  }
}

/** So many answers are looked back at: enough for a calm figure, few enough to notice that the machine became busy. */
const RATES = 15;
/** Of fewer tokens the clock tells too little. */
const TELLING_TOKENS = 4;

/** What changes when a request is answered; without a record when it was taken back. */
export function answered(facts: Facts, record: CompletionRecord | undefined): Partial<Facts> {
  const pending = Math.max(0, facts.pending - 1);
  if (!record) return { pending };
  const { tokens: { generated }, timings: { decodeMs }, origin } = record;
  const isTelling = origin === "model" && generated >= TELLING_TOKENS && decodeMs > 0;
  const rates = isTelling ? [...facts.rates, ((generated - 1) / decodeMs) * 1000].slice(-RATES) : facts.rates; // the first one came with the prompt
  return { pending, last: record, rates };
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
