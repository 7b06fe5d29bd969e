// A report for an issue: what happened, on what machine, with what settings. Pure, in English whatever the display language is, and made only
// of what can hold no code: codes, counts, names of models and versions. No path, no file name, no text of a document.
import type { CompletionRecord, PromptPart } from "../../protocol/completion.js";
import type { Tally } from "../statistics/tally.js";
import { medianWait } from "../statistics/tally.js";
import type { Status } from "../state.js";
import type { Look, Situation } from "./situation.js";

export interface ReportFacts {
  versions: { inkling: string; vscode: string };
  machine: { platform: string; arch: string; processor: string; cores: number; memory: number; remote: boolean };
  settings: { builtInModel: boolean; threads: number; comments: boolean; strings: boolean };
  status: Status;
  look: Look;
  situation: Situation | undefined;
  /** Of the question, or of the last request. */
  record: CompletionRecord | undefined;
  today: Tally;
}

export function reportOf({ versions, machine, settings, status, look, situation, record, today }: ReportFacts): string {
  const { editor, worker, others } = look;
  const lines = [
    "### Inkling report (no code in it)",
    `- Inkling ${versions.inkling}, VS Code ${versions.vscode}${machine.remote ? ", remote" : ""}`,
    `- ${machine.platform} ${machine.arch}, ${machine.processor}, ${machine.cores} cores, ${gigabytes(machine.memory)} of memory`,
    `- Model: ${settings.builtInModel ? "built-in" : "chosen by the user"}${modelText(status)}`,
    `- Settings: threads ${settings.threads}, in comments ${settings.comments}, in strings ${settings.strings}`,
    `- Status: ${status.kind}; worker: ${worker.kind}${worker.kind === "running" ? ` (${worker.status.state})` : ""}`,
    ...(editor ? [`- Editor: ${editor.languageId}, ${editor.scheme}, ${editor.cursors} cursor(s), selection ${editor.hasSelection}, inline suggestions ${editor.editorShows}, read-only ${editor.isReadOnly}, list was open ${editor.listWasOpen}`] : []),
    `- Other providers: ${others.join(", ") || "none known"}`,
    ...(situation ? [`- Situation: ${situation.kind}${situation.kind === "record" ? ` (${situation.record.reason})` : ""}`] : []),
    ...(record ? recordLines(record) : []),
    `- Today: ${today.shown} shown, ${today.accepted} accepted, median wait ${medianWait(today) ?? "unknown"} ms`,
  ];
  return `${lines.join("\n")}\n`;
}

function modelText(status: Status): string {
  if (status.kind === "problem") return status.problem.kind === "model" ? `, problem ${status.problem.problem.code}` : `, ${status.problem.crashes} crashes`;
  if (status.kind !== "ready" && status.kind !== "busy") return "";
  const { model, speed } = status;
  return `, ${model.name}${model.server === undefined ? "" : " on a server"}, context ${model.contextLength}, loaded in ${Math.round(model.loadMs)} ms${speed === undefined ? "" : `, ${speed.toFixed(1)} tokens/s`}`;
}

function recordLines({ reason, origin, timings, tokens, confidence, parts, budget, said, place }: CompletionRecord): string[] {
  const ms = ({ totalMs, contextMs, prefillMs, decodeMs }: CompletionRecord["timings"]): string =>
    `total ${totalMs.toFixed(1)} ms, context ${contextMs.toFixed(1)}, prompt ${prefillMs.toFixed(1)}, answer ${decodeMs.toFixed(1)}`;
  return [
    `- Request: ${reason}, from ${origin ?? "nowhere"}; ${ms(timings)}`,
    `- Tokens: prompt ${tokens.prompt} of ${budget ?? "?"} (${tokens.reused} reused), generated ${tokens.generated}${confidence === undefined ? "" : `, confidence ${confidence.toFixed(2)}`}`,
    ...(said ? [`- Said: ${said.chars} characters in ${said.lines} line(s)`] : []),
    ...(parts ? [`- Prompt: ${byKind(parts)}`] : []),
    ...(place ? [`- Place: ${place.languageId}, ${place.chars} characters; ${place.before} left and ${place.after} right of the cursor, ${place.open} open brackets, up to ${place.lines ?? 0} line(s) wanted`] : []),
  ];
}

/** Kinds and numbers: a path may say more than its owner wants to tell. */
function byKind(parts: readonly PromptPart[]): string {
  const kinds = [...new Set(parts.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const same = parts.filter((part) => part.kind === kind);
    const tokens = same.reduce((sum, part) => sum + part.tokens, 0);
    return same.length > 1 ? `${same.length} × ${kind} ${tokens}` : `${kind} ${tokens}`;
  }).join(", ");
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GB`;
}
