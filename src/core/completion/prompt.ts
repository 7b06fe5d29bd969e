// Turns a composed context into the prompt's tokens, never more of them than the budget allows. What has to go goes from the
// far ends, in big steps, so that the tokens at the front stay the same while somebody types.
import type { ComposedContext } from "../context/context.js";
import type { PromptPart } from "../../protocol/completion.js";
import { type BoundFormat, layOut } from "./fim.js";
import type { LanguageModel, Token } from "../model.js";
import { type CountedPiece, partsOf } from "./prompt-parts.js";

export interface FittedPrompt {
  tokens: Token[];
  /** The context as it went in. */
  context: ComposedContext;
  /** The same for people: what each part of it costs. */
  parts: PromptPart[];
}

interface Written {
  tokens: Token[];
  pieces: CountedPiece[];
  context: ComposedContext;
}

/** The prompt for this context, at most `limit` tokens: composing plans in characters, only tokens tell exactly. */
export function fitPrompt(context: ComposedContext, bound: BoundFormat, model: LanguageModel, limit: number): FittedPrompt {
  const { tokens, pieces, context: used } = fitted(context, bound, model, limit);
  return { tokens, context: used, parts: partsOf(used, pieces) };
}

function fitted(context: ComposedContext, bound: BoundFormat, model: LanguageModel, limit: number): Written {
  const write = (smaller: ComposedContext): Written => tokenize(smaller, bound, model);
  let prompt = write(context);
  const excess = () => prompt.tokens.length - limit;
  while (excess() > 0 && prompt.context.neighbours.length > 0) prompt = write({ ...prompt.context, neighbours: prompt.context.neighbours.slice(1) });
  const own = prompt.context;
  // About a sixth of the budget at a time, counted from the window's start: the place stays put for as many keystrokes.
  const step = Math.max(8, Math.floor(limit / 2));
  for (let cut = 0; excess() > 0 && cut < own.prefix.length + own.suffix.length;) {
    cut += Math.ceil(excess() / step) * step;
    prompt = write(withLess(cut < own.prefix.length / 2 ? own : { ...own, outline: "" }, cut));
  }
  return excess() > 0 ? write({ ...own, path: "", outline: "", prefix: "", suffix: "" }) : prompt;
}

/** Models are trained on line feeds alone, and answer with them; an editor turns them into what the document has. */
function tokenize(context: ComposedContext, bound: BoundFormat, model: LanguageModel): Written {
  const tokensOf = (piece: ReturnType<typeof layOut>[number]): Token[] => {
    if ("text" in piece) return model.tokenize(piece.text.replaceAll("\r\n", "\n"));
    const token = bound.markers.get(piece.marker);
    return token === undefined ? [] : [token];
  };
  const pieces = layOut(bound.format, context).map(piece => ({ piece, tokens: tokensOf(piece) }));
  return { context, tokens: pieces.flatMap(({ tokens }) => tokens), pieces: pieces.map(({ piece, tokens }) => ({ piece, tokens: tokens.length })) };
}

/** Cuts characters off the window's start, and a quarter as many off its end, both at lines where there are any. */
function withLess(context: ComposedContext, cut: number): ComposedContext {
  const start = context.prefix.indexOf("\n", cut);
  const prefix = context.prefix.slice(start === -1 ? cut : start + 1);
  const rest = Math.max(0, context.suffix.length - Math.ceil(cut / 4));
  const end = context.suffix.lastIndexOf("\n", rest - 1);
  return { ...context, prefix, suffix: context.suffix.slice(0, end <= 0 ? rest : end + 1) };
}
