// Runs in a process of its own, with the network closed as in the worker, and tries every way out. Prints what each attempt came to.
import { kept } from "./before.js";
import "../../src/worker/network.js";
import * as childProcess from "node:child_process";
import cluster from "node:cluster";
import module, { createRequire } from "node:module";
import * as dgram from "node:dgram";
import * as dns from "node:dns";
import { lookup as promisedLookup, Resolver as PromisedResolver } from "node:dns/promises";
import { type EventEmitter, once } from "node:events";
import * as http from "node:http";
import * as http2 from "node:http2";
import * as https from "node:https";
import * as inspector from "node:inspector";
import * as inspectorPromises from "node:inspector/promises";
import * as net from "node:net";
import * as tls from "node:tls";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";

const stdin = process.stdin as unknown as { _handle: object };
const nothing = (): void => undefined;

const attempts: Record<string, () => unknown> = {
  "net.connect": () => net.connect(9, "127.0.0.1"),
  "net.createConnection": () => net.createConnection({ path: "/tmp/socket" }),
  "net.Socket": () => new net.Socket().connect(9, "127.0.0.1"),
  "net.Server": () => net.createServer().listen(0),
  "tls.connect": () => tls.connect(9, "127.0.0.1"),
  "http.get": () => http.get("http://127.0.0.1:9"),
  "http.request": () => http.request("http://127.0.0.1:9"),
  "http.Agent": () => (new http.Agent() as unknown as { createConnection(options: object): unknown }).createConnection({ port: 9, host: "127.0.0.1" }),
  "http.Server": () => http.createServer().listen(0),
  "https.get": () => https.get("https://127.0.0.1:9"),
  "http2.connect": () => http2.connect("http://127.0.0.1:9"),
  "fetch": () => fetch("http://127.0.0.1:9"),
  "WebSocket": () => new (globalThis as unknown as { WebSocket: new (url: string) => unknown }).WebSocket("ws://127.0.0.1:9"),
  "dgram.createSocket": () => dgram.createSocket("udp4"),
  "dns.lookup": () => dns.lookup("localhost", nothing),
  "dns.resolve4": () => dns.resolve4("localhost", nothing),
  "dns.promises.lookup": () => dns.promises.lookup("localhost"),
  "dns/promises": () => promisedLookup("localhost"),
  "dns.Resolver": () => new dns.Resolver().resolve4("localhost", nothing),
  "dns/promises Resolver": () => new PromisedResolver().resolve4("localhost"),
  "child_process.spawn": () => childProcess.spawn("true"),
  "child_process.exec": () => childProcess.exec("true"),
  "child_process.execFile": () => childProcess.execFile("true"),
  "child_process.fork": () => childProcess.fork("/nowhere.js"),
  "child_process.spawnSync": () => childProcess.spawnSync("true"),
  "child_process.execSync": () => childProcess.execSync("true"),
  "child_process.execFileSync": () => childProcess.execFileSync("true"),
  "cluster.fork": () => cluster.fork(),
  "worker_threads.Worker": () => new Worker("", { eval: true }),
  "inspector.open": () => inspector.open(0),
  "inspector.Session": () => new inspector.Session().connect(),
  "inspector/promises": () => new inspectorPromises.Session().connect(),
  "inspector/promises open": () => inspectorPromises.open(0),
  "process.binding": () => inside(process)["binding"]!("tcp_wrap"),
  "process._linkedBinding": () => inside(process)["_linkedBinding"]!("tcp_wrap"),
  "process._debugProcess": () => inside(process)["_debugProcess"]!(process.pid),
  "process.execve": (): unknown => inside(process)["execve"]?.("/bin/true", ["true"], {}) ?? absent(),
  "process.kill": () => process.kill(process.ppid, "SIGCONT"),
  "process._kill": () => inside(process)["_kill"]!(process.ppid, 18),
  "process.dlopen": () => process.dlopen({ exports: {} }, "/nowhere/llama-addon.node"),
  "a native addon": (): unknown => createRequire(import.meta.url)(process.env["INKLING_TEST_ADDON"]!),
  "module.register": () => module.register("data:text/javascript,", import.meta.url),
  "node:sqlite": () => new (builtin("node:sqlite")?.["DatabaseSync"] as { new(file: string): unknown } | undefined ?? absent())(":memory:"),
  "node:ffi": () => (builtin("node:ffi")?.["dlopen"] as ((file: null) => unknown) | undefined ?? absent())(null),

  // The same doors from behind.
  "a TCP handle": () => inside(handleOf({ port: 9 }))["connect"]!({}, "127.0.0.1", 9),
  "a TCP handle that listens": () => inside(handleOf({ port: 9 }))["bind"]!("127.0.0.1", 0),
  "a TCP handle from a descriptor": () => inside(handleOf({ port: 9 }))["open"]!(3),
  "a pipe's handle": () => inside(handleOf({ path: "x" }))["connect"]!({}, "/tmp/socket"),
  "a pipe's handle that listens": () => inside(handleOf({ path: "x" }))["bind"]!("/tmp/socket"),
  "the pipe of standard input": () => inside(stdin._handle)["connect"]!({}, "/tmp/socket"),
  "a UDP handle": () => inside(udpHandle())["bind"]!("127.0.0.1", 0, 0),
  "a UDP handle that sends": () => inside(udpHandle())["send"]!({}, [], 0, 9, "127.0.0.1", false),
  "a process's handle": () => inside((new childProcess.ChildProcess() as unknown as { _handle: object })._handle)["spawn"]!({ file: "/bin/true" }),
  "a resolver's handle": () => inside((new dns.Resolver() as unknown as { _handle: object })._handle)["queryA"]!({}, "localhost"),
  "a kept connect": () => Promise.race([settled(connectWith(new net.Socket(), { port: 9, host: "127.0.0.1" })), thrownBehind()]),
  "a kept listen": () => settled(kept.listen.call(net.createServer(), 0)),
  "a kept spawn": () => settled(kept.spawn("true")),
  "a kept fetch": () => kept.fetch("http://127.0.0.1:9999").catch((error: unknown) => Promise.reject((error as { cause: Error }).cause)),
  "a kept UDP socket": () => settled(inside(Object.assign(kept.createSocket("udp4"), { keptSend: kept.send }))["keptSend"]!("text", 9, "127.0.0.1")),
  "net._createServerHandle": () => inside(net)["_createServerHandle"]!("127.0.0.1", 0, 4),
  "net.Server._listen2": () => inside(net.createServer())["_listen2"]!("127.0.0.1", 0, 4, 1),
  "dgram._createSocketHandle": () => (inside(dgram)["_createSocketHandle"] ?? absent)("127.0.0.1", 0, "udp4"),
  "undici's dispatcher": () => undiciDispatches(),
  "code in a data: URL": () => importText(`import net from "node:net"; net.connect(9, "127.0.0.1");`),
  "code in a context of its own": (): unknown => runInNewContext("net.connect(9)", { net }),
  "a builtin by another way": () => process.getBuiltinModule("node:net").connect(9),
  "require": () => (createRequire(import.meta.url)("net") as typeof net).connect(9),
};

