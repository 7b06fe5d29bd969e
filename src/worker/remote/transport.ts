// The worker's way to the model server: through its client, which alone has a network. Turns an answer into the events that it consists of.
import { CancellationTokenSource, type Connection } from "vscode-languageserver";
import { serverMethods, type ServerOutcome, type ServerPart, type ServerRequest } from "../../protocol/server.js";

/** The server cannot be reached, or broke off. */
export class UnreachableError extends Error {}
/** The server answered with an error. */
export class RefusedError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export type Question = Omit<ServerRequest, "id">;

export interface Transport {
  /** The whole answer, from JSON. */
  ask(question: Question, signal: AbortSignal): Promise<unknown>;
  /** What a streamed answer says, event by event, from JSON; whoever stops pulling fires the signal. */
  stream(question: Question, signal: AbortSignal): AsyncGenerator<unknown, void, undefined>;
}

export function createTransport(connection: Pick<Connection, "sendRequest" | "onNotification">): Transport {
  const listeners = new Map<number, (text: string) => void>();
  let last = 0;
  connection.onNotification(serverMethods.part, ({ id, text }: ServerPart) => listeners.get(id)?.(text));

  const send = async (question: Question, signal: AbortSignal, onText: (text: string) => void): Promise<number> => {
    signal.throwIfAborted();
    const id = ++last;
    const source = new CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    listeners.set(id, onText);
    try {
      const outcome = await connection.sendRequest<ServerOutcome>(serverMethods.request, { ...question, id } satisfies ServerRequest, source.token);
      signal.throwIfAborted();
      if (outcome.kind === "unreachable") throw new UnreachableError(outcome.message);
      return outcome.status;
    } catch (error) {
      signal.throwIfAborted(); // how a cancelled request ends depends on where it was
      throw error;
    } finally {
      listeners.delete(id);
      signal.removeEventListener("abort", cancel);
      source.dispose();
    }
  };

  return {
    async ask(question, signal) {
      let text = "";
      const status = await send(question, signal, (part) => text += part);
      if (status !== 200) throw refusal(status, text);
      return parsed(text);
    },
    async *stream(question, signal) {
      const events = createEvents();
      let text = "";
      send(question, signal, (part) => {
        text = (text + part).slice(-4000); // an error comes instead of events, and is short
        events.feed(part);
      }).then((status) => events.end(status === 200 ? undefined : refusal(status, text)), (error: unknown) => events.end(error));
      yield* events.read();
    },
  };
}

function refusal(status: number, text: string): RefusedError {
  const { error } = parsed(text) as { error?: { message?: unknown } | string };
  const message = typeof error === "object" ? error.message : error;
  return new RefusedError(status, typeof message === "string" ? message : `status ${status}`);
}

/** An empty object for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return (JSON.parse(text) as object | null) ?? {};
  } catch {
    return {};
  }
}

interface Events {
  feed(text: string): void;
  /** With an error, reading throws it after the last event. */
  end(error: unknown): void;
  read(): AsyncGenerator<unknown, void, undefined>;
}

/** Server-sent events: lines `data: JSON`, the last one `data: [DONE]`. */
function createEvents(): Events {
  const waiting: unknown[] = [];
  let rest = "";
  let ended: { error: unknown } | undefined;
  let wake: (() => void) | undefined;
  return {
    feed(text) {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop()!;
      for (const line of lines) if (line.startsWith("data:") && !line.includes("[DONE]")) waiting.push(parsed(line.slice("data:".length)));
      wake?.();
    },
    end(error) {
      ended = { error };
      wake?.();
    },
    async *read() {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift();
        if (ended?.error !== undefined) throw ended.error as Error;
        if (ended) return;
        await new Promise<void>((resolve) => wake = resolve);
      }
    },
  };
}
