// Small words for composed sentences and Markdown.
import type { LineRange } from "./facts.js";

/** Inline code, also where the text has backticks of its own. */
export function code(text: string): string {
  const fence = "`".repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  return fence.length === 1 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

export function and(items: readonly string[]): string {
  return items.length <= 1 ? items[0] ?? "" : `${items.slice(0, -1).join(", ")} and ${items.at(-1)!}`;
}

export function article(word: string): string {
  return /^[aeiou]/i.test(word) ? "an" : "a";
}

export function count(number: number, what: string): string {
  const plural = /[^aeiou]y$/.test(what) ? `${what.slice(0, -1)}ies` : /(s|x|ch)$/.test(what) ? `${what}es` : `${what}s`;
  return number === 1 ? `1 ${what}` : `${number} ${plural}`;
}

export function lineRange({ first, last }: LineRange): string {
  return first === last ? `line ${first}` : `lines ${first}–${last}`;
}
