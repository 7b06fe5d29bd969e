// Fitting a conversation to a window: who goes first, what stays, and that the beginning stays put from one question to the next.
import { strict as assert } from "node:assert";
import { fit, type Fitted } from "../../src/core/chat/fit.js";
import { fenced, withoutThoughts } from "../../src/core/chat/prompts.js";
import type { Message } from "../../src/core/chat/template.js";
import type { ChatMessage } from "../../src/protocol/chat.js";

const count = (text: string): number => (text.match(/\S+/g) ?? []).length;
const total = (messages: readonly Message[]): number => messages.reduce((sum, { text }) => sum + count(text) + 4, 10);
const words = (name: string, number: number): string => Array.from({ length: number }, (_, i) => `${name}${i}`).join(" ");

const fitted = (conversation: readonly ChatMessage[], room: number): Fitted & { ok: true } => {
  const result = fit(conversation, room, count, total);
  assert.ok(result.ok);
  assert.ok(total(result.messages) <= room, `${total(result.messages)} tokens in ${room}`);
  return result;
};
const turns = (number: number, length: number): ChatMessage[] => Array.from({ length: number }, (_, i): ChatMessage[] => [
  { role: "user", text: words(`q${i}-`, length) }, { role: "assistant", text: words(`a${i}-`, length) },
]).flat();
const question: ChatMessage = { role: "user", text: "and now?" };

describe("fitting a conversation", () => {
  it("leaves alone what fits", () => {
    const { messages, leftOut } = fitted([...turns(3, 10), question], 1000);
    assert.deepEqual(messages.map(({ role }) => role), ["user", "assistant", "user", "assistant", "user", "assistant", "user"]);
    assert.deepEqual(leftOut, { turns: 0, facts: [] });
  });

  it("drops the oldest questions with their answers", () => {
    const { messages, leftOut } = fitted([...turns(10, 20), question], 200);
    assert.ok(leftOut.turns > 0);
    assert.equal(messages[0]!.role, "user");
    assert.ok(messages[0]!.text.startsWith(`q${leftOut.turns}-0`));
    assert.equal(messages.at(-1)!.text, "and now?");
  });

  it("keeps the facts of what it drops, and of two versions the newer", () => {
    const facts = (title: string, text: string) => [{ title, text }];
    const conversation: ChatMessage[] = [
      { role: "user", text: words("old", 60), facts: facts("a.ts", "older") }, { role: "assistant", text: words("answer", 60) },
      { role: "user", text: words("mid", 60), facts: [...facts("b.ts", "contents of b"), ...facts("a.ts", "old")] }, { role: "assistant", text: words("reply", 60) },
      { role: "user", text: "last", facts: facts("c.ts", "contents of c") },
    ];
    const { messages, leftOut } = fitted(conversation, 80);
    assert.equal(leftOut.turns, 2);
    assert.equal(messages.length, 1);
    assert.match(messages[0]!.text, /contents of b[^]*contents of c[^]*last$/);
    assert.match(messages[0]!.text, /a\.ts\nold\n/);
    assert.doesNotMatch(messages[0]!.text, /older/);
  });

  it("has the same beginning from one question to the next, except for a few large steps", () => {
    const conversation = turns(60, 15);
    const beginnings: string[] = [];
    for (let length = 1; length < conversation.length; length += 2) beginnings.push(fitted(conversation.slice(0, length), 300).messages[0]!.text);
    const steps = beginnings.filter((text, index) => index > 0 && text !== beginnings[index - 1]).length;
    assert.ok(steps <= beginnings.length / 2.5, `${steps} steps in ${beginnings.length} questions`);
  });

  it("shortens the facts of a question that does not fit with them, and says which", () => {
    const file = Array.from({ length: 200 }, (_, i) => `line ${i} of it`).join("\n");
    const { messages, leftOut } = fitted([{ role: "user", text: "why?", facts: [{ title: "big.ts", text: file }, { title: "small.ts", text: "just this" }] }], 300);
    assert.deepEqual(leftOut.facts, ["big.ts"]);
    assert.match(messages[0]!.text, /line 0 of it[^]*left out to fit[^]*line 199 of it[^]*just this[^]*why\?$/);
  });

  it("says how long a question is that does not fit alone", () => {
    assert.deepEqual(fit([{ role: "user", text: words("w", 500) }], 100, count, total), { ok: false, tokens: 514 });
  });

  it("never goes over the room, whatever the conversation", () => {
    let state = 7;
    const random = (below: number): number => (state = (state * 48271) % 2147483647) % below;
    for (let run = 0; run < 300; run += 1) {
      const conversation: ChatMessage[] = Array.from({ length: 1 + random(12) }, (_, i): ChatMessage => ({
        role: i % 2 === 0 ? "user" : "assistant", text: words(`w${i}-`, random(80)),
        ...random(3) === 0 && { facts: [{ title: `f${random(3)}`, text: words("fact", random(200)) }] },
      }));
      if (conversation.length % 2 === 0) conversation.push(question);
      const room = 40 + random(400);
      const result = fit(conversation, room, count, total);
      if (result.ok) assert.ok(total(result.messages) <= room);
      else assert.ok(result.tokens > room);
    }
  });

  it("writes code so that it cannot leave its fence, and forgets thoughts", () => {
    assert.equal(fenced("a\n```\nb\n", "md"), "````md\na\n```\nb\n````");
    assert.equal(withoutThoughts("<think>\nhm\n</think>\n\nYes."), "Yes.");
    assert.equal(withoutThoughts("<think>cut off"), "");
  });
});
