// How long to wait for the next key before computing anything. A prompt that costs next to nothing is computed at once; a dear one
// waits as long as the typist's rhythm says that another key is about to come.

export interface Pace {
  /** What evaluating this prompt and a line will take, in milliseconds, given what the KV cache holds. */
  expectedMs: number;
  /** Usual time between two keys, in milliseconds; undefined as long as it is not known. */
  typicalGapMs: number | undefined;
  /** Computing costs battery: what the next key would make useless is not even begun. */
  saving?: boolean;
}

/** Work that is over before the next key can come is never in the way. */
const cheapMs = 60;
const longestMs = 300;

export function waitMs({ expectedMs, typicalGapMs = 200, saving = false }: Pace): number {
  if (saving) return Math.min(longestMs, Math.round(1.2 * typicalGapMs));
  if (expectedMs <= cheapMs) return 0;
  const share = Math.min(1, (expectedMs - cheapMs) / (typicalGapMs + cheapMs));
  return Math.min(longestMs, Math.round(1.2 * typicalGapMs * share));
}

/** Rejects with the signal's reason as soon as it fires: a superseded wait never hangs. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const done = () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
