// Turns a composed context into the prompt's tokens, never more of them than the budget allows. What has to go goes from the
// far ends, in big steps, so that the tokens at the front stay the same while somebody types.
import type { ComposedContext } from "../context/context.js";
import { type BoundFormat, layOut } from "./fim.js";
import type { LanguageModel, Token } from "./model.js";

/** The prompt for this context, at most `limit` tokens, and the context as it went in. */
export function fitPrompt(context: ComposedContext, bound: BoundFormat, model: LanguageModel, limit: number): { tokens: Token[]; context: ComposedContext } {
  let fitted = context;
  let tokens = tokenize(fitted, bound, model);
  for (let step = 1; tokens.length > limit; step += 1) {
    const smaller = shrink(context, fitted, (tokens.length - limit) / tokens.length, step);
    if (smaller === undefined) return { tokens: tokens.slice(-limit), context: fitted };
    fitted = smaller;
    tokens = tokenize(fitted, bound, model);
  }
  return { tokens, context: fitted };
}

function tokenize(context: ComposedContext, bound: BoundFormat, model: LanguageModel): Token[] {
  return layOut(bound.format, context).flatMap(piece => {
    if ("text" in piece) return model.tokenize(piece.text);
    const token = bound.markers.get(piece.marker);
    return token === undefined ? [] : [token];
  });
}

/** The next smaller version: other files first, then suffix and window by eighths of what they were, then the outline. */
function shrink(whole: ComposedContext, context: ComposedContext, excess: number, step: number): ComposedContext | undefined {
  if (context.neighbours.length > 0) return { ...context, neighbours: context.neighbours.slice(1) };
  const keep = 1 - Math.max(step, Math.ceil(excess * 8)) / 8;
  if (keep > 0) return { ...context, prefix: keepEnd(whole.prefix, keep), suffix: keepStart(whole.suffix, keep) };
  if (context.outline !== "") return { ...context, outline: "" };
  return undefined;
}

/** The last `share` of a text, beginning with a line where it has lines. The cut moves by eighths of the text, not by characters. */
function keepEnd(text: string, share: number): string {
  const cut = Math.ceil(text.length * (1 - share));
  const line = text.indexOf("\n", cut);
  return line === -1 ? text.slice(cut) : text.slice(line + 1);
}

function keepStart(text: string, share: number): string {
  const cut = Math.floor(text.length * share);
  const line = text.lastIndexOf("\n", cut);
  return line <= 0 ? text.slice(0, cut) : text.slice(0, line + 1);
}
