// One answer, from a conversation to the text that streams: fit, render, tokenize, generate. Pure but for the model that it is given.
import type { ChatEnd, ChatMessage, LeftOut } from "../../protocol/chat.js";
import type { LanguageModel, Token } from "../model.js";
import { type Fitted, fit } from "./fit.js";
import { instructions } from "./prompts.js";
import { repeatsItself } from "./repetition.js";
import { type ChatTemplate, type Message, openTemplate } from "./template.js";
import { tokenizePieces } from "./tokens.js";

/** A model that can converse, with what follows from its template; made once per loaded model. */
export interface Converser {
  readonly model: LanguageModel;
  readonly template: ChatTemplate;
  /** Begins every prompt, where the model wants it and the template does not write it. */
  readonly bos: string | undefined;
}

export interface Plan {
  /** Tokens of the prompt; undefined when the question does not fit. */
  prompt: Token[] | undefined;
  /** That it takes, or would take. */
  tokens: number;
  leftOut: LeftOut;
}

export interface AnswerOptions {
  maxTokens?: number;
  temperature?: number;
  signal: AbortSignal;
  onText: (text: string) => void;
}

export interface Answered {
  end: ChatEnd;
  reused: number;
  generated: number;
}

const LONGEST_ANSWER = 2048;
/** Kept free for the answer at least. */
const ANSWER_SHARE = 0.25;
const LARGEST_RESERVE = 1024;
/** A little chance keeps small models from going round in circles, a lot makes them invent. */
const TEMPERATURE = 0.3;
const LOOK_EVERY = 24;

/** Throws {@link TemplateError}; undefined for a model that was not trained to converse. */
export function openConverser(model: LanguageModel, addBos: boolean): Converser | undefined {
  const { chatTemplate: source, bosText: bos, eosText: eos } = model;
  if (source === undefined) return undefined;
  return { model, template: openTemplate(source, { bos, eos }), bos: addBos ? bos : undefined };
}

export function reserveOf({ contextLength }: LanguageModel): number {
  return Math.min(LARGEST_RESERVE, Math.floor(contextLength * ANSWER_SHARE));
}

export function plan({ model, template, bos }: Converser, conversation: readonly ChatMessage[], bare: boolean): Plan {
  const prompt = (messages: readonly Message[]): Token[] =>
    tokenizePieces(model, template.render(bare ? messages : [{ role: "system", text: instructions }, ...messages]), bos);
  const counts = new Map<string, number>();
  const count = (text: string): number => {
    const known = counts.get(text) ?? model.tokenize(text).length;
    counts.set(text, known);
    return known;
  };
  const fitted: Fitted = fit(conversation, model.contextLength - reserveOf(model), count, (messages) => prompt(messages).length);
  if (!fitted.ok) return { prompt: undefined, tokens: fitted.tokens, leftOut: { turns: 0, facts: [] } };
  const tokens = prompt(fitted.messages);
  return { prompt: tokens, tokens: tokens.length, leftOut: fitted.leftOut };
}

export async function generateAnswer({ model, template }: Converser, prompt: readonly Token[], options: AnswerOptions): Promise<Answered> {
  const { signal, onText, maxTokens = LONGEST_ANSWER, temperature = TEMPERATURE } = options;
  const room = model.contextLength - prompt.length;
  const { reused, steps } = await model.generate(prompt, { maxTokens: Math.min(maxTokens, room), temperature, signal });
  const stream = createStream(model, template.end, onText);
  let generated = 0;
  for await (const { token } of steps) {
    generated += 1;
    if (stream.add(token)) return { end: "finished", reused, generated };
    if (generated % LOOK_EVERY === 0 && repeatsItself(stream.text())) return { end: "repetition", reused, generated };
  }
  stream.finish();
  const end = generated >= room ? "window" : generated >= maxTokens ? "length" : "finished";
  return { end, reused, generated };
}

/** Tokens to text as they come: whole characters only, and nothing that may be the beginning of the end marker. */
export function createStream(model: Pick<LanguageModel, "detokenize">, end: string | undefined, onText: (text: string) => void) {
  let text = "";
  let told = 0;
  let isBegun = false;
  let window: Token[] = [];
  let before = 0; // where in the text the window begins
  const tell = (to: number): void => {
    if (to <= told) return;
    const piece = isBegun ? text.slice(told, to) : text.slice(told, to).trimStart(); // vocabularies with a space before every word begin with one
    isBegun ||= piece !== "";
    told = to;
    if (piece !== "") onText(piece);
  };
  return {
    text: () => text,
    /** True when the answer is complete. */
    add(token: Token): boolean {
      window.push(token);
      const piece = model.detokenize(window);
      const grew = piece.length > text.length - before;
      text = text.slice(0, before) + piece;
      const at = end === undefined ? -1 : text.indexOf(end, Math.max(0, told - end.length));
      if (at !== -1) {
        tell(at);
        return true;
      }
      // A line end is a place where the tokens before it can be forgotten: no character and no word goes across it.
      if (grew && text.endsWith("\n")) [window, before] = [[], text.length];
      tell(text.length - (end === undefined ? 0 : overlap(text, end)));
      return false;
    },
    finish: () => tell(text.length),
  };
}

/** How much of the text's end could be the marker's beginning. */
function overlap(text: string, marker: string): number {
  for (let length = Math.min(marker.length - 1, text.length); length > 0; length -= 1) {
    if (marker.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
