// What is taken of a model's words: prompts that fit a small window whatever the change, words that hold against the diff, and the composed
// message instead of all others.
import { strict as assert } from "node:assert";
import { ground, vocabularyOf } from "../../src/core/commit/grounding.js";
import { findFacts } from "../../src/core/commit/facts.js";
import type { Speaker } from "../../src/core/speaker.js";
import { writeMessage } from "../../src/core/commit/write.js";
import type { Syntax } from "../../src/core/syntax/parser.js";
import type { ChangedFile, ChangeSet, CommitMessage } from "../../src/protocol/commit.js";
import { readChanges } from "../fixtures/commit/read.js";
import { openForTests } from "../fixtures/syntax.js";

const changes = new Map(readChanges().map(({ name, change }) => [name, change]));
const { change: guard } = { change: changes.get("ts-fix-missing-user")! };

interface Asked { system: string; user: string; maxTokens: number }

/** Says what it is told to say, in pieces of three characters; a token is two characters, which is worse than any real vocabulary. */
function speaker(answer: string | ((asked: Asked) => string), asked: Asked[] = [], window = 4_096): Speaker {
  return {
    name: "fake", window, count: (text) => Math.ceil(text.length / 2),
    async ask(system, user, maxTokens, signal, isEnough) {
      asked.push({ system, user, maxTokens });
      const text = typeof answer === "string" ? answer : answer({ system, user, maxTokens });
      for (let at = 0; at < text.length; at += 3) {
        await Promise.resolve();
        signal.throwIfAborted();
        if (isEnough(text.slice(at, at + 3))) return;
      }
    },
  };
}

describe("a model's words", function () {
  this.timeout(60_000);
  let syntax: Syntax;
  before(async () => { syntax = await openForTests("typescript", "typescriptreact", "javascript"); });
  const write = (change: ChangeSet, model?: Speaker, texts: string[] = []): Promise<CommitMessage> =>
    writeMessage(change, { syntax, speaker: model, signal: new AbortController().signal, onText: (text) => texts.push(text), now: () => 0 });

  const taken: [what: string, answer: string, subject: string][] = [
    ["a line", "return Anonymous when there is no user", "fix: return Anonymous when there is no user"],
    ["a line in quotes, with a prefix and a full stop", "\"fix(user): Show a name for missing users.\"", "fix: show a name for missing users"],
    ["a line in a block, after an introduction", "Sure, here is the commit message:\n\n```\nshow Anonymous for a missing user\n```", "fix: show Anonymous for a missing user"],
    ["what was thought before", "<think>The user wants…</think>\nshow Anonymous for a missing user", "fix: show Anonymous for a missing user"],
    ["a name in the wrong case", "make GetDisplayName work without a user", "fix: make getDisplayName work without a user"],
    ["a name with a slip", "make getDisplayNme work without a user", "fix: make getDisplayName work without a user"],
    ["only the first line", "show Anonymous for a missing user\n\nThis commit changes many things.", "fix: show Anonymous for a missing user"],
    ["what is too long, up to where a part ends", `show Anonymous for a missing user, ${"which is what everybody wanted ".repeat(4)}`, "fix: show Anonymous for a missing user"],
  ];
  for (const [what, answer, subject] of taken) {
    it(`are taken: ${what}`, async () => {
      const message = await write(guard, speaker(answer));
      assert.equal(message.subject, subject, message.rejected);
      assert.equal(message.author, "model");
      assert.ok(message.subject.length <= 72);
    });
  }

  const refused: [what: string, answer: string, why: RegExp][] = [
    ["a name from elsewhere", "use resolveUserProfile in getDisplayName", /resolveUserProfile/],
    ["a file from elsewhere", "update src/components/Header.tsx", /Header/],
    ["nothing", "", /no subject/],
    ["the same again and again", "user user user user user user user user", /no subject/],
    ["signs", "#!/?? ---- ....", /no subject|not in the diff/],
    ["one endless word", "a".repeat(500), /no subject/],
    ["a secret", `use ghp_${"a1B2c3D4e5".repeat(4)} in getDisplayName`, /secret|not in the diff/],
  ];
  for (const [what, answer, why] of refused) {
    it(`are refused: ${what}`, async () => {
      const texts: string[] = [];
      const message = await write(guard, speaker(answer), texts);
      assert.equal(message.author, "facts");
      assert.equal(message.subject, "fix: handle missing user in getDisplayName");
      assert.match(message.rejected ?? "", why);
      assert.equal(texts.at(-1), message.text);
      assert.ok(texts.every((text) => !/resolveUserProfile|Header|ghp_/.test(text)), texts.join("|"));
    });
  }

  it("stream, word by word", async () => {
    const texts: string[] = [];
    await write(guard, speaker("return Anonymous when there is no user"), texts);
    assert.ok(texts.length > 4);
    assert.equal(texts[0], "fix: return");
    for (const [index, text] of texts.slice(1).entries()) assert.ok(text.startsWith(texts[index]!), text);
  });

  it("end with the signal", async () => {
    const controller = new AbortController();
    const endless: Speaker = { ...speaker(""), ask: (_, __, ___, signal) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))) };
    const writing = writeMessage(guard, { syntax, speaker: endless, signal: controller.signal, onText: () => undefined, now: () => 0 });
    setTimeout(() => controller.abort(new Error("taken back")), 5);
    await assert.rejects(writing, /taken back/);
  });

  it("are not asked for where there is nothing to word", async () => {
    const asked: Asked[] = [];
    for (const name of ["release-npm", "deps-npm-bump", "mode-executable", "py-style-formatting", "first-commit"]) await write(changes.get(name)!, speaker("nonsense", asked));
    assert.equal(asked.length, 0);
  });
});

