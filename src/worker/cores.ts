// Who may compute now. All models of a worker share the processor's cores, so one evaluation runs at a time; between any two of them
// typing goes before everything else. Knows nothing of models: an evaluation is a function.
import { orAborted } from "./gate.js";

/** `typing` is what somebody waits for with the hands on the keys; `background` is everything else. */
export type Priority = "typing" | "background";

/** Whoever computes: one KV cache. */
export interface CoreUser { readonly priority: Priority }

export interface Cores {
  /** Runs the work alone, when its turn comes. Rejects with the signal's reason if that fires before; work that has begun is not stopped. */
  run<T>(user: CoreUser, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/**
 * The next token of a completion is asked for soon after the one before, and background work must not slip in between: it waits for this many
 * milliseconds, and twice as long as the last piece took, because on a busy machine the pauses grow as well.
 */
const LINGER_MS = { least: 20, most: 150 };
/** The engine library gives the threads of a context back at the next turn of the timers. Another context that begins earlier gets half. */
const HANDOVER_MS = 2;

interface Waiting { user: CoreUser; start: () => void }

export function createCores(now = () => performance.now()): Cores {
  const waiting: Waiting[] = [];
  let busy = false;
  let last: CoreUser | undefined;
  let backgroundFrom = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  const startNext = (): void => {
    clearTimeout(timer);
    const next = waiting.find(({ user }) => user.priority === "typing") ?? waiting[0];
    if (busy || !next) return;
    const lingers = next.user.priority === "typing" ? 0 : backgroundFrom - now();
    if (lingers > 0) {
      timer = setTimeout(startNext, Math.ceil(lingers));
      return;
    }
    busy = true;
    waiting.splice(waiting.indexOf(next), 1);
    next.start();
  };
  const finish = (user: CoreUser, begun: number): void => {
    busy = false;
    last = user;
    const end = now();
    if (user.priority === "typing") backgroundFrom = end + Math.min(Math.max(2 * (end - begun), LINGER_MS.least), LINGER_MS.most);
    startNext();
  };
  return {
    async run(user, signal, work) {
      await turn(user, signal, waiting, startNext);
      const begun = now();
      try {
        if (last !== undefined && last !== user) await new Promise((resolve) => setTimeout(resolve, HANDOVER_MS));
        return await work();
      } finally {
        finish(user, begun);
      }
    },
  };
}

async function turn(user: CoreUser, signal: AbortSignal, waiting: Waiting[], startNext: () => void): Promise<void> {
  signal.throwIfAborted();
  let entry: Waiting | undefined;
  const started = new Promise<void>((start) => {
    entry = { user, start };
    waiting.push(entry);
  });
  startNext();
  if (!waiting.includes(entry!)) return;
  const giveUp = (): void => {
    const at = waiting.indexOf(entry!);
    if (at !== -1) waiting.splice(at, 1);
  };
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    await orAborted(started, signal);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
