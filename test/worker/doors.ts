// Runs in a process of its own, with the network closed as in the worker, and tries every way out. Prints what each attempt came to.
import "../../src/worker/network.js";
import * as childProcess from "node:child_process";
import cluster from "node:cluster";
import * as dgram from "node:dgram";
import * as dns from "node:dns";
import { lookup as promisedLookup, Resolver as PromisedResolver } from "node:dns/promises";
import * as http from "node:http";
import * as http2 from "node:http2";
import * as https from "node:https";
import * as inspector from "node:inspector";
import * as net from "node:net";
import * as tls from "node:tls";
import { Worker } from "node:worker_threads";

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
  "process.binding": () => (process as unknown as { binding(name: string): unknown }).binding("tcp_wrap"),
};

async function outcome(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
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
