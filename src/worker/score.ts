// `inkling/score`, for the evaluation: how likely the true text is, where a completion would have been asked. Knows completion's prompt
// and nothing of its stops and filters.
import { fitPrompt } from "../core/completion/prompt.js";
import type { Score, ScoreParams } from "../protocol/completion.js";
import type { Session } from "./completion.js";

/** Null without a model or document, and where prompt and text together do not fit the model. */
export async function scoreText({ textDocument, position, text }: ScoreParams, { loading, workspace }: Session): Promise<Score | null> {
  const loaded = await loading;
  const document = workspace.documents.get(textDocument.uri);
  if (!loaded.ok || !document) return null;
  await workspace.prepare(document.languageId);
  const { format, model, budget } = loaded.deps();
  const { source, shift } = workspace.place(document);
  const context = workspace.compose(source, shift + document.offsetAt(position), budget);
  const continuation = model.tokenize(text);
  const limit = Math.min(budget.tokens, model.contextLength - continuation.length);
  if (limit <= 0) return null;
  const { tokens } = fitPrompt(context, format, model, limit);
  const probabilities = await loaded.model.engine.score(tokens, continuation, new AbortController().signal);
  const bits = probabilities.reduce((sum, probability) => sum - Math.log2(Math.max(probability, Number.MIN_VALUE)), 0);
  return { bits, tokens: continuation.length };
}
