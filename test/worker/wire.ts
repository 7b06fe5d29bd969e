// The worker at the end of a wire: whole messages or single bytes go in, messages come out, nothing is assumed to be right. For tests that the
// well-behaved client of the command line would be too polite for.
import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { workerNodeArguments, workerRestrictions, type WorkerOptions, type WorkerStatus } from "../../src/protocol/worker.js";
import { workerFile } from "./start.js";

export interface Message {
  id?: number | string | null;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code: number; message: string };
}

export interface WireOptions {
  workerFile?: string;
  /** Runs the worker by another program: its command line comes last. */
  under?: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** False leaves out what Node itself refuses. */
  restricted?: boolean;
  /** How long an answer may take where it is not said. */
  patienceMs?: number;
}

export interface Wire {
  readonly child: ChildProcess;
  /** Everything received that nobody waited for, oldest first. */
  readonly received: Message[];
  readonly stderr: () => string;
  /** How the process ended. */
  readonly exited: Promise<string>;
  ended(): boolean;
  write(bytes: string | Buffer): void;
  send(message: object): void;
  notify(method: string, params: unknown): void;
  /** Resolves with the response, error or not; rejects when none comes in time or the process ends. */
  ask(method: string, params: unknown, ms?: number): Promise<Message>;
  /** Initializes, and waits until the model is there or is said to have a problem. */
  start(options: WorkerOptions & { folder?: string }, ms?: number): Promise<WorkerStatus>;
  /** In good order, or else by force. */
  close(): Promise<void>;
}

export function openWire({ workerFile: file = workerFile, under = [], env, restricted = true, patienceMs = 60_000 }: WireOptions = {}): Wire {
  const command = [...under, process.execPath, ...workerNodeArguments, ...restricted ? workerRestrictions() : [], file, "--stdio"];
  const child = spawn(command[0]!, command.slice(1), { stdio: ["pipe", "pipe", "pipe"], ...env && { env: { ...process.env, ...env } } });
  const received: Message[] = [];
  const waiting = new Map<number, (message: Message) => void>();
  let how: string | undefined;
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => stderr += chunk.toString());
  child.stdin.on("error", () => undefined);
  const exited = new Promise<string>((done) => {
    const end = (way: string): void => {
      how = way;
      done(way);
    };
    child.once("error", (error) => end(error.message));
    child.once("exit", (code, signal) => end(signal ?? `exit code ${code ?? "unknown"}`));
  });
  readMessages(child.stdout, (message) => {
    const waiter = message.method === undefined && typeof message.id === "number" ? waiting.get(message.id) : undefined;
    if (waiter) waiter(message);
    else received.push(message);
  });

  let lastId = 1_000_000; // out of the way of ids that a test makes up
  const write = (bytes: string | Buffer): void => void child.stdin.write(bytes);
  const send = (message: object): void => write(frame(JSON.stringify({ jsonrpc: "2.0", ...message })));
  const ask: Wire["ask"] = async (method, params, ms = patienceMs) => {
    const id = lastId += 1;
    const answer = new Promise<Message>((done) => waiting.set(id, done));
    send({ id, method, params });
    const timer = new AbortController();
    const late = delay(ms, undefined, { signal: timer.signal }).then(() => Promise.reject(new Error(`no answer to ${method} within ${ms} ms`)));
    const gone = exited.then((end) => Promise.reject(new Error(`the worker ended (${end}) before it answered ${method}: ${stderr.slice(-2000)}`)));
    try {
      return await Promise.race([answer, late, gone]);
    } finally {
      waiting.delete(id);
      timer.abort();
      late.catch(() => undefined);
      gone.catch(() => undefined);
    }
  };
  return {
    child, received, exited, write, send, ask, ended: () => how !== undefined, stderr: () => stderr,
    notify: (method, params) => send({ method, params }),
    async start({ folder, ...options }, ms = 60_000) {
      const workspaceFolders = folder === undefined ? null : [{ uri: `file://${folder}`, name: "folder" }];
      await ask("initialize", { processId: process.pid, rootUri: null, capabilities: {}, initializationOptions: options, workspaceFolders }, ms);
      send({ method: "initialized", params: {} });
      const end = performance.now() + ms;
      while (performance.now() < end && how === undefined) {
        const status = received.findLast(({ method }) => method === "inkling/status")?.params as WorkerStatus | undefined;
        if (status && status.state !== "loading") return status;
        await delay(10);
      }
      throw new Error(`not ready (${how ?? "in time"}): ${stderr.slice(-2000)}`);
    },
    async close() {
      const patience = setTimeout(() => child.kill("SIGKILL"), 3000);
      if (how === undefined) await ask("shutdown", undefined, 2500).catch(() => undefined);
      if (how === undefined) send({ method: "exit" });
      await exited;
      clearTimeout(patience);
    },
  };
}

export function frame(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function readMessages(stream: NodeJS.ReadableStream, onMessage: (message: Message) => void): void {
  let buffer = Buffer.alloc(0);
  stream.on("data", (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const header = /Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(buffer.subarray(0, 200).toString("latin1"));
      if (!header) return;
      const begin = header.index + header[0].length;
      const end = begin + Number(header[1]);
      if (buffer.length < end) return;
      onMessage(JSON.parse(buffer.subarray(begin, end).toString()) as Message);
      buffer = buffer.subarray(end);
    }
  });
}
