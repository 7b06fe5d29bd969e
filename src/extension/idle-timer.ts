// Knows since when nothing has happened. One timer, set again only when it has run out: being active costs a number.

export interface IdleTimer {
  /** Somebody works. */
  active(): void;
  dispose(): void;
}

export interface IdleDeps {
  idleMs: number;
  /** What is being done for somebody who only looks on counts as work. */
  isBusy: () => boolean;
  /** Returns whether there was anything to end. */
  onIdle: () => boolean;
  /** At the first sign of work after that. */
  onReturn: () => void;
}

export function createIdleTimer({ idleMs, isBusy, onIdle, onReturn }: IdleDeps): IdleTimer {
  let last = Date.now();
  let ended = false;
  let timer: NodeJS.Timeout;
  const wait = (ms: number): void => {
    timer = setTimeout(look, ms).unref();
  };
  const look = (): void => {
    if (isBusy()) last = Date.now();
    const left = last + idleMs - Date.now();
    if (left <= 0) ended = onIdle();
    wait(left > 0 ? left : idleMs);
  };
  wait(idleMs);
  return {
    active() {
      last = Date.now();
      if (!ended) return;
      ended = false;
      onReturn();
    },
    dispose: () => clearTimeout(timer),
  };
}
