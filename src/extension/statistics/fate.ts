// What becomes of an accepted suggestion: follows its place through later edits, and tells in the end whether it still stands. Pure.

/** One edit, in UTF-16 code units of the text before it. */
export interface Edit {
  offset: number;
  removed: number;
  added: number;
}

/** Where a text is, or was last seen. */
export interface Span {
  start: number;
  text: string;
}

/** Edits of one change all speak of the text before it, so those further down come first. */
export function moved(span: Span, edits: readonly Edit[]): Span {
  const shift = edits.filter(({ offset, removed }) => offset + removed <= span.start).reduce((sum, { removed, added }) => sum + added - removed, 0);
  return { ...span, start: span.start + shift };
}

/** Shorter ones are found everywhere, so they count only where they were put. */
const TELLING_CHARS = 8;

/** Whether it is still there, white space aside: a formatter may have been at it. */
export function stands({ start, text }: Span, document: string): boolean {
  const wanted = plain(text);
  if (wanted === "") return true;
  const near = document.slice(Math.max(0, start - text.length), start + 3 * text.length + 200);
  if (plain(document.slice(start, start + text.length)) === wanted) return true;
  return wanted.length >= TELLING_CHARS && plain(near).includes(wanted);
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, "");
}
