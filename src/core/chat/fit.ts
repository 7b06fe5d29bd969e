// Makes a conversation fit into the model's window: the oldest questions go first, with their answers; what they had beside them (files,
// facts) stays as long as there is room. Deterministic, so that the next question finds the same beginning in the KV cache.
import type { ChatMessage, Fact, LeftOut } from "../../protocol/chat.js";
import { withFacts, withoutThoughts } from "./prompts.js";
import type { Message } from "./template.js";

export type Fitted =
  | { ok: true; messages: Message[]; leftOut: LeftOut }
  /** Even the last question alone takes more, namely this. */
  | { ok: false; tokens: number };

interface Exchange {
  question: string;
  facts: readonly Fact[];
  answer: string | undefined;
}

/** Tokens that a template spends on a message; an estimate, checked at the end. */
const MARKUP = 8;
/** When something has to go, so much goes that the next questions fit as well. */
const AFTER = 0.7;
/** Less than this of a file says nothing. */
const LEAST_FACT = 48;

/** `count` is exact for a text; what `total` says of all messages together counts in the end. */
export function fit(conversation: readonly ChatMessage[], room: number, count: (text: string) => number, total: (messages: readonly Message[]) => number): Fitted {
  const exchanges = exchangesOf(conversation);
  let from = firstKept(exchanges, room, count);
  for (;;) {
    const kept = withInherited(exchanges, from);
    const messages = messagesOf(kept);
    if (total(messages) <= room) return { ok: true, messages, leftOut: { turns: from, facts: [] } };
    if (from < exchanges.length - 1) from += 1;
    else return shortened(kept, from, room, count, total);
  }
}

function exchangesOf(conversation: readonly ChatMessage[]): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const { role, text, facts = [] } of conversation) {
    const last = exchanges.at(-1);
    if (role === "user") exchanges.push({ question: text, facts, answer: undefined });
    else if (last) last.answer = withoutThoughts(last.answer === undefined ? text : `${last.answer}\n\n${text}`);
  }
  return exchanges;
}

/** Goes through the conversation as it went, so that its beginning moves when it must and then by a large step. */
function firstKept(exchanges: readonly Exchange[], room: number, count: (text: string) => number): number {
  const costs = exchanges.map(({ question, facts, answer }) => count(withFacts(question, facts)) + count(answer ?? "") + 2 * MARKUP);
  const factCosts = exchanges.map(({ facts }) => (facts.length === 0 ? 0 : count(withFacts("", facts))));
  let from = 0;
  exchanges.forEach((_, last) => {
    const cost = (): number => sum(costs.slice(from, last + 1)) + sum(factCosts.slice(0, from));
    if (cost() <= room) return;
    while (from < last && cost() > room * AFTER) from += 1;
  });
  return from;
}

/** The first kept question gets the facts of those before it; of two versions of the same thing the newer. */
function withInherited(exchanges: readonly Exchange[], from: number): Exchange[] {
  const kept = exchanges.slice(from);
  const newer = new Set(kept.flatMap(({ facts }) => facts.map(({ title }) => title)));
  const inherited = new Map(exchanges.slice(0, from).flatMap(({ facts }) => facts).map((fact) => [fact.title, fact]));
  const [first, ...rest] = kept;
  if (!first) return [];
  return [{ ...first, facts: [...[...inherited.values()].filter(({ title }) => !newer.has(title)), ...first.facts] }, ...rest];
}

function messagesOf(exchanges: readonly Exchange[]): Message[] {
  return exchanges.flatMap(({ question, facts, answer }): Message[] => [
    { role: "user", text: withFacts(question, facts) }, ...answer === undefined ? [] : [{ role: "assistant", text: answer } as const],
  ]);
}

/** Only the last question is left: its facts are cut, the newest last. */
function shortened([last]: readonly Exchange[], turns: number, room: number, count: (text: string) => number, total: (messages: readonly Message[]) => number): Fitted {
  if (!last) return { ok: true, messages: [], leftOut: { turns, facts: [] } };
  const bare = total(messagesOf([{ ...last, facts: [] }]));
  if (bare > room) return { ok: false, tokens: bare };
  const touched: string[] = [];
  const facts: Fact[] = [];
  let left = room - bare;
  for (const fact of [...last.facts].reverse()) {
    const cost = count(withFacts("", [fact])) + MARKUP;
    const text = cost <= left ? fact.text : cut(fact.text, left - MARKUP - count(fact.title), count);
    if (text !== fact.text) touched.unshift(fact.title);
    if (text === undefined) continue;
    facts.unshift({ ...fact, text });
    left -= Math.min(cost, left);
  }
  const messages = messagesOf([{ ...last, facts }]);
  if (total(messages) <= room) return { ok: true, messages, leftOut: { turns, facts: touched } };
  return { ok: true, messages: messagesOf([{ ...last, facts: [] }]), leftOut: { turns, facts: last.facts.map(({ title }) => title) } };
}

/** The beginning and the end of a text, whole lines where there are lines; undefined if nothing useful fits. */
function cut(text: string, room: number, count: (text: string) => number): string | undefined {
  if (room < LEAST_FACT) return undefined;
  for (let share = room / Math.max(count(text), 1); share > 0.01; share *= 0.85) {
    const head = beginning(text, Math.floor(text.length * share * 0.65));
    const tail = ending(text, Math.floor(text.length * share * 0.25));
    const shorter = `${head}\n… (left out to fit) …\n${tail}`;
    if (count(shorter) <= room) return shorter;
  }
  return undefined;
}

function beginning(text: string, length: number): string {
  const part = text.slice(0, length);
  return part.includes("\n") ? part.slice(0, part.lastIndexOf("\n")) : part;
}

function ending(text: string, length: number): string {
  const part = text.slice(text.length - length);
  return part.includes("\n") ? part.slice(part.indexOf("\n") + 1) : part;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
