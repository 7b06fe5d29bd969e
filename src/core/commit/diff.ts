// The shortest way from one list to another (Myers 1986), for lines and for tokens alike, with a limit on the work.

export interface Hunk<T> {
  /** Index of the first removed element, and of the first added one. */
  before: number;
  after: number;
  removed: T[];
  added: T[];
}

/** Beyond this many differences everything between the common beginning and the common end is one hunk. */
const MOST_DIFFERENCES = 1_000;

export function diff<T>(before: readonly T[], after: readonly T[]): Hunk<T>[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const a = before.slice(start, before.length - end);
  const b = after.slice(start, after.length - end);
  if (a.length === 0 && b.length === 0) return [];
  if (a.length === 0 || b.length === 0) return [{ before: start, after: start, removed: a, added: b }];
  const trace = search(a, b);
  if (!trace) return [{ before: start, after: start, removed: a, added: b }];
  return hunksOf(a, b, trace, start);
}

/** The furthest reaching points after each number of differences. */
function search<T>(a: readonly T[], b: readonly T[]): Int32Array[] | undefined {
  const most = Math.min(a.length + b.length, MOST_DIFFERENCES);
  const offset = most + 1;
  const furthest = new Int32Array(2 * offset + 1);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= most; d += 1) {
    trace.push(furthest.slice(offset - d - 1, offset + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && furthest[offset + k - 1]! < furthest[offset + k + 1]!);
      let x = down ? furthest[offset + k + 1]! : furthest[offset + k - 1]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest[offset + k] = x;
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return undefined;
}

function hunksOf<T>(a: readonly T[], b: readonly T[], trace: readonly Int32Array[], shift: number): Hunk<T>[] {
  const hunks: Hunk<T>[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d > 0; d -= 1) {
    const at = (k: number): number => trace[d]![k + d + 1]!;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const fromX = down ? at(k + 1) : at(k - 1);
    const fromY = fromX - (down ? k + 1 : k - 1);
    const meets = hunks.at(-1);
    // Where the step before ended is where this one begins: one hunk.
    const [stepX, stepY] = down ? [fromX, fromY + 1] : [fromX + 1, fromY];
    const joins = meets !== undefined && meets.before - shift === stepX && meets.after - shift === stepY;
    const hunk = joins ? meets : { before: 0, after: 0, removed: [], added: [] };
    if (!joins) hunks.push(hunk);
    if (down) hunk.added.unshift(b[fromY]!);
    else hunk.removed.unshift(a[fromX]!);
    hunk.before = fromX + shift;
    hunk.after = fromY + shift;
    x = fromX;
    y = fromY;
  }
  return hunks.reverse();
}

/** Share of what both have in common, 0 to 1, as bags. */
export function similarity(before: readonly string[], after: readonly string[]): number {
  if (before.length + after.length === 0) return 1;
  const counts = new Map<string, number>();
  for (const item of before) counts.set(item, (counts.get(item) ?? 0) + 1);
  let common = 0;
  for (const item of after) {
    const left = counts.get(item) ?? 0;
    if (left > 0) common += 1;
    counts.set(item, left - 1);
  }
  return 2 * common / (before.length + after.length);
}
