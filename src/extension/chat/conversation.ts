// Conversations as values, and what can happen to them. Knows neither VS Code nor files.
import { randomUUID } from "node:crypto";
import type { ChatMessage } from "../../protocol/chat.js";
import type { AnswerState, FactView, TurnView } from "../../protocol/panel.js";

/** A fact as it was when the question was asked; the file may have changed since. */
export interface StoredFact extends FactView {
  text: string;
}

export interface Turn extends TurnView {
  facts: readonly StoredFact[];
}

export interface Conversation {
  id: string;
  /** Milliseconds since 1970. */
  changed: number;
  /** Given by a person; without one it is called by its first question. */
  name?: string;
  turns: readonly Turn[];
}

const MAX_TITLE = 60;

export function newConversation(now: number): Conversation {
  return { id: randomUUID(), changed: now, turns: [] };
}

export function titleOf({ name, turns }: Conversation): string {
  const title = name ?? turns[0]?.title ?? turns[0]?.question ?? "";
  const line = title.split("\n")[0]!.trim();
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE - 1).trimEnd()}…` : line;
}

export function asked(question: string, facts: readonly StoredFact[], model: string): Turn {
  return { id: randomUUID(), question, facts, answer: { text: "", state: { kind: "waiting", share: undefined }, model } };
}

export function withTurn(conversation: Conversation, turn: Turn, now: number): Conversation {
  return { ...conversation, changed: now, turns: [...conversation.turns, turn] };
}

/** Without the turn and all that followed it. */
export function before(conversation: Conversation, id: string): Conversation {
  const index = conversation.turns.findIndex((turn) => turn.id === id);
  return index === -1 ? conversation : { ...conversation, turns: conversation.turns.slice(0, index) };
}

export function withAnswer(conversation: Conversation, id: string, change: (answer: Turn["answer"]) => Turn["answer"]): Conversation {
  return { ...conversation, turns: conversation.turns.map((turn) => turn.id === id ? { ...turn, answer: change(turn.answer) } : turn) };
}

export function isRunning({ kind }: AnswerState): boolean {
  return kind === "waiting" || kind === "writing";
}

/** After a reload nobody is writing any more. */
export function settled(conversation: Conversation): Conversation {
  const stopped = (state: AnswerState): AnswerState => isRunning(state) ? { kind: "stopped" } : state;
  return { ...conversation, turns: conversation.turns.map((turn) => ({ ...turn, answer: { ...turn.answer, state: stopped(turn.answer.state) } })) };
}

/** As the model is told it. What got no answer is told as a question that the next one follows. */
export function messagesOf(turns: readonly Turn[]): ChatMessage[] {
  return turns.flatMap(({ question, facts, answer }): ChatMessage[] => [
    { role: "user", text: question, ...facts.length > 0 && { facts: facts.map(({ label, text }) => ({ title: label, text })) } },
    ...answer.text === "" ? [] : [{ role: "assistant", text: answer.text } as const],
  ]);
}
