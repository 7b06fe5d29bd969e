// The life of the worker, against connections that exist only here: starts, crashes, hangs, stops, in every order that has gone wrong.
import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import type { Connection } from "../../src/extension/client.js";
import type { WorkerState } from "../../src/extension/state.js";
import { Worker } from "../../src/extension/worker.js";
import type { WorkerStatus } from "../../src/protocol/worker.js";

const ready: WorkerStatus = { state: "ready", model: { name: "nano", file: "/nano.gguf", contextLength: 1024, loadMs: 1 } };
const problem: WorkerStatus = { state: "problem", problem: { code: "empty", file: "/nano.gguf", message: "/nano.gguf is empty." } };
const signal = (): AbortSignal => AbortSignal.timeout(2000);

interface FakeProcess extends Connection {
  die(how: string): void;
  closed: boolean;
  killed: boolean;
  report(status: WorkerStatus): void;
}

interface Options {
  status?: WorkerStatus | undefined;
  ping?: () => Promise<unknown>;
  connectMs?: number;
}

function setUp(options: Options = { status: ready }) {
  const processes: FakeProcess[] = [];
  const states: string[] = [];
  const failures: Error[] = []; // taken, first one first, by the next attempts to connect
  const worker = new Worker({
    log: { info: () => undefined, warn: () => undefined },
    watchdog: { everyMs: 5, timeoutMs: 30 },
    onState: (state: WorkerState) => states.push(state.kind === "running" ? state.status.state : state.kind),
    connect: async (onStatus, end) => {
      await delay(options.connectMs ?? 1, undefined, { signal: end });
      const failure = failures.shift();
      if (failure) throw failure;
      const process = fakeProcess(onStatus, options.ping ?? (() => Promise.resolve(true)));
      processes.push(process);
      if (options.status) process.report(options.status);
      return process;
    },
  });
  return { worker, processes, states, failures };
}

function fakeProcess(report: (status: WorkerStatus) => void, ping: () => Promise<unknown>): FakeProcess {
  const { promise: exited, resolve: die } = withResolvers<string>();
  const process: FakeProcess = {
    pid: 1, exited, die, report, ping, closed: false, killed: false,
    complete: () => Promise.resolve(undefined),
    accepted: () => undefined,
    request: () => Promise.resolve({ kind: "gone" }),
    pending: () => 0,
    kill: () => {
      process.killed = true;
      die("signal SIGKILL");
    },
    close: () => {
      process.closed = true;
      die("exit code 0");
      return Promise.resolve();
    },
  };
  return process;
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((r) => { resolve = r; });
  return { promise, resolve };
}

describe("worker", () => {
  it("starts once for many requests and hands out its connection when the model is ready", async () => {
    const { worker, processes } = setUp();
    const connections = await Promise.all(Array.from({ length: 20 }, () => worker.ready(signal())));
    assert.equal(processes.length, 1);
    assert.ok(connections.every((connection) => connection === processes[0]));
  });

  it("hands out a connection whatever becomes of the completion model, and nothing when the signal fires or it cannot start", async () => {
    const { worker, processes, failures } = setUp({ status: problem });
    assert.equal(await worker.connected(signal()), processes[0]);
    await worker.stop();
    assert.equal(await worker.connected(AbortSignal.abort()), undefined);
    failures.push(new Error("no such file"));
    await worker.stop();
    assert.equal(await worker.connected(signal()), undefined);
  });

  it("lets requests wait while the model loads", async () => {
    const { worker, processes } = setUp({ status: { state: "loading", model: "nano" } });
    const waiting = worker.ready(signal());
    await delay(20);
    processes[0]!.report(ready);
    assert.equal(await waiting, processes[0]);
  });

  it("has nothing to hand out when the model has a problem, and waits again after a restart", async () => {
    const options: Options = { status: problem };
    const { worker, processes } = setUp(options);
    assert.equal(await worker.ready(signal()), undefined);
    options.status = ready;
    await worker.restart();
    assert.equal(await worker.ready(signal()), processes[1]);
    assert.equal(processes[0]!.closed, true);
  });

  it("stops waiting when the request is taken back", async () => {
    const { worker } = setUp({ status: undefined });
    assert.equal(await worker.ready(AbortSignal.timeout(20)), undefined);
  });

  it("after a crash starts again with the next request", async () => {
    const { worker, processes } = setUp();
    await worker.ready(signal());
    processes[0]!.die("signal SIGKILL");
    await delay(20);
    assert.equal(worker.state.kind, "stopped");
    assert.equal(worker.connection, undefined);
    assert.equal(await worker.ready(signal()), processes[1]);
  });

  it("gives up after five crashes, until a person restarts it", async () => {
    const { worker, processes } = setUp();
    for (let i = 0; i < 5; i++) {
      await worker.ready(signal());
      processes[i]!.die("exit code 1");
      await delay(5);
    }
    assert.deepEqual(worker.state, { kind: "gave-up", crashes: 5 });
    assert.equal(await worker.ready(signal()), undefined);
    worker.warm();
    assert.equal(processes.length, 5);
    await worker.restart();
    assert.equal(await worker.ready(signal()), processes[5]);
  });

  it("counts failed starts as crashes", async () => {
    const { worker, failures, processes } = setUp();
    failures.push(...Array.from({ length: 5 }, () => new Error("ended while starting: exit code 1")));
    for (let i = 0; i < 5; i++) assert.equal(await worker.ready(signal()), undefined);
    assert.deepEqual(worker.state, { kind: "gave-up", crashes: 5 });
    assert.equal(processes.length, 0);
  });

  it("kills a hung process and replaces it without being asked", async () => {
    let hangs = true;
    const { worker, processes } = setUp({ status: ready, ping: () => (hangs ? new Promise(() => undefined) : Promise.resolve(true)) });
    await worker.ready(signal());
    await delay(60);
    hangs = false;
    await delay(60);
    assert.equal(processes[0]!.killed, true);
    assert.equal(await worker.ready(signal()), processes.at(-1));
    await worker.dispose();
  });

  it("is patient with a process that loads its model", async () => {
    const { worker, processes } = setUp({ status: { state: "loading", model: "nano" }, ping: () => new Promise(() => undefined) });
    worker.warm();
    await delay(150);
    assert.equal(processes.length, 1);
    assert.equal(processes[0]!.killed, false);
    await worker.dispose();
  });

  it("ends a start in progress when it is stopped", async () => {
    const { worker, processes, states } = setUp({ status: ready, connectMs: 50 });
    worker.warm();
    await worker.stop();
    await delay(80);
    assert.equal(processes.length, 0);
    assert.deepEqual(states, ["starting", "stopped"]);
  });

  it("closes each process before the next one starts, over 20 restarts", async () => {
    const { worker, processes, states } = setUp();
    for (let i = 0; i < 20; i++) {
      await worker.restart();
      await worker.ready(signal());
    }
    assert.equal(processes.length, 20);
    assert.equal(processes.filter((process) => !process.closed).length, 1);
    assert.ok(!states.includes("gave-up"), "a restart is no crash");
  });

  it("stays down after dispose", async () => {
    const { worker, processes } = setUp();
    await worker.ready(signal());
    await worker.dispose();
    assert.equal(processes[0]!.closed, true);
    assert.equal(await worker.ready(signal()), undefined);
    assert.equal(processes.length, 1);
  });
});
