// Reads the golden files of completion, described in test/fixtures/completion/README.md, and draws an answer the way they do.
import { readFileSync } from "node:fs";
import type { CompletionItem } from "../../src/core/completion/request.js";

export interface GoldenCase {
  title: string;
  languageId: string;
  text: string;
  offset: number;
  says: string;
  /** The drawing, or `dropped: reason`. */
  expected: string;
}

export function goldenCases(file: string): GoldenCase[] {
  const source = readFileSync(new URL(`../fixtures/completion/${file}`, import.meta.url), "utf8").replaceAll("␣", " ");
  return source.split(/^=== /m).slice(1).map(part => {
    const match = /^(.*) \((\w+)\)\n([^]*?)\n--- says\n([^]*?)\n--- (?:shown\n([^]*?)\n*|(dropped: .*)\n*)$/.exec(part);
    if (match === null) throw new Error(`${file}: cannot read the case "${part.slice(0, 60)}"`);
    const [, title = "", languageId = "", drawn = "", says = "", shown, dropped] = match;
    const offset = drawn.indexOf("▮");
    return { title, languageId, text: drawn.replace("▮", ""), offset, says, expected: shown ?? dropped ?? "" };
  });
}

export function draw(text: string, { text: suggestion, range: [start, end] }: CompletionItem): string {
  return `${text.slice(0, start)}«${suggestion}»${text.slice(end)}`;
}
