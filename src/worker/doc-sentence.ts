// The first sentence of a doc comment: asked of the completion model, whose answer counts only where the model was sure.
import type { SourceDocument } from "../core/context/context.js";
import type { Documentable } from "../core/explain/doc/document.js";
import { acceptedSentence, fillContext, sentenceEnd } from "../core/explain/doc/fill.js";
import { fitPrompt } from "../core/completion/prompt.js";
import type { Session } from "./completion.js";
import { orAborted } from "./gate.js";

export interface DocSentence {
  by: "completion-model" | "facts";
  model: string;
  /** Undefined: the one that the name gives. */
  sentence: string | undefined;
}

const maxTokens = 40;
const maxPrompt = 900;
/** Least mean probability of the answer's tokens. */
const sureEnough = 0.5;

export async function docSentence(document: SourceDocument, target: Documentable, session: Session, signal: AbortSignal): Promise<DocSentence> {
  const byRules: DocSentence = { by: "facts", model: session.modelName, sentence: undefined };
  const loaded = session.loaded ?? await orAborted(session.loading, signal);
  if (!loaded.ok) return byRules;
  const model = await session.backgroundModel(signal); // the completion's own cache stays as it is
  const { format } = loaded.model;
  const prompt = fitPrompt(fillContext(document, target), format, model, Math.min(maxPrompt, model.contextLength - maxTokens)).tokens;
  const { steps } = await model.generate(prompt, { maxTokens, signal });
  const tokens: number[] = [];
  let [sum, text] = [0, ""];
  for await (const { token, probability } of steps) {
    if (format.stops.has(token)) break;
    tokens.push(token);
    sum += probability;
    text = model.detokenize(tokens);
    const end = sentenceEnd(text);
    if (end === undefined) continue;
    text = text.slice(0, end);
    break;
  }
  const confidence = tokens.length === 0 ? 0 : sum / tokens.length;
  const sentence = acceptedSentence(text, target);
  session.log(`doc comment for ${target.facts.name}: ${JSON.stringify(text)} at ${confidence.toFixed(2)}${sentence === undefined ? ", not usable" : ""}`);
  return sentence === undefined || confidence < sureEnough ? { ...byRules, model: model.name } : { by: "completion-model", model: model.name, sentence };
}
