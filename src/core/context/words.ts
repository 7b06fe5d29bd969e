// Which identifiers stand near the cursor. Splits text into words; knows no grammar, because the code at hand is half typed.

const word = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

export function wordsOf(text: string): string[] {
  return text.match(word) ?? [];
}

export interface Surroundings {
  /** In the line at the cursor, a few before and after it. */
  near: ReadonlySet<string>;
  /** Anywhere in the window. */
  inWindow: ReadonlySet<string>;
}

const linesBefore = 6;
const linesAfter = 3;

/** The word that is being typed is left out: the choice of context would change with each of its letters. */
export function surroundings(text: string, offset: number, window: { start: number; end: number }): Surroundings {
  let end = offset;
  while (end > window.start && /[\p{L}\p{N}_$]/u.test(text[end - 1] ?? "")) end -= 1;
  let from = end;
  for (let lines = 0; lines <= linesBefore && from > window.start; lines += 1) from = Math.max(window.start, text.lastIndexOf("\n", from - 1));
  let to = offset;
  for (let lines = 0; lines <= linesAfter && to < window.end; lines += 1) {
    const next = text.indexOf("\n", to + 1);
    to = next === -1 ? window.end : Math.min(window.end, next);
  }
  const after = text.slice(offset, window.end).replace(/^[\p{L}\p{N}_$]+/u, "");
  return {
    near: new Set([...wordsOf(text.slice(from, end)), ...wordsOf(text.slice(offset, to).replace(/^[\p{L}\p{N}_$]+/u, ""))]),
    inWindow: new Set([...wordsOf(text.slice(window.start, end)), ...wordsOf(after)]),
  };
}
