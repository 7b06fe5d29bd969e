// A generation that may outlive the request that began it. While somebody types what it is saying anyway, the next request takes it
// over instead of beginning again; otherwise it is stopped between two tokens. It computes only when a token is pulled.
import type { PromptPart } from "../../protocol/completion.js";
import type { SourceDocument } from "../context/context.js";
import type { Generation, LanguageModel, Step, Token } from "../model.js";

export interface Flight {
  /** The document and place that it began at. */
  readonly document: SourceDocument;
  readonly offset: number;
  /** Token number `index` of the answer, pulled from the model if nobody has asked for it yet; undefined after the last one. */
  step(index: number): Promise<Step | undefined>;
  /** Leaves it to the next request, for a while. */
  park(): void;
  stop(): void;
}

/** Where the flight that can still be taken over is kept. Lives as long as the model. */
export interface FlightDeck {
  current: Flight | undefined;
}

/** A parked flight holds the engine, so it does not wait for long. */
const parkedMs = 1_000;

/** Begins a generation. Until its prompt is evaluated the signal stops it; afterwards it is parked instead. */
export async function launch(
  start: (signal: AbortSignal) => Promise<Generation>, document: SourceDocument, offset: number, deck: FlightDeck, signal: AbortSignal,
): Promise<{ flight: Flight } & Pick<Running, "reused" | "prefillMs" | "aheadMs">> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    signal.throwIfAborted();
    deck.current?.stop();
    deck.current = undefined;
    const generation = await start(controller.signal);
    const flight = inFlight(generation, document, offset, () => {
      controller.abort();
      if (deck.current === flight) deck.current = undefined; // whoever adopted it would be cancelled with it
    });
    deck.current = flight;
    return { flight, reused: generation.reused, prefillMs: generation.prefillMs, aheadMs: generation.aheadMs ?? 0 };
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function inFlight(generation: Generation, document: SourceDocument, offset: number, onStop: () => void): Flight {
  const steps = generation.steps[Symbol.asyncIterator]();
  const pulled: Promise<Step | undefined>[] = [];
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    onStop();
  };
  return {
    document, offset, stop,
    step(index) {
      clearTimeout(timer);
      return pulled[index] ??= steps.next().then(({ done, value }) => done === true ? undefined : value);
    },
    park() {
      timer = setTimeout(stop, parkedMs).unref();
    },
  };
}

/** A flight with what it has cost this request so far; one that is taken over costs nothing. */
export interface Running {
  flight: Flight;
  /** Characters at the start of its answer that have been typed since it began. */
  typed: number;
  promptTokens: number;
  reused: number;
  prefillMs: number;
  /** For tokens that are there before the first is pulled. */
  aheadMs: number;
  contextMs: number;
  /** What the prompt was made of; absent where the flight was taken over. */
  parts?: PromptPart[];
}

/** The flight on deck if it agrees with what was typed since it began. Anything else on deck is stopped. */
export async function adopt(deck: FlightDeck, document: SourceDocument, offset: number, model: LanguageModel): Promise<Running | undefined> {
  const flight = deck.current;
  if (flight === undefined) return undefined;
  const typed = typedSince(flight, document, offset);
  if (typed !== undefined && await says(flight, typed, model)) return { flight, typed: typed.length, promptTokens: 0, reused: 0, prefillMs: 0, aheadMs: 0, contextMs: 0 };
  flight.stop();
  deck.current = undefined;
  return undefined;
}

/** What was typed at the flight's cursor, if nothing else has changed but closers that the editor added. */
function typedSince(flight: Flight, { uri, text }: SourceDocument, offset: number): string | undefined {
  const old = flight.document.text;
  const typed = text.slice(flight.offset, offset);
  const closed = text.slice(offset, text.length - (old.length - flight.offset));
  const same = uri === flight.document.uri && offset >= flight.offset && /^[)\]}>"'`]*$/.test(closed)
    && text === old.slice(0, flight.offset) + typed + closed + old.slice(flight.offset);
  return same ? typed.replaceAll("\r\n", "\n") : undefined;
}

/** Pulls tokens until the answer either covers the text or contradicts it. */
async function says(flight: Flight, text: string, model: LanguageModel): Promise<boolean> {
  const tokens: Token[] = [];
  for (let said = ""; !said.startsWith(text); said = model.detokenize(tokens)) {
    if (!text.startsWith(said)) return false;
    const step = await flight.step(tokens.length);
    if (step === undefined) return false;
    tokens.push(step.token);
  }
  return true;
}
