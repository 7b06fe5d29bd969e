// Who computes when: typing before everything else, one at a time, and nobody hangs.
import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { createCores, type CoreUser } from "../../src/worker/cores.js";
import { once } from "../../src/worker/once.js";

const typing: CoreUser = { priority: "typing" };
const background: CoreUser = { priority: "background" };
const never = new AbortController().signal;

describe("the cores", () => {
  const order: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    order.push(`${name} begins`);
    await delay(1);
    order.push(`${name} ends`);
  };
  beforeEach(() => { order.length = 0; });

  it("serve one at a time, whoever types first", async () => {
    const cores = createCores();
    await Promise.all([
      cores.run(background, never, work("chat 1")), cores.run(background, never, work("chat 2")), cores.run(typing, never, work("key")),
    ]);
    assert.deepEqual(order, ["chat 1 begins", "chat 1 ends", "key begins", "key ends", "chat 2 begins", "chat 2 ends"]);
  });

  it("are not taken by the background between two tokens of a completion", async () => {
    const cores = createCores();
    await cores.run(typing, never, work("token 1"));
    const chat = cores.run(background, never, work("chat"));
    await delay(5);
    await cores.run(typing, never, work("token 2"));
    await chat;
    assert.deepEqual(order, ["token 1 begins", "token 1 ends", "token 2 begins", "token 2 ends", "chat begins", "chat ends"]);
  });

  it("forget who gives up waiting, and go on after work that fails", async () => {
    const cores = createCores();
    const impatient = new AbortController();
    const first = assert.rejects(cores.run(typing, never, () => delay(5).then(() => { throw new Error("engine"); })), /engine/);
    const second = assert.rejects(cores.run(background, impatient.signal, work("never")), { name: "AbortError" });
    const third = cores.run(background, never, work("third"));
    impatient.abort();
    await Promise.all([first, second, third]);
    assert.deepEqual(order, ["third begins", "third ends"]);
    await assert.rejects(cores.run(typing, impatient.signal, work("too late")), { name: "AbortError" });
  });
});

describe("once", () => {
  it("makes a result a single time, and again what failed", async () => {
    let made = 0;
    const make = once(() => (made += 1) === 1 ? Promise.reject(new Error("not yet")) : Promise.resolve(made));
    await assert.rejects(make(), /not yet/);
    assert.equal(await make(), 2);
    assert.equal(await make(), 2);
  });
});