/** What the types do not tell of. */
function inside(owner: object): Record<string, ((...args: unknown[]) => unknown) | undefined> {
  return owner as Record<string, (...args: unknown[]) => unknown>;
}

/** What this version of Node does not have is closed. */
function absent(): never {
  throw Object.assign(new Error("absent"), { code: "ERR_INKLING_CLOSED" });
}

function builtin(name: string): Record<string, unknown> | undefined {
  return process.getBuiltinModule(name) as Record<string, unknown> | undefined;
}

/** Rejects with what is thrown where nobody catches it. */
async function thrownBehind(): Promise<never> {
  const [error] = await once(process, "uncaughtException") as [Error];
  throw error;
}

/** Rejects with the object's error event. */
async function settled(emitter: unknown): Promise<void> {
  await once(emitter as EventEmitter, "never"); // rejects with an error
}

function connectWith(socket: net.Socket, options: net.NetConnectOpts): net.Socket {
  return (kept.connect as (this: net.Socket, options: net.NetConnectOpts) => net.Socket).call(socket, options);
}

function importText(source: string): Promise<unknown> {
  return import(`data:text/javascript,${source}`);
}

/** A handle that Node itself makes, stopped before it connects. */
function handleOf(options: net.NetConnectOpts): object {
  const socket = new net.Socket();
  Object.assign(socket, { _unrefTimer: () => { throw new Error("far enough"); } });
  try {
    connectWith(socket, options);
  } catch {
    // as intended
  }
  return (socket as unknown as { _handle: object })._handle;
}

function udpHandle(): object {
  const socket = new dgram.Socket({ type: "udp4" } as never);
  const state = Object.getOwnPropertySymbols(socket).find((symbol) => symbol.description === "state symbol");
  return (socket as unknown as Record<symbol, { handle: object }>)[state!]!.handle;
}

async function undiciDispatches(): Promise<void> {
  await importText("new Request('http://127.0.0.1:9')"); // which loads it
  const dispatcher = (globalThis as unknown as Record<symbol, { request?(options: object): Promise<unknown> } | undefined>)[Symbol.for("undici.globalDispatcher.1")];
  if (!dispatcher?.request) absent();
  await dispatcher.request({ origin: "http://127.0.0.1:9999", path: "/", method: "GET" });
}

/** An attempt that comes to nothing within a moment has found a way. */
async function outcome(attempt: () => unknown): Promise<string> {
  try {
    await Promise.race([attempt(), new Promise((resolve) => setTimeout(resolve, 500))]);
    return "open";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

async function main(): Promise<void> {
  const results: Record<string, string> = {};
  for (const [name, attempt] of Object.entries(attempts)) results[name] = await outcome(attempt);
  process.kill(process.pid, "SIGUSR1"); // would start the inspector, which listens on a port
  await new Promise((resolve) => setTimeout(resolve, 200));
  results["SIGUSR1"] = inspector.url() === undefined ? "ERR_INKLING_CLOSED" : "open";
  console.log(JSON.stringify(results));
  process.exit(0);
}

void main();
