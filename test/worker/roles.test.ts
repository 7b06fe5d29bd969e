// Two roles in one worker: completion and conversation, with the real engine. Each keeps its KV cache, and typing goes first.
import { strict as assert } from "node:assert";
import { existsSync, unlinkSync, writeFileSync } from "node:fs";
import { defaultModelFile } from "../../src/cli/client.js";
import type { Generation, LanguageModel } from "../../src/core/model.js";
import type { WorkerStatus } from "../../src/protocol/worker.js";
import { createConversationModels, ModelProblemError } from "../../src/worker/conversation.js";
import { forConversation, forTyping, startRuntime, type Engine, type Runtime } from "../../src/worker/engine.js";
import { openBench, slow } from "./start.js";

const never = new AbortController().signal;

describe("two roles of the engine", function () {
  this.timeout(30_000);
  const bench = openBench();
  let runtime: Runtime;
  before(async () => { runtime = await startRuntime({ log: () => undefined }); });
  after(() => bench.close());

  const prompt = (model: LanguageModel, text: string): number[] => [...model.tokenize(text), model.fim!.middle];
  const ask = (model: LanguageModel, text: string, maxTokens = 20): Promise<Generation> => model.generate(prompt(model, text), { maxTokens, signal: never });
  const rest = async ({ steps }: Generation, each: () => void = () => undefined): Promise<number[]> => {
    const tokens: number[] = [];
    for await (const { token } of steps) {
      tokens.push(token);
      each();
    }
    return tokens;
  };

  async function both(file: string): Promise<[completion: Engine, chat: Engine]> {
    return [await runtime.load(file, forTyping), await runtime.load(file, forConversation)];
  }

  it("keep their KV caches on the same weights, and give them back one by one", async () => {
    const [completion, chat] = await both(bench.model({ contextLength: 16_384 }));
    assert.deepEqual([completion.contextLength, chat.contextLength], [2304, 8192]);
    await rest(await ask(chat, "a long question"));
    await rest(await ask(completion, "something else"));
    assert.equal((await rest(await ask(chat, "a long question!"))).length, 9);
    assert.equal(chat.cached(prompt(chat, "a long question")), "a long question".length);
    await chat.dispose();
    assert.equal(chat.tokenize("still words").length, 11);
    assert.equal((await rest(await ask(completion, "something else"))).length, 9);
    await completion.dispose();
  });

  it("let typing go first between two tokens and between two chunks", async () => {
    const [completion, chat] = await both(bench.model(slow));
    const talk = await ask(chat, "x".repeat(300), 1000);
    let said = 0;
    const talking = talk.steps[Symbol.asyncIterator]();
    const pump = (async () => {
      while (said < 60 && !(await talking.next()).done) said += 1;
      await talking.return?.(undefined);
    })();
    const before = said;
    await rest(await ask(completion, "key", 10));
    assert.ok(said - before <= 2, `${said - before} tokens of the chat came before ten of the completion`);
    await pump;
    assert.equal(said, 60);

    const long = ask(chat, "y".repeat(2000), 1).then(() => "chat");
    assert.equal(await Promise.race([long, ask(completion, "another key", 5).then(rest).then(() => "key")]), "key");
    await long;
    await completion.dispose();
    await chat.dispose();
  });

  it("draws tokens by chance only where it is asked to", async () => {
    const chat = await runtime.load(defaultModelFile(), forConversation);
    const text = async (temperature: number): Promise<string> =>
      chat.detokenize(await rest(await chat.generate(prompt(chat, "const x"), { maxTokens: 40, signal: never, temperature })));
    assert.equal(await text(0), await text(0));
    assert.equal(await text(0.0001), await text(0));
    assert.notEqual(await text(2), await text(2));
    await chat.dispose();
  });

  it("know the template and turn markup into control tokens, but never text", async () => {
    const chat = await runtime.load(bench.model({ chatTemplate: "{{ messages }}" }), forConversation);
    assert.equal(chat.chatTemplate, "{{ messages }}");
    assert.equal(chat.eosText, "<|endoftext|>");
    assert.deepEqual(chat.tokenizeMarkup!("<|fim_pad|>"), [261]);
    assert.ok(chat.tokenize("<|fim_pad|>").every((token) => token < 256));
    await chat.dispose();
  });
});

describe("the model for conversation", function () {
  this.timeout(30_000);
  const bench = openBench();
  let runtime: Promise<Runtime>;
  before(() => { runtime = startRuntime({ log: () => undefined }); });
  after(() => bench.close());
  const open = (chatModelFile?: string): { models: ReturnType<typeof createConversationModels>; told: WorkerStatus[] } => {
    const told: WorkerStatus[] = [];
    const options = { modelFile: bench.model(), ...chatModelFile !== undefined && { chatModelFile } };
    return { models: createConversationModels(options, () => runtime, (status) => told.push(status), () => undefined), told };
  };

  it("is undefined where none is chosen; the completion's weights can be used beside it", async () => {
    const { models, told } = open();
    assert.equal(await models.chatModel(never), undefined);
    assert.equal((await models.backgroundModel(never)).name, "inkling-tiny");
    assert.deepEqual(told, []);
  });

  it("loads once, when it is first needed, and on when nobody waits any more", async () => {
    const { models, told } = open(bench.model({ name: "talker" }));
    assert.deepEqual(told, []);
    const impatient = new AbortController();
    const gone = assert.rejects(models.chatModel(impatient.signal), { name: "AbortError" });
    impatient.abort();
    await gone;
    const [first, second] = await Promise.all([models.chatModel(never), models.chatModel(never)]);
    assert.equal(first, second);
    assert.equal(first?.name, "talker");
    assert.deepEqual(told.map(({ state }) => state), ["loading", "ready"]);
  });

  it("says what is wrong with the file, and tries again", async () => {
    const file = bench.model();
    unlinkSync(file);
    const { models, told } = open(file);
    await assert.rejects(models.chatModel(never), (error) => error instanceof ModelProblemError && /does not exist/.test(error.message));
    assert.deepEqual(told.map(({ state }) => state), ["loading", "problem"]);
    writeFileSync(file, "<html>");
    await assert.rejects(models.chatModel(never), /is not a GGUF model/);
    assert.ok(existsSync(file));
  });
});
