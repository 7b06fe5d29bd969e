// What a model for conversation is asked: facts first, then as many of the changed lines as fit; and how its answer is read. Texts as data.
import { list } from "./phrases.js";
import type { Convention } from "./convention.js";
import type { LanguageCode } from "./tense.js";

export const tokens = { window: 4_096, subject: 60, body: 220, summary: 40, spare: 64 } as const;

const languageNames: Readonly<Record<LanguageCode, string>> = { en: "English", de: "German", fr: "French", es: "Spanish", pt: "Portuguese", zh: "Chinese", ja: "Japanese", ru: "Russian" };
const moods = { imperative: "Begin with a verb in the imperative, such as \"add\" or \"fix\".", past: "Begin with a verb in the past tense, such as \"added\".", present: "Begin with a verb in the third person, such as \"adds\".", gerund: "Begin with a gerund, such as \"adding\"." } as const;

export function instructions({ language, tense }: Convention, room: number, withBody: boolean): string {
  return [
    "You write the message of a git commit. Use only what the facts and the diff say, and only names that stand in them.",
    `First line: what the change does and why it matters, in ${languageNames[language]}, at most ${room} characters. ${language === "en" ? moods[tense] : ""} No type prefix, no quotes, no full stop, no file list.`,
    withBody ? "Then an empty line, then two to five lines that begin with \"- \", one for each part of the change." : "Write that one line and nothing else.",
  ].join("\n");
}

export function question(parts: { examples: readonly string[]; facts: readonly string[]; diff: string; leftOut: string; draft: string | undefined }): string {
  const { examples, facts, diff, leftOut, draft } = parts;
  return [
    examples.length > 0 ? `Earlier messages of this repository, for their style only:\n${examples.map((text) => `- ${text}`).join("\n")}` : "",
    `Facts, the most important first:\n${facts.map((fact) => `- ${fact}`).join("\n")}`,
    diff === "" ? "" : `Diff:\n${diff}`,
    leftOut,
    draft === undefined ? "" : `The author has begun with: ${draft}`,
    "The message:",
  ].filter((part) => part !== "").join("\n\n");
}

export const summaryInstructions = "You describe one file's part of a change in one short line of plain words. Use only names that stand in the diff. No quotes, no file name, no list.";

/** What a small model puts around what it was asked for. */
export function plainAnswer(text: string): string {
  return text.replace(/^\s*<think>[\s\S]*?(<\/think>|$)/, "").replace(preamble, "").replace(/^\s*```\w*\n?|\n?```\s*$/g, "").replace(/^\s*(?:commit )?(?:message|subject|title|description)\s*:\s*/i, "").trimStart();
}

const preamble = /^\s*(?:sure|certainly|of course|okay|here(?: is|'s)|the (?:commit )?message)\b[^\n]*(?:\n+|$)/i;

/** The line may become an introduction, a fence or a label, which are not for showing. */
export function mayBePreamble(text: string): boolean {
  return /^\s*(sure|certainly|of course|okay|here|the|commit|message|subject|title|description|`{1,3}\w*)?[,:!]?\s*$/i.test(text) || preamble.test(text) && !text.trimStart().includes("\n");
}

/** A description without the prefix, quotes and full stop that it was asked to leave out. */
export function plainLine(line: string): string {
  const bare = line.trim().replace(/^[-*#>]+\s+/, "").replace(/^`([^`]*)`$/, "$1").replace(/^["'“](?=\S)(.*?)(["'”]\.?)?$/, "$1").replace(/^\[?[a-z]+\]?(\([^)]*\))?!?:\s+/i, "").replace(/\*\*/g, "");
  return bare.replace(/(?<!\.)\.$/, "").trim();
}

export function leftOutText(pieces: number, files: number): string {
  const parts = [pieces > 0 ? `${pieces} more parts` : "", files > 0 ? `${files} whole files` : ""].filter((part) => part !== "");
  return parts.length === 0 ? "" : `Not shown: ${list(parts, { and: "and", more: "more" })}.`;
}
