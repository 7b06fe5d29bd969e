// The rules that a trace is held against: what Inkling's processes must not have done. The worker opens no socket of any kind and executes
// nothing; the extension host, which it shares with other extensions, reaches nobody outside this machine.
import { outsideOf, type TracedProcess } from "./trace.js";

/** Sentences; none for a clean trace. Throws when there is no worker in it: a trace of nothing proves nothing. */
export function violations(processes: readonly TracedProcess[], worker = "worker.mjs"): string[] {
  const workers = processes.filter(({ command }) => isNode(command) && command.includes(worker));
  if (workers.length === 0) throw new Error("There is no worker in the trace.");
  const hosts = processes.filter(({ pid, command }) => command.includes("extensionHost") || workers.some(({ parent }) => parent === pid));
  return [...workers.flatMap(ofWorker), ...hosts.flatMap(ofHost)];
}

function ofWorker({ network, executed, children }: TracedProcess): string[] {
  return [
    // The channel to its parent is a socket that it was born with; what is sent there names no address.
    ...network.filter((call) => !/^sendmsg\(\d+, \{msg_name=NULL/.test(call)).map((call) => `the worker: ${call}`),
    ...executed.map((call) => `the worker executed ${call}`),
    ...children.map((pid) => `the worker started process ${pid}`),
  ];
}

function ofHost({ network }: TracedProcess): string[] {
  return network.flatMap((call) => {
    const outside = outsideOf(call);
    if (outside !== undefined) return [`the extension host reached ${outside}: ${call}`];
    return /^(bind|listen)\(/.test(call) && /sa_family=AF_INET/.test(call) ? [`the extension host listens: ${call}`] : [];
  });
}

function isNode(command: string): boolean {
  return /^execve\("[^"]*\b(node|electron|code)\b[^"]*"/i.test(command);
}
