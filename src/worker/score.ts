// `inkling/score`, for the evaluation: how likely the true text is, where a completion would have been asked. Knows completion's prompt
// and nothing of its stops and filters.
import { fitPrompt } from "../core/completion/prompt.js";
import type { Score, ScoreParams } from "../protocol.js";
import type { Session } from "./completion.js";
import { sourceDocument } from "./documents.js";

/** Null without a model or document, and where prompt and text together do not fit the model. */
export async function scoreText({ textDocument, position, text }: ScoreParams, session: Session): Promise<Score | null> {
  const loading = await session.loading;
  const document = session.documents.get(textDocument.uri);
  if (!loading.ok || !document) return null;
  const deps = session.deps(loading.model);
  const { format, model, budget } = deps;
  const context = deps.compose(sourceDocument(document, session.folders), document.offsetAt(position), budget);
  const continuation = model.tokenize(text);
  const limit = Math.min(budget.tokens, model.contextLength - continuation.length);
  if (limit <= 0) return null;
  const { tokens } = fitPrompt(context, format, model, limit);
  const probabilities = await loading.model.engine.score(tokens, continuation, new AbortController().signal);
  const bits = probabilities.reduce((sum, probability) => sum - Math.log2(Math.max(probability, Number.MIN_VALUE)), 0);
  return { bits, tokens: continuation.length };
}
