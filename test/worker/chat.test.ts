// Chat over LSP with the real engine, on tiny models of each family with random weights: what they say is nonsense, but the prompt, the
// stream and the bookkeeping are the real ones.
import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { temporaryFolder } from "../../scripts/vscode/temporary.js";
import type { WorkerClient } from "../../src/cli/client.js";
import { type ChatAnswer, type ChatMeasure, chatMethods, type ChatModel, type ChatParams, type ChatPart, type ResolvedFact } from "../../src/protocol/chat.js";
import { type FamilyName, type FamilySize, writeFamilyModel } from "../fixtures/families.js";
import { openBench, uri } from "./start.js";

const bench = openBench();
const folder = temporaryFolder("chat");
const ask = (text: string): ChatParams => ({ messages: [{ role: "user", text }], maxTokens: 24, temperature: 0 });

async function start(family: FamilyName, size: FamilySize = {}): Promise<WorkerClient> {
  const chatModelFile = join(folder, `${family}-${Object.keys(size).length}.gguf`);
  writeFamilyModel(chatModelFile, family, size);
  return bench.start({ modelFile: bench.model({ answer: "value(1);" }), chatModelFile, folder });
}

describe("chat", function () {
  this.timeout(60_000);
  after(() => bench.close());

  for (const family of ["qwen2.5-coder-instruct", "llama3", "phi3", "gemma2", "mistral", "tinyllama"] as const) {
    it(`streams an answer from ${family}`, async () => {
      const worker = await start(family);
      const parts: ChatPart[] = [];
      const answer = await worker.request<ChatAnswer>(chatMethods.ask, ask("Why?"), { onPart: (part: ChatPart) => parts.push(part) });
      assert.ok(answer.kind === "answered" && answer.tokens.generated > 0 && answer.tokens.prompt > 3, JSON.stringify(answer));
      assert.ok(family === "gemma2" || parts.some(({ kind }) => kind === "text"), JSON.stringify(parts)); // Gemma's nonsense is half characters
      await worker.close();
    });
  }

  it("says which model it is, without loading it", async () => {
    const worker = await start("llama3");
    assert.deepEqual(await worker.request<ChatModel>(chatMethods.model, {}), { kind: "chat", name: "Llama 3 Instruct", window: 8192 });
    const completing = await bench.start({ modelFile: bench.model() });
    assert.equal((await completing.request<ChatModel>(chatMethods.model, {})).kind, "completion");
    const both = join(folder, "both.gguf");
    writeFamilyModel(both, "qwen2.5-coder-instruct");
    const one = await bench.start({ modelFile: both });
    assert.equal((await one.request<ChatModel>(chatMethods.model, {})).kind, "chat", "a completion model that can converse does both");
    const broken = join(folder, "broken.gguf");
    writeFileSync(broken, "GGUFnot really");
    const bad = await bench.start({ chatModelFile: broken });
    assert.equal((await bad.request<ChatModel>(chatMethods.model, {})).kind, "problem");
    await Promise.all([worker, completing, one, bad].map((each) => each.close()));
  });

  it("a marker that a person types costs its letters, not one token", async () => {
    const worker = await start("qwen2.5-coder-instruct", { seed: 2 });
    const used = async (text: string): Promise<number> => (await worker.request<ChatMeasure>(chatMethods.measure, ask(text))).used;
    const [nothing, marker] = [await used("a"), await used("a<|im_end|>")];
    assert.ok(marker - nothing >= 5, `${marker - nothing} tokens for the marker`);
    await worker.close();
  });

  it("is stopped at once and answers the next question, from its cache", async () => {
    const worker = await start("llama3", { dimensions: { layers: 4, feedForward: 2048, width: 256, heads: 4, kvHeads: 2, headSize: 64 } });
    const stop = new AbortController();
    let parts = 0;
    const long = worker.request<ChatAnswer>(chatMethods.ask, { ...ask("Tell me everything."), maxTokens: 4000 }, { signal: stop.signal, onPart: () => {
      parts += 1;
      if (parts === 4) stop.abort();
    } });
    await assert.rejects(long);
    const after = parts;
    const next = await worker.request<ChatAnswer>(chatMethods.ask, ask("Tell me everything."));
    assert.ok(next.kind === "answered" && next.tokens.reused > 0, JSON.stringify(next));
    assert.ok(parts - after <= 1, "nothing comes after the stop");
    await worker.close();
  });

  it("says how far it has read a long prompt", async () => {
    const worker = await start("llama3", { dimensions: { layers: 4, feedForward: 2048, width: 256, heads: 4, kvHeads: 2, headSize: 64 } });
    const parts: ChatPart[] = [];
    await worker.request<ChatAnswer>(chatMethods.ask, { ...ask("word and ".repeat(400)), maxTokens: 2 }, { onPart: (part: ChatPart) => parts.push(part) });
    const reading = parts.filter((part) => part.kind === "reading");
    assert.ok(reading.length > 1, JSON.stringify(parts));
    assert.ok(reading.every(({ done }, index) => index === 0 || done >= reading[index - 1]!.done));
    await worker.close();
  });

  it("fits a long conversation, says what it left out, and when a question is too long", async () => {
    const worker = await start("phi3", { dimensions: { context: 512 } });
    const turns = Array.from({ length: 20 }, (_, i) => [{ role: "user" as const, text: `Question ${i}` }, { role: "assistant" as const, text: "An answer of some words." }]).flat();
    const params = { messages: [...turns, { role: "user" as const, text: "Last?" }], maxTokens: 4 };
    const measure = await worker.request<ChatMeasure>(chatMethods.measure, params);
    assert.ok(measure.leftOut.turns > 0 && measure.used <= measure.window, JSON.stringify(measure));
    const answer = await worker.request<ChatAnswer>(chatMethods.ask, params);
    assert.ok(answer.kind === "answered" && answer.leftOut.turns === measure.leftOut.turns);
    const long = await worker.request<ChatAnswer>(chatMethods.ask, ask("long ".repeat(600)));
    assert.equal(long.kind, "too-long");
    await worker.close();
  });

  it("reads what is attached, blacks out secrets, and refuses what may hold them", async () => {
    const worker = await start("qwen3");
    const source = `export function area(r: number) {\n  return 3.14 * r * r;\n}\nconst apiKey = "sk-proj-a8f5f167f44f4964e6c998dee827110c";\n`;
    worker.openDocument(uri, "typescript", source);
    const secret = join(folder, ".env");
    writeFileSync(secret, "KEY=1");
    const onDisk = join(folder, "list.py");
    writeFileSync(onDisk, "def first(xs):\n    return xs[0]\n");
    const position = { line: 0, character: 0 };
    const facts = await worker.request<ResolvedFact[]>(chatMethods.facts, { items: [
      { kind: "file", uri }, { kind: "selection", uri, range: { start: { line: 1, character: 2 }, end: { line: 1, character: 10 } } },
      { kind: "file", uri: pathToFileURL(onDisk).href }, { kind: "file", uri: pathToFileURL(secret).href }, { kind: "file", uri: "file:///gone.ts" },
      { kind: "problems", problems: [{ uri, range: { start: position, end: position }, severity: "error", message: "It is wrong.", source: "ts" }] },
    ] });
    const [file, selection, python, env, gone, problems] = facts;
    assert.ok(file?.kind === "fact" && file.fact.text.includes("area(r: number)") && !file.fact.text.includes("a8f5f167"), JSON.stringify(file));
    assert.ok(file.tokens !== undefined && file.tokens > 20);
    assert.ok(selection?.kind === "fact" && selection.fact.text === "```typescript\n  return 3\n```", JSON.stringify(selection));
    assert.ok(python?.kind === "fact" && python.fact.text.startsWith("```python\ndef first"), JSON.stringify(python));
    assert.deepEqual(env, { kind: "refused", title: ".env", reason: "secret-file" });
    assert.deepEqual(gone, { kind: "refused", title: "gone.ts", reason: "missing" });
    assert.ok(problems?.kind === "fact" && problems.fact.text.includes("a.ts:1: error: It is wrong. (ts)") && problems.fact.text.includes("`export function area(r: number) {`"));
    await worker.close();
  });

  it("a model that cannot converse goes on with code, shows facts, and does not answer questions", async () => {
    const worker = await bench.start({ modelFile: bench.model({ answer: "value(1);" }) });
    await worker.ready;
    const said = async (params: ChatParams): Promise<{ answer: ChatAnswer; text: string }> => {
      let text = "";
      const answer = await worker.request<ChatAnswer>(chatMethods.ask, params, { onPart: (part: ChatPart) => { if (part.kind === "text") text += part.text; } });
      return { answer, text };
    };
    const code = await said({ ...ask("const x = "), languageId: "typescript" });
    assert.ok(code.answer.kind === "completed" && code.answer.code, JSON.stringify(code));
    assert.match(code.text, /^```typescript\nconst x = .*value\(1\);\n```$/);
    const question = await said(ask("How do I sort a list in Python?"));
    assert.deepEqual(question, { answer: { kind: "completed", model: "inkling-tiny", code: false, facts: false }, text: "" });
    const facts = await said({ messages: [{ role: "user", text: "What is in it?", facts: [{ title: "a.ts", text: "```ts\nfunction a()\n```" }] }] });
    assert.equal(facts.text.trim(), "**a.ts**\n\n```ts\nfunction a()\n```");
    assert.equal(await worker.request<ChatMeasure | null>(chatMethods.measure, ask("x")), null);
    await worker.close();
  });
});
