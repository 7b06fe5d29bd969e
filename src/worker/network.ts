// Closes every door to the network, and to other processes, before anything else in the worker is imported.
// The worker reads code, so nothing that it imports may be able to send it anywhere. Native code is outside the reach
// of JavaScript: for that, trace the system calls (`npm run test:privacy`).
import childProcess from "node:child_process";
import cluster from "node:cluster";
import dgram from "node:dgram";
import dns from "node:dns";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import inspector from "node:inspector";
import inspectorPromises from "node:inspector/promises";
import module from "node:module";
import net from "node:net";
import tls from "node:tls";
import workerThreads from "node:worker_threads";
import { closeAddons } from "./addons.js";
import { answerBinaryTest } from "./binary-test.js";
import { close, ClosedError, fix, functionsOf } from "./closed.js";
import { closeHandles } from "./handles.js";

closeHandles();
closeNetwork();
closeProcesses();
closeInspector();
closeAddons();
module.syncBuiltinESMExports();

/** The handles are closed already; this gives each door its own name, and closes those that never come to a handle. */
function closeNetwork(): void {
  close(net, "net", ["connect", "createConnection", "_createServerHandle"]);
  close(net.Socket.prototype, "net.Socket", ["connect"]);
  close(net.Server.prototype, "net.Server", ["listen", "_listen2"]);
  close(tls, "tls", ["connect"]);
  close(http, "http", ["request", "get"]);
  close(https, "https", ["request", "get"]);
  close(http2, "http2", ["connect"]);
  close(dgram, "dgram", ["createSocket", "_createSocketHandle"]);
  close(dgram.Socket.prototype, "dgram.Socket", ["bind", "connect", "send"]);
  for (const [label, owner] of [["dns", dns], ["dns.promises", dns.promises]] as const) {
    close(owner.Resolver.prototype, `${label}.Resolver`, functionsOf(owner.Resolver.prototype));
    close(owner, label, functionsOf(owner).filter((name) => /^(lookup|resolve|reverse)/.test(name)));
  }
  close(globalThis, "globalThis", ["fetch", "WebSocket", "EventSource"]);
}

/** Another process or thread would begin with all doors open. */
function closeProcesses(): void {
  close(childProcess, "child_process", ["spawn", "exec", "execFile", "spawnSync", "execSync", "execFileSync", "_forkChild"]);
  close(childProcess.ChildProcess.prototype, "child_process.ChildProcess", ["spawn"]);
  fix(childProcess, "fork", (file: string | URL) => {
    const answer = answerBinaryTest(String(file));
    if (!answer) throw new ClosedError("child_process.fork");
    return answer;
  });
  close(cluster, "cluster", ["fork", "setupPrimary", "setupMaster"]);
  close(workerThreads, "worker_threads", ["Worker"]);
  close(module, "module", ["register", "registerHooks"]); // hooks run in a thread of their own
  close(process, "process", ["execve", "_debugProcess", "binding", "_linkedBinding"]);
  for (const name of ["kill", "_kill"] as const) allowOnlyQuestions(name);
  // A failed assertion in the engine starts a debugger, if there is one, to print where it was.
  process.env["GGML_NO_BACKTRACE"] = "1";
}

/** Signal 0 asks whether a process is alive, which is how the language server looks after its parent; others would reach other processes. */
function allowOnlyQuestions(name: "kill" | "_kill"): void {
  const owner = process as unknown as Record<typeof name, ((pid: number, signal?: string | number) => unknown) | undefined>;
  const original = owner[name];
  if (!original) return;
  fix(process, name, (pid: number, signal?: string | number) => {
    if (signal !== 0 && pid !== process.pid) throw new ClosedError(`process.${name}`);
    return original.call(process, pid, signal);
  });
}

/** The inspector listens on a port: when asked to, and on SIGUSR1 unless somebody handles that signal. A session sees behind every door. */
function closeInspector(): void {
  close(inspector, "inspector", ["open"]);
  close(inspectorPromises, "inspector/promises", ["open"]); // a copy
  close(inspector.Session.prototype, "inspector.Session", ["connect", "connectToMainThread"]);
  if (process.platform !== "win32") process.on("SIGUSR1", () => undefined);
}
