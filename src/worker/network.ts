// Closes every door to the network, and to other processes, before anything else in the worker is imported.
// The worker reads code, so nothing that it imports may be able to send it anywhere. Native code is outside the reach
// of JavaScript: for that, trace the system calls.
import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import type { EventEmitter } from "node:events";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import inspector from "node:inspector";
import module from "node:module";
import net from "node:net";
import tls from "node:tls";
import workerThreads from "node:worker_threads";
import { answerBinaryTest } from "./binary-test.js";

/** Thrown by everything that was closed. */
export class ClosedError extends Error {
  readonly code = "ERR_INKLING_CLOSED";
  constructor(door: string) {
    super(`${door} is closed: the process that reads code has no network and starts no processes`);
  }
}

type Functions = Record<string, unknown>;

function close(owner: object, label: string, names: readonly string[]): void {
  for (const name of names) {
    if (!(name in owner)) continue; // not in this version of Node
    const closed = function (): never {
      throw new ClosedError(`${label}.${name}`);
    };
    Object.defineProperty(owner, name, { value: closed, writable: false, configurable: false, enumerable: true });
  }
}

/** All functions of a module whose every function goes out, such as `dns`. */
function functionsOf(owner: object): string[] {
  const own = owner as Functions;
  return Object.getOwnPropertyNames(owner).filter((name) => name !== "constructor" && typeof own[name] === "function");
}

close(net, "net", ["connect", "createConnection"]);
close(net.Socket.prototype, "net.Socket", ["connect"]);
close(net.Server.prototype, "net.Server", ["listen"]);
close(tls, "tls", ["connect"]);
close(http, "http", ["request", "get"]);
close(https, "https", ["request", "get"]);
close(http2, "http2", ["connect"]);
close(dgram, "dgram", ["createSocket"]);
close(dgram.Socket.prototype, "dgram.Socket", ["bind", "connect", "send"]);
for (const [label, owner] of [["dns", dns], ["dns.promises", dns.promises]] as const) {
  close(owner.Resolver.prototype, `${label}.Resolver`, functionsOf(owner.Resolver.prototype));
  close(owner, label, functionsOf(owner).filter((name) => /^(lookup|resolve|reverse)/.test(name)));
}
close(globalThis, "globalThis", ["fetch", "WebSocket", "EventSource"]);

// The inspector listens on a port: when asked to, and on SIGUSR1 unless somebody handles that signal.
close(inspector, "inspector", ["open"]);
if (process.platform !== "win32") process.on("SIGUSR1", () => undefined);

// Another process or thread would begin with all doors open; a raw binding is a door behind the doors.
close(childProcess, "child_process", ["spawn", "exec", "execFile", "spawnSync", "execSync", "execFileSync"]);
close(childProcess.ChildProcess.prototype, "child_process.ChildProcess", ["spawn"]);
Object.defineProperty(childProcess, "fork", {
  value: (file: string | URL): EventEmitter => {
    const answer = answerBinaryTest(String(file));
    if (!answer) throw new ClosedError("child_process.fork");
    return answer;
  },
  writable: false,
  configurable: false,
  enumerable: true,
});
close(workerThreads, "worker_threads", ["Worker"]);
close(process, "process", ["binding"]);

module.syncBuiltinESMExports();
