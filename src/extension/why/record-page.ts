// The record of a request as a page: what was asked and answered, what the prompt was made of, and where the time went. Without code.
import { l10n } from "vscode";
import type { CompletionRecord, Origin, PromptPart } from "../../protocol/completion.js";
import { bar, button, escape, type Page, table } from "../page.js";
import type { Explanation } from "./sentences.js";

export interface RecordFacts {
  /** The answer to "why"; absent where only the last request is looked at. */
  explanation?: Explanation;
  record: CompletionRecord | undefined;
  /** Further lines about the machine and the model, name and value. */
  facts: readonly (readonly [string, string])[];
}

export function recordPage({ explanation, record, facts }: RecordFacts): Page {
  const title = explanation ? l10n.t("Why No Suggestion Here?") : l10n.t("Last Request");
  const remedy = explanation?.remedy;
  const commands = ["inkling.copyReport", "inkling.whyNoSuggestion", ...(remedy ? [remedy.command] : [])];
  const buttons = [
    ...(remedy && remedy.command !== "inkling.showRecord" ? [button(remedy.title, remedy.command, remedy.arguments)] : []),
    button(l10n.t("Copy Report Without Code"), "inkling.copyReport"),
  ];
  const body = [
    `<h1>${escape(title)}</h1>`,
    ...(explanation ? [`<p class="lead">${escape(explanation.sentence)}</p>`] : []),
    `<div class="buttons">${buttons.join("")}</div>`,
    ...(record ? recordSections(record) : [`<p class="quiet">${escape(l10n.t("The model was not asked."))}</p>`]),
    section(l10n.t("Model and machine"), factsTable(facts)),
    `<p class="quiet">${escape(l10n.t("This page holds numbers and codes only, no code. It is sent nowhere."))}</p>`,
  ].join("");
  return { kind: "record", title: `Inkling: ${title}`, body, commands };
}

function section(title: string, content: string): string {
  return `<h2>${escape(title)}</h2>${content}`;
}

function factsTable(facts: readonly (readonly [string, string])[]): string {
  return table(facts.map(([name, value]) => [escape(name), escape(value)]), undefined, "facts");
}

function recordSections(record: CompletionRecord): string[] {
  const { parts, tokens, budget } = record;
  return [
    section(l10n.t("Request"), factsTable(requestFacts(record))),
    ...(parts ? [section(l10n.t("Prompt: {0} of at most {1} tokens", tokens.prompt, budget ?? tokens.prompt), partsTable(parts, tokens.prompt))] : []),
    ...(record.timings.totalMs > 0 ? [section(l10n.t("Time: {0} ms", Math.round(record.timings.totalMs)), timesTable(record.timings))] : []),
  ];
}

function requestFacts({ reason, origin, tokens, confidence, said, place }: CompletionRecord): (readonly [string, string])[] {
  return [
    [l10n.t("Reason code"), reason],
    ...(origin ? [[l10n.t("Answer from"), originText(origin)] as const] : []),
    ...(said ? [[l10n.t("The model said"), l10n.t("{0} characters in {1} lines", said.chars, said.lines)] as const] : []),
    ...(tokens.generated > 0 ? [[l10n.t("Tokens generated"), String(tokens.generated)] as const] : []),
    ...(tokens.prompt > 0 ? [[l10n.t("Prompt tokens reused"), l10n.t("{0} of {1}", tokens.reused, tokens.prompt)] as const] : []),
    ...(confidence === undefined ? [] : [[l10n.t("Sureness of the model"), `${Math.round(confidence * 100)}%`] as const]),
    ...(place ? [
      [l10n.t("Document"), l10n.t("{0}, {1} characters", place.languageId, place.chars)] as const,
      [l10n.t("Cursor"), l10n.t("{0} characters left and {1} right of it, {2} brackets open", place.before, place.after, place.open)] as const,
      [l10n.t("Lines wanted"), place.lines === undefined ? l10n.t("none") : l10n.t("up to {0}", place.lines)] as const,
    ] : []),
  ];
}

function originText(origin: Origin): string {
  switch (origin) {
    case "model": return l10n.t("the model, for this request");
    case "adopted": return l10n.t("the model, begun with the key before");
    case "cache": return l10n.t("memory, no model needed");
    case "ahead": return l10n.t("memory, thought of while you were reading");
  }
}

function partsTable(parts: readonly PromptPart[], total: number): string {
  const rows = parts.map(({ kind, path, tokens }) => [
    `${escape(kindText(kind))}${path === undefined ? "" : ` <code>${escape(path)}</code>`}`, bar(tokens / Math.max(1, total)), String(tokens),
  ]);
  return table(rows, [l10n.t("Part"), "", l10n.t("Tokens")], "numbers");
}

function kindText(kind: PromptPart["kind"]): string {
  switch (kind) {
    case "neighbour": return l10n.t("Outline of another file");
    case "imports": return l10n.t("Imports");
    case "scope": return l10n.t("Enclosing scopes");
    case "signature": return l10n.t("Signatures in this file");
    case "skeleton": return l10n.t("Outline of this file");
    case "usage": return l10n.t("Lines that use the same names");
    case "window": return l10n.t("Code before the cursor");
    case "suffix": return l10n.t("Code after the cursor");
    case "markers": return l10n.t("Path and markers");
  }
}

function timesTable({ totalMs, contextMs, prefillMs, decodeMs }: CompletionRecord["timings"]): string {
  const rest = Math.max(0, totalMs - contextMs - prefillMs - decodeMs);
  const rows = [
    [l10n.t("Context and prompt"), contextMs], [l10n.t("Reading the prompt"), prefillMs], [l10n.t("Writing the answer"), decodeMs],
    [l10n.t("Waiting and checking"), rest],
  ] as const;
  return table(rows.map(([name, ms]) => [escape(name), bar(ms / totalMs), ms.toFixed(1)]), [l10n.t("Step"), "", l10n.t("Milliseconds")], "numbers");
}
