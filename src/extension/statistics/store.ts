// The statistics on disk: one file in Inkling's own folder of this machine. Several windows write to it, so each adds what it has counted
// since its last writing, and replaces the file in one step. Knows files, not the editor.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Days, dayOf, emptyTally, latest, merge, parseDays, stepOf, sumOf, type Tally, totalOf } from "./tally.js";

const KEPT_DAYS = 90;

export interface StatisticsStore {
  count(languageId: string, what: Partial<Omit<Tally, "waits">> & { waitMs?: number }): void;
  /** What this window knows: the file as it was last read, and what was counted since. */
  days(): Days;
  today(): Tally;
  /** Also hears what other windows have written. */
  flush(): Promise<void>;
  clear(): Promise<void>;
}

export function openStatistics(folder: string, now: () => Date = () => new Date()): StatisticsStore {
  const file = join(folder, "statistics.json");
  let known: Days = {};
  let fresh: Days = {};
  let writing = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => (writing = writing.then(work, work));

  const write = async (): Promise<void> => {
    const stored = parseDays(await readFile(file, "utf8").catch(() => ""));
    const added = fresh;
    fresh = {};
    known = latest(merge(stored, added), KEPT_DAYS);
    if (Object.keys(added).length === 0) return;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const half = `${file}.${process.pid}`;
      await writeFile(half, JSON.stringify(known), { mode: 0o600 });
      await rename(half, file);
    } catch (error) {
      known = stored;
      fresh = merge(added, fresh); // for the next time
      throw error;
    }
  };
  return {
    count(languageId, { waitMs, ...what }) {
      const waits = waitMs === undefined ? {} : { [stepOf(waitMs)]: 1 };
      fresh = merge(fresh, { [dayOf(now())]: { [languageId]: sumOf([{ ...emptyTally(), ...what, waits }]) } });
    },
    days: () => merge(known, fresh),
    today: () => totalOf(merge(known, fresh), dayOf(now())),
    flush: () => inTurn(write),
    clear: () => inTurn(async () => {
      known = {};
      fresh = {};
      await rm(file, { force: true });
    }),
  };
}
