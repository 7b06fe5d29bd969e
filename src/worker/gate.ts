// Lets one generation at a time onto the engine's only sequence, in order of arrival.

export interface Gate {
  /** Resolves when everybody before has left, with the function that leaves; leaving twice does no harm. Rejects with the signal's reason. */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createGate(): Gate {
  let last = Promise.resolve();
  return {
    async enter(signal) {
      signal.throwIfAborted();
      const before = last;
      const { promise, resolve: leave } = withResolvers();
      last = promise;
      try {
        await orAborted(before, signal);
      } catch (error) {
        void before.then(leave); // whoever gives up waiting must not let the next one in early
        throw error;
      }
      return leave;
    },
  };
}

/** The promise, or a rejection with the signal's reason as soon as it fires. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function withResolvers<T = void>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
