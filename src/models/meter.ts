// How a download is going: bytes, speed, time left. Knows clocks, not networks.

export interface Reading {
  received: number;
  total: number | undefined;
  /** Of the last seconds; undefined until it can be told. */
  bytesPerSecond: number | undefined;
  secondsLeft: number | undefined;
}

const WINDOW_MS = 8000;
const TELLING_MS = 700;

/** Give it every count; read it as often as somebody looks. */
export interface Meter {
  count(received: number, total: number | undefined): void;
  read(): Reading;
}

export function createMeter(now: () => number = () => performance.now()): Meter {
  let counts: { at: number; received: number }[] = [];
  let total: number | undefined;
  return {
    count(received, of) {
      total = of;
      const last = counts.at(-1);
      if (last && received < last.received) counts = []; // it began again
      if (last && counts.length > 1 && now() - counts.at(-2)!.at < 100) counts.pop(); // a count every tenth of a second is enough
      counts.push({ at: now(), received });
      while (counts.length > 2 && now() - counts[0]!.at > WINDOW_MS) counts.shift();
    },
    read() {
      const received = counts.at(-1)?.received ?? 0;
      const elapsed = counts[0] ? now() - counts[0].at : 0;
      const bytesPerSecond = elapsed < TELLING_MS ? undefined : ((received - counts[0]!.received) / elapsed) * 1000;
      const secondsLeft = total === undefined || !bytesPerSecond ? undefined : (total - received) / bytesPerSecond;
      return { received, total, bytesPerSecond, secondsLeft };
    },
  };
}

/** As people say it: 1.6 GB, 531 MB, 12 kB. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.round(bytes / 1e3)} kB`;
}
