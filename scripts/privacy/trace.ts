// Reads what `strace -ff` wrote, a file per thread, and puts the threads together to processes. Knows system calls, not Inkling.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Arguments for strace; the files are called `FOLDER/trace.TID`. Only what is traced is stopped, so the rest runs at full speed. */
export function straceArguments(folder: string): string[] {
  return ["-ff", "--seccomp-bpf", "-s", "4096", "-e", "trace=%network,%process", "-e", "signal=none", "-o", join(folder, "trace")];
}

export interface TracedProcess {
  pid: number;
  parent: number | undefined;
  /** What it executes, as strace writes it: the last successful `execve` before it did anything else that matters. */
  command: string;
  /** Programs that it went on to execute after the first. */
  executed: string[];
  /** Children that are processes, not threads. */
  children: number[];
  /** Calls of the network, all threads together. */
  network: string[];
}

interface Thread {
  id: number;
  lines: string[];
  /** Ids of threads and processes that it made. */
  made: { id: number; isThread: boolean }[];
}

const NETWORK = /^(socket|socketpair|connect|accept4?|bind|listen|sendto|sendmsg|sendmmsg)\(/;

export function readTrace(folder: string): TracedProcess[] {
  const threads = readdirSync(folder).flatMap((name) => {
    const id = /^trace\.(\d+)$/.exec(name)?.[1];
    return id === undefined ? [] : [threadOf(Number(id), readFileSync(join(folder, name), "utf8"))];
  });
  return processesOf(threads);
}

function threadOf(id: number, text: string): Thread {
  const lines = text.split("\n");
  const made = lines.flatMap((line) => {
    const child = /^(?:clone3?|v?fork)\(.*\) = (\d+)$/.exec(line)?.[1];
    return child === undefined ? [] : [{ id: Number(child), isThread: line.includes("CLONE_THREAD") }];
  });
  return { id, lines, made };
}

export function processesOf(threads: readonly Thread[]): TracedProcess[] {
  const owners = new Map<number, { id: number; isThread: boolean }>(); // of a thread or process: who made it
  for (const { id: maker, made } of threads) for (const { id, isThread } of made) owners.set(id, { id: maker, isThread });
  const processOf = (id: number): number => {
    const owner = owners.get(id);
    return owner?.isThread === true ? processOf(owner.id) : id;
  };
  const processes = new Map<number, TracedProcess>();
  for (const { id, lines, made } of threads) {
    const pid = processOf(id);
    const maker = owners.get(pid)?.id;
    const known = processes.get(pid) ?? { pid, parent: maker === undefined ? undefined : processOf(maker), command: "", executed: [], children: [], network: [] };
    processes.set(pid, known);
    const programs = lines.filter((line) => /^execve(at)?\(.* = 0$/.test(line));
    if (id === pid) known.command = programs[0] ?? "";
    known.executed.push(...(id === pid ? programs.slice(1) : programs));
    known.children.push(...made.filter(({ isThread }) => !isThread).map((child) => child.id));
    known.network.push(...lines.filter((line) => NETWORK.test(line)));
  }
  return [...processes.values()];
}

/**
 * Where a call leads, if it names an address on the internet: another machine, or a name server, which asks other machines whatever its own
 * address is. Loopback, sockets of this machine and the kernel are none.
 */
export function outsideOf(call: string): string | undefined {
  const host = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(call);
  const address = host?.[1] ?? host?.[2];
  const port = /sin6?_port=htons\((\d+)\)/.exec(call)?.[1];
  if (address === undefined) return /sun_path="[^"]*(resolve|nscd)/.test(call) ? "a name service" : undefined;
  const isHere = /^(127\.|::1$|::ffff:127\.)/.test(address);
  return isHere && port !== "53" ? undefined : `${address} port ${port ?? "?"}`;
}
