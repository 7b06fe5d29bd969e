// The first sentence of a doc comment from a model that completes code: the document as it would be with an empty comment, and what of
// the model's answer may stand there.
import { redactAround } from "../../context/secrets.js";
import type { ComposedContext } from "../../context/context.js";
import type { Documentable } from "./document.js";
import { wordsIn } from "./sentence.js";

/** Characters around the comment that the model is shown. */
const before = 1_200;
const after = 2_400;

/** What a completion model is asked: to write behind the comment's opening. */
export function fillContext(document: { path: string; text: string }, { facts, style, place }: Documentable): ComposedContext {
  const { text, path } = document;
  const [front, behind] = redactAround(text, place.span.start, { start: Math.max(0, place.span.start - before), end: Math.min(text.length, place.span.end + after) });
  const rest = behind.slice(place.span.end - place.span.start);
  const open = style.open === undefined ? "" : style.line === "" ? style.open : `${style.open}\n${place.indent}`;
  const sign = style.tags === "xml" ? `${style.line}<summary>` : style.line;
  const start = style.mood === "named" ? `${facts.name} ` : "";
  const close = style.close === undefined ? "" : style.line === "" ? style.close : `\n${place.indent}${style.close}`;
  return { neighbours: [], path, outline: "", prefix: `${front}${place.before}${open}${sign}${start}`, suffix: `${close}${place.after}${rest}`, parts: [] };
}

/** Stops at the end of the first sentence or line. */
export function sentenceEnd(answer: string): number | undefined {
  const line = /\n|\*\/|"""|<\//.exec(answer.slice(1));
  const stop = /[.!?](?=\s)/.exec(answer);
  const ends = [line === null ? undefined : line.index + 1, stop === null ? undefined : stop.index + 1].filter((end) => end !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** The model's sentence, made to fit; undefined for what is no sentence about this. */
export function acceptedSentence(answer: string, target: Documentable): string | undefined {
  const { facts, style } = target;
  const plain = answer.replace(/\s+/g, " ").replace(/(\*\/|"""|<\/?summary>)/g, "").trim();
  const words: readonly string[] = plain.match(/[\p{L}\p{N}'`_]+/gu) ?? [];
  const isProse = words.length >= 3 && plain.length <= 160 && !/[{};=<>\\]|\)\s*$|^@|^[^\p{L}`]|https?:|REDACTED|TODO|\bparam\b/u.test(plain);
  const repeats = words.some((word, i) => i > 0 && word.length > 3 && words.indexOf(word) < i && words.filter((other) => other === word).length > 2);
  if (!isProse || repeats || !sharesWord(words, facts.name)) return undefined;
  const sentence = /[.!?]$/.test(plain) ? plain : `${plain}.`;
  return style.mood === "named" ? `${facts.name} ${sentence}` : sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A sentence about something else has none of the words that the name is made of. */
function sharesWord(words: readonly string[], name: string): boolean {
  const stems = wordsIn(name).filter((word) => word.length >= 3).map((word) => word.toLowerCase().slice(0, Math.max(3, word.length - 2)));
  return stems.length === 0 || words.some((word) => stems.some((stem) => word.toLowerCase().startsWith(stem)));
}
