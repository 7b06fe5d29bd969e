// Offsets in a text to lines and columns, and back, as LSP counts them: from zero, in UTF-16 code units.

export interface Position {
  line: number;
  character: number;
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length };
}

/** A line or column beyond the end counts as the end. */
export function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  for (let i = 0; i < line; i++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return Math.min(start + character, end < 0 ? text.length : end);
}
