// Where lines begin and end. Offsets are UTF-16 code units; line breaks are `\n`, with or without `\r` before it.

/** Start of the line that `offset` is in. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** End of the line that `offset` is in, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  if (at === -1) return text.length;
  return at > offset && text.charAt(at - 1) === "\r" ? at - 1 : at;
}

/** White space at the start of the line that `offset` is in, as far as it goes before `offset`. */
export function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))![0];
}
