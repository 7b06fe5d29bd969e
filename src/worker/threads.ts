// How many threads the engine uses. Its threads wait for each other by spinning, so one too many costs far more than one too few: with
// as many threads as cores, a single busy neighbour makes a token take ten times as long.
import { cpus } from "node:os";

export interface Threads {
  /** The most that may be used. */
  readonly most: number;
  /** How many to use now. Cheap: to be asked before every evaluation. */
  count(): number;
}

/** Milliseconds of processor time since some fixed moment. */
export interface CpuTimes {
  /** Of all logical processors together, idle or not. */
  total: number;
  /** Not idle. */
  busy: number;
  /** Spent in this process. */
  own: number;
}

export function readCpuTimes(): CpuTimes {
  const { user, system } = process.cpuUsage();
  const times = { total: 0, busy: 0, own: (user + system) / 1000 };
  for (const cpu of cpus()) {
    const all = Object.values(cpu.times).reduce((sum, ms) => sum + ms, 0);
    times.total += all;
    times.busy += all - cpu.times.idle;
  }
  return times;
}

/**
 * Half of the logical processors: with two hardware threads per core that is all cores but no core twice, without them it leaves
 * half of the cores to the editor. More than 6 do not pay for models of the size that suits typing. Where half is a single one, it
 * is two as long as the rest of the machine is quiet.
 */
export function chooseThreads(processors: number, limit = 6, read = readCpuTimes, now = () => performance.now()): Threads {
  const half = Math.max(1, Math.min(Math.floor(processors / 2), limit, 6));
  return half === 1 && processors > 1 && limit > 1 ? oneOrTwo(processors, read, now) : { most: half, count: () => half };
}

/** Processor times are counted in steps of 10 ms, and a busy neighbour must not be overlooked for long. */
const LOOK_EVERY_MS = 250;
/** Processors that the others must leave for two threads to run undisturbed; an editor that is typed in takes a part of one. */
const FREE_FOR_TWO = 1.6;

function oneOrTwo(processors: number, read: () => CpuTimes, now: () => number): Threads {
  let last = { at: now(), times: read() };
  let count = 1;
  return {
    most: 2,
    count() {
      const at = now();
      if (at - last.at < LOOK_EVERY_MS) return count;
      const times = read();
      const elapsed = (times.total - last.times.total) / processors;
      const others = (times.busy - last.times.busy - (times.own - last.times.own)) / elapsed;
      count = processors - others >= FREE_FOR_TWO ? 2 : 1;
      last = { at, times };
      return count;
    },
  };
}