describe("what a model is shown", function () {
  this.timeout(60_000);
  let syntax: Syntax;
  before(async () => { syntax = await openForTests("typescript"); });
  const write = (change: ChangeSet, model: Speaker): Promise<CommitMessage> =>
    writeMessage(change, { syntax, speaker: model, signal: new AbortController().signal, onText: () => undefined, now: () => 0 });
  const manyFiles = (count: number, lines: number): ChangedFile[] => Array.from({ length: count }, (_, i) => {
    const text = Array.from({ length: lines }, (_line, j) => `export const value${i}_${j} = ${j};`).join("\n");
    return { path: `src/part${i % 9}/file${i}.ts`, status: "modified" as const, added: lines, removed: 0, before: `export const first${i} = 1;\n`, after: `export const first${i} = 1;\n${text}\n` };
  });

  for (const [count, lines, window] of [[1, 5, 4096], [12, 200, 4096], [500, 30, 4096], [500, 30, 1024], [40, 2_000, 2048]] as const) {
    it(`fits a window of ${window} tokens: ${count} files with ${lines} lines`, async () => {
      const asked: Asked[] = [];
      const model = speaker((question) => (question.system.includes("one file") ? "add values" : "add values to many files"), asked, window);
      const change: ChangeSet = { ...guard, files: manyFiles(count, lines) };
      await write(change, model);
      assert.ok(asked.length >= 1 && asked.length <= 7, `${asked.length} questions`);
      for (const { system, user, maxTokens } of asked) assert.ok(model.count(system) + model.count(user) + maxTokens <= window, `${model.count(user)} tokens`);
      if (count > 100) assert.match(asked.at(-1)!.user, /Not shown: .*\d+ whole files/);
    });
  }

  it("has no secret in it, and neither has the message", async () => {
    const secret = `ghp_${"a1B2c3D4e5".repeat(4)}`;
    const asked: Asked[] = [];
    const files: ChangedFile[] = [
      { path: ".env", status: "added", added: 1, removed: 0, after: `TOKEN=${secret}\n` },
      { path: "config.yaml", status: "modified", added: 1, removed: 1, before: "apiKey: \"none\"\n", after: "apiKey: hunter2hunter2\n" },
      { path: "src/a.ts", status: "modified", added: 1, removed: 1, before: "export const token = \"\";\n", after: `export const token = "${secret}";\n` },
    ];
    const message = await write({ ...guard, files }, speaker(`set token to ${secret}`, asked));
    const everything = JSON.stringify([asked, message]);
    assert.ok(!everything.includes(secret) && !everything.includes("hunter2"), everything);
  });
});

describe("names in a sentence", () => {
  it("are looked up in the diff", async () => {
    const syntax = await openForTests("typescript");
    const vocabulary = vocabularyOf(findFacts(guard, syntax));
    const unknown = (text: string): string[] => ground(text, vocabulary).unknown;
    assert.deepEqual(unknown("handle a missing User in getDisplayName()"), []);
    assert.deepEqual(unknown("update `display-name.ts` for JSON and the README"), []);
    assert.deepEqual(unknown("call fooBar and user_name in Widget"), ["fooBar", "user_name", "Widget"]);
    assert.equal(ground("use GetDisplayName", vocabulary).text, "use getDisplayName");
  });
});
