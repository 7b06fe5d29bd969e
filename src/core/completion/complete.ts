// One request for a completion, from the keystroke to the answer, top to bottom. Keeps nothing: what outlives a request is in deps.
import type { PlaceSummary, ReasonCode } from "../../protocol/completion.js";
import type { SourceDocument } from "../context/context.js";
import { withoutClosers } from "./closers.js";
import { textProbability } from "./confidence.js";
import { decode } from "./decode.js";
import { applyFilters, filtersFor, settled } from "./filters/index.js";
import { adopt, type FlightDeck, launch, type Running } from "./flight.js";
import { begunAt, generateHealed } from "./heal.js";
import { generateLine } from "./line.js";
import { generateWith } from "./mix.js";
import { type Place, placeOf } from "./place.js";
import { fitPrompt } from "./prompt.js";
import type { CompletionAnswer, CompletionDeps, CompletionRequest } from "./request.js";
import { asIfAccepted } from "./selected.js";
import { inTime, stopRules } from "./stop.js";
import { type Plan, planRequest } from "./trigger.js";
import { pause } from "./wait.js";

/** VS Code drops what comes later than about 750 ms after the key, its own delay and the way there and back included. */
const answerWithinMs = 400;

/** Never rejects: a cancelled request and an engine that failed are answers too, with their own reason codes. */
export async function complete(
  asked: SourceDocument, cursor: number, request: CompletionRequest, deps: CompletionDeps, signal: AbortSignal,
): Promise<CompletionAnswer> {
  const started = deps.now();
  const finish = recorder(started, deps);
  const { document, offset, back } = asIfAccepted(asked, cursor, request);
  const deck = deps.flights ?? { current: undefined };
  try {
    const place = placeOf(document, offset);
    const plan = planRequest(place, request, deps.settings ?? { inComments: true, inStrings: true }, () => deps.trees?.of(document));
    const about = { place: summaryOf(place, plan), budget: deps.budget.tokens };
    if (!plan.ask) return finish(plan.reason, about);

    const known = deps.cache.find(document.uri, document.text, offset);
    const remembered = { ...about, origin: known?.ahead === true ? "ahead" as const : "cache" as const };
    if (known !== undefined && "reason" in known && request.automatic) return finish(known.reason, remembered);
    const item = known !== undefined && "text" in known ? settled(known.text, place) : undefined;
    if (item !== undefined) return finish("shown", { ...remembered, items: [back(item)] });

    const running = await adopt(deck, document, offset, deps.model) ?? await begin(place, plan, request, deps, deck, signal);
    const decoding = deps.now();
    const rules = [...stopRules(place, plan.maxLines), inTime(() => request.automatic && deps.now() - started > answerWithinMs)];
    const decoded = await decode(running, deps.model, deps.format.stops, rules, signal);
    const decodeMs = running.aheadMs + deps.now() - decoding;
    running.flight.stop();

    const verdict = applyFilters(decoded, place, filtersFor(deps.trees));
    deps.cache.remember(document.uri, document.text, offset, { ...verdict.keep ? verdict.item : verdict, ...request.ahead && { ahead: true } });
    const confidence = textProbability(decoded.steps);
    return finish(verdict.keep ? "shown" : verdict.reason, {
      ...about,
      origin: running.parts === undefined ? "adopted" : "model",
      ...running.parts && { parts: running.parts },
      said: { chars: decoded.text.length, lines: decoded.text.trim().split("\n").length },
      items: verdict.keep ? [back(verdict.item)] : [],
      timings: { totalMs: 0, contextMs: running.contextMs, prefillMs: running.prefillMs, decodeMs },
      tokens: { prompt: running.promptTokens, reused: running.reused, generated: decoded.tokens },
      ...confidence !== undefined && { confidence },
      unfiltered: decoded.text,
    });
  } catch (error) {
    leave(deck, deps.flights !== undefined);
    return signal.aborted || isAbort(error) ? finish("cancelled") : finish("engine-error", { error });
  }
}

/** Context, prompt, wait, generate. */
async function begin(
  place: Place, { maxTokens, maxLines }: Plan & { ask: true }, { automatic, selected }: CompletionRequest, deps: CompletionDeps, deck: FlightDeck, signal: AbortSignal,
): Promise<Running> {
  const started = deps.now();
  const { document, offset } = place;
  const { model, budget, format } = deps;
  const whole = withoutClosers(deps.compose(document, offset, budget), format.format, place);
  const begun = deps.heals === true && selected === undefined ? begunAt(whole.prefix) : "";
  const context = { ...whole, prefix: whole.prefix.slice(0, whole.prefix.length - begun.length) };
  const { tokens: prompt, context: read, parts } = fitPrompt(context, format, model, Math.min(budget.tokens, model.contextLength - maxTokens));
  const voice = deps.voice?.(document, offset, read);
  const contextMs = deps.now() - started;
  await pause(automatic ? deps.waitMs?.(prompt) ?? 0 : 0, signal);
  const speak = async (stop: AbortSignal) => {
    const options = { maxTokens, signal: stop };
    if (begun !== "") return generateHealed(begun, model, prompt, options);
    if (voice === undefined) return model.generate(prompt, options);
    if (maxLines > 1) return generateWith(voice, model, prompt, options);
    const asked = deps.now();
    const line = await generateLine(voice, model, prompt, options);
    return { ...line, aheadMs: Math.max(0, deps.now() - asked - line.prefillMs) }; // all of it is known by now
  };
  const from = offset - begun.length;
  const before = begun === "" ? document : { ...document, text: document.text.slice(0, from) + document.text.slice(offset) };
  return { ...await launch(speak, before, from, deck, signal), typed: begun.length, promptTokens: prompt.length, contextMs, parts };
}

function summaryOf({ document, lineBefore, lineAfter, open }: Place, plan: Plan): PlaceSummary {
  return {
    languageId: document.languageId, chars: document.text.length, before: lineBefore.length, after: lineAfter.length, open: open.length,
    ...plan.ask && { lines: plan.maxLines },
  };
}

/** A generation that nobody waits for any more: the next request may take it over, where there is a deck to find it on. */
function leave(deck: FlightDeck, mayReturn: boolean): void {
  if (mayReturn) deck.current?.park();
  else deck.current?.stop();
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

function recorder(started: number, { now }: CompletionDeps): (reason: ReasonCode, more?: Partial<CompletionAnswer>) => CompletionAnswer {
  return (reason, more = {}) => {
    const timings = more.timings ?? { contextMs: 0, prefillMs: 0, decodeMs: 0 };
    return { items: [], tokens: { prompt: 0, reused: 0, generated: 0 }, ...more, reason, timings: { ...timings, totalMs: now() - started } };
  };
}
