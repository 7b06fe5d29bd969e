// What is counted about suggestions, per day and language, and how counts are added up. Pure: no clock, no file, no editor.

/** Counts of one language on one day. */
export interface Tally {
  shown: number;
  /** Taken with Tab, as a whole. */
  accepted: number;
  /** Of which a word or a line was taken. */
  partly: number;
  /** Characters that nobody had to type. */
  characters: number;
  /** Accepted ones that still stood in the document after a while, and those that did not. */
  kept: number;
  gone: number;
  /** How many took how long: by the step of {@link stepOf}. */
  waits: Record<string, number>;
}

/** By day, such as `2026-01-31`, and by VS Code's id of the language. */
export type Days = Record<string, Record<string, Tally>>;

const counts = ["shown", "accepted", "partly", "characters", "kept", "gone"] as const;

export function emptyTally(): Tally {
  return { shown: 0, accepted: 0, partly: 0, characters: 0, kept: 0, gone: 0, waits: {} };
}

/** Waits are kept in steps of a tenth: precise enough for a median, and a year of them fits into a few kilobytes. */
export function stepOf(ms: number): string {
  return String(Math.max(0, Math.round(Math.log(Math.max(1, ms)) / Math.log(1.1))));
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    for (const count of counts) sum[count] += tally[count];
    for (const [step, times] of Object.entries(tally.waits)) sum.waits[step] = (sum.waits[step] ?? 0) + times;
  }
  return sum;
}

export function merge(a: Days, b: Days): Days {
  const merged: Days = { ...a };
  for (const [day, languages] of Object.entries(b)) {
    const all = { ...merged[day] };
    for (const [language, tally] of Object.entries(languages)) all[language] = sumOf([all[language] ?? emptyTally(), tally]);
    merged[day] = all;
  }
  return merged;
}

/** Everything, or one day. */
export function totalOf(days: Days, day?: string): Tally {
  const chosen = day === undefined ? Object.values(days) : [days[day] ?? {}];
  return sumOf(chosen.flatMap((languages) => Object.values(languages)));
}

/** The busiest first. */
export function byLanguage(days: Days): [language: string, tally: Tally][] {
  const all: Record<string, Tally> = {};
  for (const languages of Object.values(days)) {
    for (const [language, tally] of Object.entries(languages)) all[language] = sumOf([all[language] ?? emptyTally(), tally]);
  }
  return Object.entries(all).sort(([, a], [, b]) => b.shown - a.shown);
}

/** Half of the suggestions came sooner; in milliseconds, to about five percent. Undefined where none was counted. */
export function medianWait({ waits }: Tally): number | undefined {
  const steps = Object.entries(waits).map(([step, times]) => [Number(step), times] as const).sort(([a], [b]) => a - b);
  let left = steps.reduce((sum, [, times]) => sum + times, 0) / 2;
  for (const [step, times] of steps) {
    left -= times;
    if (left <= 0) return Math.round(1.1 ** step);
  }
  return undefined;
}

/** Without the days that lie further back than `count` days with something on them. */
export function latest(days: Days, count: number): Days {
  return Object.fromEntries(Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1)).slice(-count));
}

/** In local time, because that is when a person's day begins. */
export function dayOf(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Takes what it can from a file that may be damaged or of another version; never throws. */
export function parseDays(text: string): Days {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return {};
  }
  const days = entriesOf(raw).filter(([day]) => /^\d{4}-\d\d-\d\d$/.test(day));
  return Object.fromEntries(days.map(([day, languages]) => [day, Object.fromEntries(entriesOf(languages).map(([language, tally]) => [language, tallyFrom(tally)]))]));
}

function tallyFrom(raw: unknown): Tally {
  const fields = Object.fromEntries(entriesOf(raw));
  const tally = emptyTally();
  for (const count of counts) tally[count] = numberFrom(fields[count]);
  for (const [step, times] of entriesOf(fields["waits"])) if (/^\d{1,3}$/.test(step)) tally.waits[step] = numberFrom(times);
  return tally;
}

function numberFrom(raw: unknown): number {
  return typeof raw === "number" && Number.isFinite(raw) && raw >= 0 ? raw : 0;
}

function entriesOf(raw: unknown): [string, unknown][] {
  return typeof raw === "object" && raw !== null ? Object.entries(raw) : [];
}
