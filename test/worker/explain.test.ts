// Explain and Document over LSP with the real engine: facts first, then a tiny model's words, checked against the code; the embedded model's
// comment; what is refused; what is cancelled.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DocumentAnswer, type ExplainAnswer, explainMethods, type ExplainParams, type ExplainPart } from "../../src/protocol/explain.js";
import type { WorkerClient } from "../../src/cli/client.js";
import { defaultModelFile } from "../../src/cli/client.js";
import { openBench, slow } from "./start.js";

const bench = openBench();
const source = readFileSync(join(__dirname, "../fixtures/explain/sessions.ts"), "utf8");
const uri = "file:///somewhere/sessions.ts";
const at = (line: number, last = line): ExplainParams => ({ textDocument: { uri }, range: { start: { line: line - 1, character: 2 }, end: { line: last - 1, character: line === last ? 2 : 200 } } });

/** Says the last thing that the tiny model knows how to answer: its answer. */
const template = "{% for message in messages %}{{ message.content }}\n{% endfor %}<|fim_middle|>";

describe("explain", function () {
  this.timeout(120_000);
  after(() => bench.close());

  async function start(chat?: Parameters<typeof bench.model>[0], modelFile = bench.model()): Promise<WorkerClient> {
    const worker = await bench.start({ modelFile, ...chat && { chatModelFile: bench.model({ chatTemplate: template, ...chat }) } });
    await worker.ready;
    worker.openDocument(uri, "typescript", source);
    return worker;
  }
  const explain = async (worker: WorkerClient, params: ExplainParams): Promise<{ answer: ExplainAnswer; parts: ExplainPart[] }> => {
    const parts: ExplainPart[] = [];
    return { answer: await worker.request<ExplainAnswer, ExplainPart>(explainMethods.explain, params, { onPart: (part) => parts.push(part) }), parts };
  };

  it("sends the facts first and then a chat model's words", async () => {
    const { answer, parts } = await explain(await start({ answer: "Hunts prey." }), at(47));
    assert.ok(answer.kind === "explained" && answer.words.by === "chat-model", JSON.stringify(answer));
    assert.equal(answer.title, "sweep");
    assert.match(answer.markdown, /`sweep` is a function \(lines 45–54\)/);
    assert.equal(parts[0]?.kind, "facts");
    assert.equal(parts.filter(({ kind }) => kind === "text").map((part) => part.kind === "text" ? part.text : "").join(""), "Hunts prey.");
    assert.deepEqual([answer.words.text, answer.words.dropped, answer.words.shortened], ["Hunts prey.", 0, false]);
  });

  it("does not show a name that is nowhere in the code", async () => {
    const { answer, parts } = await explain(await start({ answer: "Say getX." }), at(47));
    assert.ok(answer.kind === "explained" && answer.words.by === "chat-model");
    assert.deepEqual([answer.words.text, answer.words.dropped], ["", 1]);
    assert.deepEqual(parts.map(({ kind }) => kind), ["facts"]);
  });

  it("writes a comment from the facts where the completion model says nothing of use", async () => {
    const { answer } = await explain(await start(), at(97));
    assert.ok(answer.kind === "explained" && answer.words.by === "facts", JSON.stringify(answer));
    assert.match(answer.words.comment, /^\/\*\*\n \* Extends the recorder\.\n \*\n \* @returns `false` or `true`\n \*\/$/);
  });

  it("takes a sentence of the completion model that is about the code", async () => {
    const worker = await start(undefined, bench.model({ answer: "Exte-as,you." }));
    const answer = await worker.request<DocumentAnswer>(explainMethods.document, at(97));
    assert.ok(answer.kind === "documented" && answer.by === "completion-model", JSON.stringify(answer));
    assert.match(answer.edit.newText, /^ {2}\/\*\*\n {3}\* Exte-as,you\.\n/);
    assert.deepEqual(answer.edit.range, { start: { line: 95, character: 0 }, end: { line: 95, character: 0 } });
  });

  it("explains and documents with the embedded model, whatever that has to say", async () => {
    const worker = await start(undefined, defaultModelFile());
    const { answer } = await explain(worker, at(97));
    assert.ok(answer.kind === "explained" && (answer.words.by === "completion-model" || answer.words.by === "facts"), JSON.stringify(answer));
    assert.match(answer.words.comment, /^\/\*\*\n \* [A-Z].*[.!?]\n \*\n \* @returns/);
    const documented = await worker.request<DocumentAnswer>(explainMethods.document, at(97));
    assert.ok(documented.kind === "documented");
    worker.changeDocument(uri, documented.edit.newText, documented.edit.range);
    const again = await worker.request<DocumentAnswer>(explainMethods.document, at(102));
    assert.deepEqual([again.kind, again.kind === "refused" && again.message], ["refused", "extend has a doc comment already."], "never a second one");
  });

  it("refuses in a sentence", async () => {
    const worker = await start();
    worker.openDocument("file:///somewhere/.env", "plaintext", "KEY=1");
    worker.openDocument("file:///somewhere/big.ts", "typescript", "x".repeat(1_000_001));
    worker.openDocument("file:///somewhere/none.txt", "plaintext", "");
    const zero = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const reasons = [];
    for (const name of [".env", "big.ts", "none.txt", "unknown.ts"]) {
      const { answer } = await explain(worker, { textDocument: { uri: `file:///somewhere/${name}` }, range: zero });
      reasons.push(answer.kind === "refused" ? answer.reason : answer.kind);
      assert.ok(answer.kind === "refused" && /^[A-Z].*\.$/.test(answer.message));
    }
    assert.deepEqual(reasons, ["secret-file", "too-large", "nothing-here", "unknown-document"]);
    const documented = await worker.request<DocumentAnswer>(explainMethods.document, at(18));
    assert.equal(documented.kind === "refused" && documented.reason, "documented");
  });

  it("stops when it is cancelled, after the facts", async () => {
    const worker = await start({ ...slow });
    const stop = new AbortController();
    const parts: ExplainPart[] = [];
    const request = worker.request<ExplainAnswer, ExplainPart>(explainMethods.explain, at(47), { signal: stop.signal, onPart: (part) => {
      parts.push(part);
      stop.abort();
    } });
    await assert.rejects(request);
    assert.deepEqual(parts.map(({ kind }) => kind), ["facts"]);
    assert.equal(await worker.ping(), true);
  });
});
