// A cursor divides words: after `ret`, the model will say `urn`, which a file that is full of `return` has nowhere among its tokens. So the
// lines that have the same word (bracket, space) as the one at the cursor are given once more, divided at the same place. Pure text.

/** More than these, the most similar ones, would only cost time. */
const mostSplits = 48;

/** For each place like the end of `line`: the line above it, its own line up to there, and the rest. The most similar come last. */
export function splitsLike(line: string, files: readonly (readonly string[])[]): [above: string, begun: string, rest: string][] {
  const tail = /^[^\S\n]+$|(?:[\p{L}\p{N}_$]+|[^\s])[^\S\n]*$/u.exec(line)?.[0];
  if (tail === undefined) return [];
  const found: { alike: number; parts: [string, string, string] }[] = [];
  for (const lines of files) {
    lines.forEach((other, i) => {
      for (let at = other.indexOf(tail); at !== -1; at = other.indexOf(tail, at + 1)) {
        const end = at + tail.length;
        if (!continues(other, at, end, tail)) continue;
        found.push({ alike: commonSuffix(line, other, end), parts: [lines[i - 1] ?? "", other.slice(0, end), other.slice(end)] });
      }
    });
  }
  return found.sort((a, b) => a.alike - b.alike).slice(-mostSplits).map(({ parts }) => parts);
}

/** A begun word has to begin there as well; white space has to be all of the line's, or all between two words. */
function continues(other: string, at: number, end: number, tail: string): boolean {
  if (end === other.length || (/\s$/.test(tail) && /\s/.test(other[end]!))) return false;
  if (/^\s/.test(tail)) return at === 0;
  return !/^[\p{L}\p{N}_$]/u.test(tail) || at === 0 || !/[\p{L}\p{N}_$]/u.test(other[at - 1]!);
}

function commonSuffix(line: string, other: string, end: number): number {
  let length = 0;
  while (length < line.length && length < end && line[line.length - 1 - length] === other[end - 1 - length]) length += 1;
  return length;
}
