// Conversations: what happens to them, how they are kept on disk, and how thoughts are told from answers.
import { strict as assert } from "node:assert";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asked, before as beforeTurn, type Conversation, isRunning, messagesOf, newConversation, settled, titleOf, withAnswer, withTurn } from "../../src/extension/chat/conversation.js";
import { openStore } from "../../src/extension/chat/store.js";
import { createSplitter } from "../../src/webview/thinking.js";

const NOW = 1_700_000_000_000;

function conversationOf(...questions: string[]): Conversation {
  return questions.reduce((conversation, question, index) => withTurn(conversation, asked(question, [], "model"), NOW + index), newConversation(NOW));
}

describe("a conversation", () => {
  it("is called by its name, else by the first line of its first question", () => {
    assert.equal(titleOf(newConversation(NOW)), "");
    assert.equal(titleOf(conversationOf("How?\nIn detail", "Why?")), "How?");
    assert.equal(titleOf({ ...conversationOf("How?"), name: "Mine" }), "Mine");
    const long = titleOf(conversationOf("word ".repeat(40)));
    assert.ok(long.length <= 60 && long.endsWith("word…"), long);
  });

  it("loses a turn and all that followed it when that turn is asked again", () => {
    const conversation = conversationOf("one", "two", "three");
    const [, second] = conversation.turns;
    assert.deepEqual(beforeTurn(conversation, second!.id).turns.map(({ question }) => question), ["one"]);
    assert.equal(beforeTurn(conversation, "unknown"), conversation);
  });

  it("grows by text, in the turn that is meant", () => {
    const conversation = conversationOf("one", "two");
    const [first, second] = conversation.turns;
    const grown = withAnswer(withAnswer(conversation, second!.id, (answer) => ({ ...answer, text: "a" })), second!.id, (answer) => ({ ...answer, text: `${answer.text}b` }));
    assert.deepEqual(grown.turns.map(({ answer }) => answer.text), ["", "ab"]);
    assert.equal(grown.turns[0], first, "the others are not copied");
    assert.equal(conversation.turns[1]!.answer.text, "", "the one before is as it was");
  });

  it("is told to the model with facts, and without answers that never came", () => {
    const fact = { id: "1", kind: "file" as const, label: "a.ts", text: "const a = 1;", detail: "src/a.ts", tokens: 5 };
    let conversation = withTurn(newConversation(NOW), asked("one", [fact], ""), NOW);
    conversation = withTurn(conversation, asked("two", [], ""), NOW);
    conversation = withAnswer(conversation, conversation.turns[1]!.id, (answer) => ({ ...answer, text: "because" }));
    assert.deepEqual(messagesOf(conversation.turns), [
      { role: "user", text: "one", facts: [{ title: "a.ts", text: "const a = 1;" }] },
      { role: "user", text: "two" }, { role: "assistant", text: "because" },
    ]);
  });
});

describe("the store of conversations", () => {
  let folder: string;
  beforeEach(() => { folder = join(mkdtempSync(join(tmpdir(), "inkling-store-")), "chat"); });
  afterEach(() => rmSync(join(folder, ".."), { recursive: true }));

  it("gives back what was saved, the latest first, in another window as well", () => {
    const store = openStore(folder);
    const [older, newer] = [conversationOf("one"), { ...conversationOf("two"), changed: NOW + 10 }];
    store.save(newer);
    store.save(older);
    assert.deepEqual(store.all().map(titleOf), ["two", "one"]);
    assert.deepEqual(openStore(folder).all().map(({ id }) => id), [newer.id, older.id]);
    store.remove(newer.id);
    assert.deepEqual(openStore(folder).all().map(({ id }) => id), [older.id]);
  });

  it("keeps none without a turn", () => {
    const store = openStore(folder);
    store.save(newConversation(NOW));
    assert.deepEqual(store.all(), []);
    assert.deepEqual(openStore(folder).all(), []);
  });

  it("lets nobody else read them", function () {
    if (process.platform === "win32") this.skip();
    openStore(folder).save(conversationOf("secret"));
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
  });

  it("shows an answer that was being written when the window closed as stopped, with what had come", () => {
    const conversation = conversationOf("one");
    const [turn] = conversation.turns;
    openStore(folder).save(withAnswer(conversation, turn!.id, (answer) => ({ ...answer, text: "half", state: { kind: "writing" } })));
    const [read] = openStore(folder).all();
    assert.deepEqual(read!.turns[0]!.answer, { text: "half", state: { kind: "stopped" }, model: "model" });
    assert.ok(settled(conversation).turns.every(({ answer }) => !isRunning(answer.state)));
  });

  it("leaves files alone that are damaged, foreign or newer, and shows the others", () => {
    const good = conversationOf("good");
    openStore(folder).save(good);
    const files = {
      "damaged.json": "{\"version\":1,\"id\":\"dam", "newer.json": JSON.stringify({ ...good, version: 2, id: "newer" }), "other.json": JSON.stringify({ ...good, version: 1, id: "another" }),
      "list.json": "[]", "null.json": "null", "notes.txt": "mine", "half.json.tmp": "{",
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const store = openStore(folder);
    assert.deepEqual(store.all().map(titleOf), ["good"]);
    store.save({ ...good, changed: NOW + 1 });
    for (const [name, text] of Object.entries(files)) assert.equal(readFileSync(join(folder, name), "utf8"), text);
  });

  it("lets the oldest go beyond two hundred", () => {
    const store = openStore(folder);
    for (let index = 0; index < 203; index += 1) store.save({ ...conversationOf(`question ${index}`), changed: NOW + index });
    assert.equal(store.all().length, 200);
    assert.equal(readdirSync(folder).length, 200);
    assert.equal(titleOf(store.all().at(-1)!), "question 3");
  });
});

describe("what a model thinks aloud", () => {
  const splitAt = (text: string, size: number): { thought: string; answer: string } => {
    const split = createSplitter();
    const parts = (text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? []).map(split);
    return { thought: parts.map(({ thought }) => thought).join(""), answer: parts.map(({ answer }) => answer).join("") };
  };
  const cases: [text: string, thought: string, answer: string][] = [
    ["<think>hm, a < b</think>\n\nYes.", "hm, a < b", "Yes."],
    ["  <think></think>Yes.", "", "Yes."],
    ["Yes, <think> is a tag.", "", "Yes, <think> is a tag."],
    ["<thing>", "", "<thing>"],
    ["<think>never closed", "never closed", ""],
  ];
  for (const [text, thought, answer] of cases) {
    it(`is told from the answer in ${JSON.stringify(text)}, however it comes`, () => {
      for (const size of [1, 2, 3, 7, 100]) {
        const { thought: found, answer: said } = splitAt(text, size);
        assert.equal(found, thought, `in pieces of ${size}`);
        assert.equal(said.trimStart(), answer, `in pieces of ${size}`);
      }
    });
  }
});
