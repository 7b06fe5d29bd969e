// One request for a completion, from the keystroke to the answer, top to bottom. Keeps nothing: what outlives a request is in deps.
import type { ReasonCode } from "../../protocol.js";
import type { SourceDocument } from "../context/context.js";
import { meanProbability } from "./confidence.js";
import { decode } from "./decode.js";
import { applyFilters, filtersFor } from "./filters/index.js";
import { placeOf } from "./place.js";
import { fitPrompt } from "./prompt.js";
import type { CompletionAnswer, CompletionDeps, CompletionRequest } from "./request.js";
import { stopRules } from "./stop.js";
import { planRequest } from "./trigger.js";

/** Never rejects: a cancelled request and an engine that failed are answers too, with their own reason codes. */
export async function complete(
  document: SourceDocument, offset: number, request: CompletionRequest, deps: CompletionDeps, signal: AbortSignal,
): Promise<CompletionAnswer> {
  const answer: CompletionAnswer = { items: [], reason: "no-suggestion", timings: { totalMs: 0, contextMs: 0, prefillMs: 0, decodeMs: 0 }, tokens: { prompt: 0, reused: 0, generated: 0 } };
  const started = deps.now();
  const finish = (reason: ReasonCode, more: Partial<CompletionAnswer> = {}): CompletionAnswer =>
    ({ ...answer, ...more, reason, timings: { ...answer.timings, ...more.timings, totalMs: deps.now() - started } });
  try {
    const place = placeOf(document, offset);
    const plan = planRequest(place, request, deps.settings ?? { inComments: true, inStrings: true });
    if (!plan.ask) return finish(plan.reason);

    const known = deps.cache.find(document.text, offset);
    if (known !== undefined) return finish("shown", { items: [known] });

    const context = deps.compose(document, offset, deps.budget);
    const limit = Math.min(deps.budget.tokens, deps.model.contextLength - plan.maxTokens);
    const prompt = fitPrompt(context, deps.format, deps.model, limit);
    const contextMs = deps.now() - started;

    const generation = await deps.model.generate(prompt.tokens, { maxTokens: plan.maxTokens, signal });
    const decoding = deps.now();
    const decoded = await decode(generation, deps.model, deps.format.stops, stopRules(place, plan.maxLines));
    const confidence = meanProbability(decoded.steps);
    const cost = {
      timings: { totalMs: 0, contextMs, prefillMs: generation.prefillMs, decodeMs: deps.now() - decoding },
      tokens: { prompt: prompt.tokens.length, reused: generation.reused, generated: decoded.tokens },
      ...confidence !== undefined && { confidence },
      unfiltered: decoded.text,
    };

    const verdict = applyFilters(decoded, place, filtersFor(deps.trees));
    if (!verdict.keep) return finish(verdict.reason, cost);
    deps.cache.remember(document.text, offset, verdict.item);
    return finish("shown", { items: [verdict.item], ...cost });
  } catch (error) {
    return signal.aborted ? finish("cancelled") : finish("engine-error", { error });
  }
}
