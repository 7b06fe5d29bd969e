// Which part of the file stands in the prompt verbatim. Looks at text only, so that a half-typed line that confuses the parser
// cannot move the window; its start moves in big steps, so that the KV cache survives typing.

export interface Window {
  /** First character; 0 or the start of a line. */
  start: number;
  /** One past the last character of the suffix; the end of a line or of the file. */
  end: number;
  /** Distance between the places where the window may start. */
  step: number;
}

export interface WindowRoom {
  /** Characters before the cursor, at most. */
  prefix: number;
  /** Characters after the cursor, at most. */
  suffix: number;
  /** Lines after the cursor, at most. */
  suffixLines: number;
}

/** Share of the prefix's room that the start may move at once. A smaller share shows more and moves more often. */
const stepShare = 1 / 4;

export function chooseWindow(text: string, offset: number, room: WindowRoom): Window {
  const step = Math.max(1, Math.floor(room.prefix * stepShare));
  return { start: windowStart(text, offset, room.prefix, step), end: windowEnd(text, offset, room), step };
}

/**
 * The first place on a grid of `step` characters from which the cursor is within reach, moved forward to a line that begins
 * something. Depends on nothing behind that place.
 */
function windowStart(text: string, offset: number, reach: number, step: number): number {
  if (offset <= reach) return 0;
  for (let cell = Math.ceil((offset - reach) / step) * step; cell <= offset; cell += step) {
    const start = beginning(text, cell, Math.min(cell + step, text.length));
    if (start !== undefined && start <= offset) return start;
  }
  // Not one line break within reach: a minified file. Any fixed place will do.
  return Math.ceil((offset - reach) / step) * step;
}

/** The line in the first half of `[from, to)` that is the best to begin with: the least indented one, after a blank one if possible. */
function beginning(text: string, from: number, to: number): number | undefined {
  const half = from + (to - from) / 2;
  let best: number | undefined;
  let bestScore = Infinity;
  for (let line = lineAfter(text, from - 1); line !== undefined && line < to; line = lineAfter(text, line)) {
    if (line > half && best !== undefined) break;
    const indent = /^[ \t]*/.exec(text.slice(line, line + 80))![0].length;
    const first = text[line + indent];
    if (first === undefined || first === "\n" || first === "\r" || ")]}".includes(first)) continue;
    const score = indent * 2 - (/\n[ \t]*\r?\n$/.test(text.slice(Math.max(0, line - 80), line)) ? 1 : 0);
    if (score < bestScore) [best, bestScore] = [line, score];
  }
  return best ?? lineAfter(text, from - 1);
}

/** Start of the first line that begins after `offset`. */
function lineAfter(text: string, offset: number): number | undefined {
  const at = text.indexOf("\n", Math.max(0, offset));
  return at === -1 || at + 1 >= text.length ? undefined : at + 1;
}

function windowEnd(text: string, offset: number, room: WindowRoom): number {
  let end = offset;
  for (let lines = 0; lines <= room.suffixLines; lines += 1) {
    const at = text.indexOf("\n", end);
    const next = at === -1 ? text.length : at + 1;
    if (next - offset > room.suffix) return end;
    end = next;
    if (at === -1) break;
  }
  return end;
}
