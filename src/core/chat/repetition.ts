// Small models sometimes say the same over and over. Looks at the end of an answer for a piece that follows itself.

/** Shortest piece, and how often it must come in a row: what is short comes often in tables and in data. */
const RULES: readonly (readonly [length: number, times: number])[] = [[2, 60], [16, 12], [60, 5]];
const LONGEST = 400;

export function repeatsItself(text: string): boolean {
  for (let length = 2; length <= LONGEST; length += 1) {
    const times = RULES.findLast(([least]) => length >= least)![1];
    if (length * times > text.length) continue;
    const unit = text.slice(-length);
    if (unit.trim() !== "" && text.endsWith(unit.repeat(times))) return true;
  }
  return false;
}
