// The one worker of this window: started when needed, replaced when it hangs, left alone when it crashes too often.
// Knows processes and promises, not VS Code; it is told how to connect.
import { EventEmitter, once } from "node:events";
import type { WorkerStatus } from "../protocol/worker.js";
import { type CrashHistory, recordCrash, shouldGiveUp } from "./backoff.js";
import type { Connection } from "./client.js";
import type { WorkerState } from "./state.js";
import { LOADING_TIMEOUT_MS, untilHung, WATCHDOG_TIMES, type WatchdogTimes } from "./watchdog.js";

export interface WorkerDeps {
  /** Starts a process and connects to it. Rejects, leaving no process behind, when that fails or the signal fires. */
  connect: (onStatus: (status: WorkerStatus) => void, signal: AbortSignal) => Promise<Connection>;
  onState: (state: WorkerState) => void;
  log: { info(message: string): void; warn(message: string): void };
  watchdog?: WatchdogTimes;
}

/** One process from start to end. */
interface Life {
  readonly end: AbortController;
  readonly connecting: Promise<Connection>;
  connection?: Connection;
  hung?: boolean;
}

export class Worker {
  readonly #deps: WorkerDeps;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #state: WorkerState = { kind: "stopped" };
  #crashes: CrashHistory = [];
  #life: Life | undefined;
  #closing: Promise<unknown> = Promise.resolve();
  #disposed = false;

  constructor(deps: WorkerDeps) {
    this.#deps = deps;
  }

  get state(): WorkerState {
    return this.#state;
  }

  /** Undefined while no process is connected. */
  get connection(): Connection | undefined {
    return this.#life?.connection;
  }

  /** Starts the worker unless it runs already or has crashed too often. Returns at once. */
  warm(): void {
    if (this.#disposed || this.#state.kind !== "stopped") return;
    const end = new AbortController();
    const connecting = this.#closing.then(() => this.#deps.connect((status) => this.#reported(life, status), end.signal));
    const life: Life = { end, connecting };
    this.#life = life;
    this.#deps.log.info("Starting the worker.");
    this.#setState({ kind: "starting" });
    void this.#live(life);
  }

  /** The connection as soon as the model can be asked, starting the worker if need be; undefined when there is nothing to wait for. */
  async ready(signal: AbortSignal): Promise<Connection | undefined> {
    this.warm();
    while (!signal.aborted) {
      const state = this.#state;
      if (state.kind === "stopped" || state.kind === "gave-up") return undefined;
      if (state.kind === "running" && state.status.state === "problem") return undefined;
      // The report may be here a moment before the connection is handed over.
      if (state.kind === "running" && state.status.state === "ready") return this.#life?.connecting.catch(() => undefined);
      await once(this.#changes, "change", { signal }).catch(() => undefined);
    }
    return undefined;
  }

  /** For what does not need the completion model: any connected worker, started if need be. Undefined like {@link ready}. */
  async connected(signal: AbortSignal): Promise<Connection | undefined> {
    this.warm();
    const connecting = this.#life?.connecting;
    if (!connecting || signal.aborted) return undefined;
    const done = new AbortController();
    const aborted = once(signal, "abort", { signal: done.signal }).then(() => undefined, () => undefined);
    return Promise.race([connecting.catch(() => undefined), aborted]).finally(() => done.abort());
  }

  /** On request of a person: earlier crashes are forgotten. */
  async restart(): Promise<void> {
    await this.stop();
    this.#crashes = [];
    this.warm();
  }

  /** Resolves when the process is gone. The next {@link ready} or {@link warm} starts another. */
  async stop(): Promise<void> {
    const life = this.#life;
    this.#life = undefined;
    this.#setState({ kind: "stopped" });
    if (life) {
      life.end.abort();
      this.#closing = life.connecting.then((connection) => connection.close(), () => undefined);
    }
    await this.#closing;
  }

  /** {@link stop}, for good. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.stop();
  }

  async #live(life: Life): Promise<void> {
    let how: string;
    try {
      life.connection = await life.connecting;
      this.#watch(life, life.connection);
      how = await life.connection.exited;
    } catch (error) {
      how = error instanceof Error ? error.message : String(error);
    }
    life.end.abort();
    if (this.#life === life) this.#crashed(how, life.hung === true);
  }

  #watch(life: Life, connection: Connection): void {
    const times = this.#deps.watchdog ?? WATCHDOG_TIMES;
    const isLoading = (): boolean => this.#state.kind !== "running" || this.#state.status.state === "loading";
    untilHung(() => connection.ping(), life.end.signal, () => isLoading() ? { ...times, timeoutMs: LOADING_TIMEOUT_MS } : times).then(() => {
      this.#deps.log.warn(`The worker (process ${connection.pid ?? "unknown"}) does not answer; replacing it.`);
      life.hung = true;
      connection.kill();
    }, () => undefined);
  }

  #crashed(how: string, hung: boolean): void {
    this.#life = undefined;
    this.#crashes = recordCrash(this.#crashes, Date.now());
    this.#deps.log.warn(`The worker ended unexpectedly (${how}); ${this.#crashes.length} within three minutes.`);
    const gaveUp = shouldGiveUp(this.#crashes);
    this.#setState(gaveUp ? { kind: "gave-up", crashes: this.#crashes.length } : { kind: "stopped" });
    // Somebody may still be waiting for the answer of a hung worker; after a crash the next keystroke starts a new one.
    if (hung && !gaveUp) this.warm();
  }

  #reported(life: Life, status: WorkerStatus): void {
    if (this.#life !== life) return;
    if (status.state === "ready") this.#deps.log.info(`${status.model.name} is ready after ${Math.round(status.model.loadMs)} ms (${status.model.file}).`);
    if (status.state === "problem") this.#deps.log.warn(status.problem.message);
    this.#setState({ kind: "running", status });
  }

  #setState(state: WorkerState): void {
    this.#state = state;
    this.#deps.onState(state);
    this.#changes.emit("change");
  }
}
