// What a model server wants to be asked, and how it answers: llama.cpp's own API where there is one, the OpenAI-compatible one elsewhere.
import { type FimFormat, fimFormats, layOut } from "../../core/completion/fim.js";
import type { Question } from "./transport.js";

/** A prompt taken apart again. */
export type Ask =
  | { kind: "fill"; files: readonly { path: string; text: string }[]; prefix: string; suffix: string }
  | { kind: "converse"; messages: readonly { role: string; content: string }[] };

export interface Sampling {
  model: string;
  maxTokens: number;
  temperature: number;
}

export type Dialect = "llama.cpp" | "openai";

export function question(dialect: Dialect, ask: Ask, { model, maxTokens, temperature }: Sampling): Question {
  const common = { ...model !== "" && { model }, stream: true, temperature };
  if (ask.kind === "converse") {
    const messages = ask.messages.map(({ role, content }) => ({ role, content: defused(content) }));
    return { path: "/v1/chat/completions", body: JSON.stringify({ ...common, messages, max_tokens: maxTokens }) };
  }
  if (dialect === "openai") return { path: "/v1/completions", body: JSON.stringify({ ...common, ...textPrompt(model, ask), max_tokens: maxTokens, logprobs: 1 }) };
  const input_extra = ask.files.map(({ path, text }) => ({ filename: path, text }));
  return {
    path: "/infill",
    body: JSON.stringify({ ...common, input_prefix: ask.prefix, input_suffix: ask.suffix, input_extra, n_predict: maxTokens, n_probs: 1, cache_prompt: true, samplers: ["top_k"], top_k: 1 }),
  };
}

/** The markers of the family that the model's name tells; without a known one, prefix and suffix as the API has them. */
function textPrompt(model: string, { files, prefix, suffix }: Ask & { kind: "fill" }): { prompt: string; suffix?: string; stop?: string[] } {
  const format = formatOf(model);
  if (!format) return { prompt: prefix, suffix };
  const pieces = layOut(format, { path: "", outline: "", prefix, suffix, neighbours: [...files], parts: [] });
  const prompt = pieces.map((piece) => "marker" in piece ? markerText(piece.marker) : defused(piece.text)).join("");
  return { prompt, stop: (format.stops ?? []).slice(0, 4) }; // more than four are refused by some
}

export function formatOf(model: string): FimFormat | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return fimFormats.find(({ family }) => plain(model).includes(plain(family)));
}

/** The server begins the prompt by itself; SentencePiece writes a blank as a bar. */
function markerText(marker: string): string {
  return /^<(s|bos|｜begin▁of▁sentence｜)>$/.test(marker) ? "" : marker.replaceAll("▁", marker.includes("｜") ? "▁" : " ");
}

const MARKERS = new Set(fimFormats.flatMap((format) => [...format.layout, ...format.alone ?? [], ...format.file ?? [], ...format.stops ?? []].filter((part) => !part.startsWith("{"))));

/** These APIs take markers as text, so text that spells one must not: it gets a blank after its first character. */
export function defused(text: string): string {
  let safe = text.replaceAll(/<(?=[|｜])/g, "< ");
  for (const marker of MARKERS) safe = safe.replaceAll(marker, `${marker.slice(0, 1)} ${marker.slice(1)}`);
  return safe;
}

/** Text of an event, and how sure the model was; undefined for events that say neither. */
export function said(event: unknown): { text: string; probability: number } | undefined {
  const { content, completion_probabilities, choices } = event as LlamaEvent & OpenAiEvent;
  const choice = choices?.[0];
  const text = content ?? choice?.text ?? choice?.delta?.content;
  if (typeof text !== "string" || text === "") return undefined;
  const logprob = completion_probabilities?.[0]?.logprob ?? choice?.logprobs?.token_logprobs?.[0] ?? choice?.logprobs?.content?.[0]?.logprob;
  return { text, probability: typeof logprob === "number" ? Math.exp(logprob) : 1 };
}

interface LlamaEvent {
  content?: string;
  completion_probabilities?: { logprob?: number }[];
}

interface OpenAiEvent {
  choices?: { text?: string; delta?: { content?: string | null }; logprobs?: { token_logprobs?: number[]; content?: { logprob?: number }[] } | null }[];
}
