// Whether a worker that ended unasked may be started again. Pure: the caller brings the clock.

/** Crashes within this many milliseconds count together. */
export const CRASH_WINDOW_MS = 3 * 60_000;

/** At this many crashes within {@link CRASH_WINDOW_MS} Inkling stops trying. */
export const CRASH_LIMIT = 5;

/** Times of recent crashes in milliseconds, oldest first. */
export type CrashHistory = readonly number[];

/** The history after one more crash at `now`; crashes older than the window are forgotten. */
export function recordCrash(history: CrashHistory, now: number): CrashHistory {
  return [...history.filter((time) => now - time < CRASH_WINDOW_MS), now];
}

/** No delay between the attempts: a start follows a keystroke, so it is the person who sets the pace. */
export function shouldGiveUp(history: CrashHistory): boolean {
  return history.length >= CRASH_LIMIT;
}
