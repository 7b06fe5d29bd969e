// The engine itself, in this process: choice of tokens, text of tokens, and one generation at a time.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { defaultModelFile } from "../../src/cli/client.js";
import { loadEngine, type Engine } from "../../src/worker/engine.js";
import type { GenerateOptions, Step } from "../../src/core/model.js";
import { openBench } from "./start.js";

describe("the engine", function () {
  this.timeout(20_000);
  const bench = openBench();
  let engine: Engine;
  before(async () => {
    engine = await loadEngine({ modelFile: bench.model({ answer: "aé→b" }), maxThreads: 1, log: () => undefined });
  });
  after(async () => {
    await engine.dispose();
    await bench.close();
  });

  const prompt = (text: string): number[] => [...engine.tokenize(text), engine.fim!.middle];
  const options = (more: Partial<GenerateOptions> = {}): GenerateOptions => ({ maxTokens: 20, signal: new AbortController().signal, ...more });
  async function collect(steps: AsyncIterable<Step>): Promise<Step[]> {
    const all: Step[] = [];
    for await (const step of steps) all.push(step);
    return all;
  }

  it("names the model's markers", () => {
    assert.deepEqual(engine.fim, { prefix: 257, suffix: 258, middle: 259, fileSeparator: 260 });
    assert.equal(engine.specialToken("<|fim_suffix|>"), 258);
    assert.equal(engine.specialToken("<|nothing|>"), undefined);
    assert.equal(engine.specialToken("a"), undefined);
  });

  it("never takes text for a marker", () => {
    const tokens = engine.tokenize("a <|fim_middle|> b");
    assert.ok(tokens.every((token) => token < 256));
    assert.equal(engine.detokenize(tokens), "a <|fim_middle|> b");
  });

  it("cuts many texts together into the tokens that each has alone", async () => {
    const texts = ["", "12", "345 6", "1234567", "\n", "  \n\n", "é→", "\u0100", ...readFileSync("test/fixtures/files/mux.go", "utf8").split(/(?<=\n)/)];
    const nano = await loadEngine({ modelFile: defaultModelFile(), maxThreads: 1, log: () => undefined });
    for (const each of [texts, [...texts, "a\0b", "12\0"]]) assert.deepEqual(nano.tokenizeAll!(each), each.map((text) => nano.tokenize(text)));
    assert.deepEqual(engine.tokenizeAll!(texts), texts.map((text) => engine.tokenize(text)));
    await nano.dispose();
  });

  it("decodes to the model's own end", async () => {
    const { steps } = await engine.generate(prompt("x"), options());
    const all = await collect(steps);
    assert.equal(engine.detokenize(all.map((step) => step.token)), "aé→b");
    assert.ok(all.every((step) => step.probability > 0.99 && step.candidates === undefined));
  });

  it("leaves out bytes that do not yet make a character", async () => {
    const { steps } = await engine.generate(prompt("x"), options());
    const tokens = (await collect(steps)).map((step) => step.token);
    const growing = tokens.map((_, i) => engine.detokenize(tokens.slice(0, i + 1)));
    assert.deepEqual(growing, ["a", "a", "aé", "aé", "aé", "aé→", "aé→b"]);
  });

  it("decodes no more than it was asked to", async () => {
    const { steps } = await engine.generate(prompt("x"), options({ maxTokens: 2 }));
    assert.equal((await collect(steps)).length, 2);
  });

  it("reports candidates and lets the caller choose", async () => {
    const z = "z".charCodeAt(0);
    const { steps } = await engine.generate(prompt("x"), options({
      candidates: 5,
      maxTokens: 3,
      choose: (candidates) => {
        assert.equal(candidates.length, 5);
        assert.ok(candidates.every(({ probability }, i) => i === 0 || probability <= candidates[i - 1]!.probability));
        return candidates[0]!.ends ? candidates[0]!.token : z;
      },
    }));
    const all = await collect(steps);
    assert.deepEqual(all.map((step) => step.token), [z, z, z]);
    assert.equal(all[0]?.candidates?.[0]?.token, "a".charCodeAt(0));
  });

  it("keeps what two prompts share, and tells beforehand how much that is", async () => {
    const first = prompt("the same beginning, one");
    const second = prompt("the same beginning, two");
    await collect((await engine.generate(first, options())).steps);
    const shared = "the same beginning, ".length;
    assert.equal(engine.cached(second), shared);
    const { reused, steps } = await engine.generate(second, options());
    assert.equal(reused, shared);
    await collect(steps);
    const again = await engine.generate(second, options());
    assert.equal(again.reused, second.length - 1);
    await collect(again.steps);
  });

  it("keeps the prompt before, where the next one has nothing of it", async () => {
    const [first, other] = [prompt("what is typed on this line"), prompt("and now something else")];
    for (const each of [first, other, first]) await collect((await engine.generate(each, options())).steps);
    assert.deepEqual([engine.cached(first), engine.cached(other)], [first.length, other.length]);
  });

  it("gives the same answer after a reuse as without", async () => {
    await collect((await engine.generate(prompt("something else, long enough to be cut back"), options())).steps);
    const after = await collect((await engine.generate(prompt("something"), options())).steps);
    assert.equal(engine.detokenize(after.map((step) => step.token)), "aé→b");
  });

  it("lets nobody in before the one before has left", async () => {
    const order: string[] = [];
    const older = await engine.generate(prompt("older"), options());
    const newer = engine.generate(prompt("newer"), options()).then(({ steps }) => {
      order.push("newer begins");
      return collect(steps);
    });
    await collect(older.steps);
    order.push("older is done");
    await newer;
    assert.deepEqual(order, ["older is done", "newer begins"]);
  });

  it("is free again when the caller stops pulling, never pulls, or gives up", async () => {
    const { steps } = await engine.generate(prompt("stops"), options());
    for await (const step of steps) if (step.token > 0) break;
    const controller = new AbortController();
    const unpulled = await engine.generate(prompt("never pulls"), options({ signal: controller.signal }));
    controller.abort();
    await assert.rejects(collect(unpulled.steps), { name: "AbortError" });
    const holder = await engine.generate(prompt("holds"), options());
    const impatient = new AbortController();
    const waiting = assert.rejects(engine.generate(prompt("gives up"), options({ signal: impatient.signal })), { name: "AbortError" });
    impatient.abort();
    await waiting;
    await collect(holder.steps);
    assert.equal((await collect((await engine.generate(prompt("next"), options())).steps)).length, 7);
  });

  it("refuses what does not fit", async () => {
    await assert.rejects(engine.generate([], options()), RangeError);
    await assert.rejects(engine.generate(Array<number>(5000).fill(97), options()), RangeError);
  });
});
