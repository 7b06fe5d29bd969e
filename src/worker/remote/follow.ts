// Keeps an eye on a server that was there once: when it breaks off that is a state of its own, and it is looked for until it is back.
import { setTimeout as delay } from "node:timers/promises";
import type { Loading } from "../loading.js";
import { type Question, type Transport, UnreachableError } from "./transport.js";

/** A server that is started again takes seconds; nobody is disturbed by the question. */
const RETRY_MS = 3_000;

/** `load` makes a model of the transport that it is given; `onChange` gets every outcome after the first. */
export function followServer(transport: Transport, load: (transport: Transport) => Promise<Loading>, away: (error: UnreachableError) => Loading, onChange: (outcome: Loading) => void): Promise<Loading> {
  let isAway = false;
  const watch = async (): Promise<void> => {
    isAway = true;
    let outcome: Loading;
    do {
      await delay(RETRY_MS, undefined, { ref: false });
      outcome = await load(noticing);
    } while (!outcome.ok);
    isAway = false;
    onChange(outcome);
  };
  const noticing: Transport = {
    ask: (question: Question, signal) => transport.ask(question, signal),
    async *stream(question, signal) {
      try {
        yield* transport.stream(question, signal);
      } catch (error) {
        if (error instanceof UnreachableError && !isAway) {
          onChange(away(error));
          void watch();
        }
        throw error;
      }
    },
  };
  return load(noticing).then((outcome) => {
    if (!outcome.ok && !isAway) void watch(); // it may be started later
    return outcome;
  });
}
