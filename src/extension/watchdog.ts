// Finds out that a worker is alive but no longer answers. The language client would wait for it forever.
import { setTimeout as delay } from "node:timers/promises";

export interface WatchdogTimes {
  /** Milliseconds between an answer and the next question. */
  everyMs: number;
  /** Milliseconds without an answer after which the worker counts as hung. */
  timeoutMs: number;
}

/** Together well below ten seconds. */
export const WATCHDOG_TIMES: WatchdogTimes = { everyMs: 2000, timeoutMs: 5500 };

/** Loading the engine keeps a worker's event loop busy, for seconds where many programs want the processor. */
export const LOADING_TIMEOUT_MS = 60_000;

/**
 * Resolves when `ping` has not settled in time; rejects with an `AbortError` when the signal fires.
 * A rejected ping is an answer too: it means that the connection is gone, and others look after that.
 */
export async function untilHung(ping: () => Promise<unknown>, signal: AbortSignal, times: () => WatchdogTimes): Promise<void> {
  for (;;) {
    await delay(times().everyMs, undefined, { signal, ref: false });
    const { timeoutMs } = times();
    const asked = performance.now();
    const answered = await settlesWithin(ping(), timeoutMs, signal);
    // A timer that fires much too late tells that we were blocked or asleep, not the worker.
    const onTime = performance.now() - asked < timeoutMs * 1.3;
    if (!answered && onTime) return;
  }
}

async function settlesWithin(promise: Promise<unknown>, ms: number, signal: AbortSignal): Promise<boolean> {
  const timer = new AbortController();
  const timeout = delay(ms, false, { signal: AbortSignal.any([signal, timer.signal]), ref: false });
  try {
    return await Promise.race([promise.then(() => true, () => true), timeout]);
  } finally {
    timer.abort();
    timeout.catch(() => undefined);
  }
}
