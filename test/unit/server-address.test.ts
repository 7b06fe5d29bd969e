// Which servers may be asked: this machine always, another one only by its exact name; and how the extension asks.
import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { chooseServer } from "../../src/extension/server/address.js";
import { relay } from "../../src/extension/server/relay.js";
import type { ServerPart, ServerRequest } from "../../src/protocol/server.js";
import { startFakeServer } from "../fixtures/model-server.js";

describe("the address of a model server", () => {
  for (const url of ["http://127.0.0.1:8080", "http://localhost:11434/", "http://[::1]:8000", "https://127.8.9.10", "http://0x7f.1:80", "http://2130706433:1234"]) {
    it(`${url} is this machine`, () => assert.equal(chooseServer({ url }).kind, "server"));
  }

  for (const url of [
    "http://192.168.1.5:8080", "http://0.0.0.0:8080", "http://models.example.org", "http://127.0.0.1.example.org", "http://localhost.example.org:1", "http://[::]:80",
    "http://[::ffff:10.0.0.1]:80",
  ]) {
    it(`${url} is not`, () => {
      const choice = chooseServer({ url });
      assert.ok(choice.kind === "refused");
      assert.match(choice.reason, /is not this machine: it gets code only if inkling\.server\.allowHost is ".+"/);
    });
  }

  for (const url of ["127.0.0.1:8080", "file:///etc/passwd", "ftp://127.0.0.1", "http://user:secret@127.0.0.1", "http://127.0.0.1@example.org", "nonsense"]) {
    it(`${url} is no address of a server`, () => {
      const choice = chooseServer({ url });
      assert.ok(choice.kind === "refused");
      assert.match(choice.reason, /is not an address such as/);
    });
  }

  it("may be another machine whose exact name is allowed", () => {
    assert.equal(chooseServer({ url: "http://models.example.org:8000", allowHost: "models.example.org" }).kind, "server");
    assert.equal(chooseServer({ url: "http://Models.Example.org:8000", allowHost: "MODELS.example.org" }).kind, "server");
    for (const allowHost of ["example.org", "*", "", "other.example.org", 1, null]) {
      assert.equal(chooseServer({ url: "http://models.example.org:8000", allowHost }).kind, "refused", String(allowHost));
    }
  });

  it("is none when nothing is set", () => {
    for (const url of [undefined, "", "  ", 5]) assert.deepEqual(chooseServer({ url }), { kind: "none" });
  });
});

describe("the relay", () => {
  const ask = async (url: string, request: Partial<ServerRequest>, signal = new AbortController().signal): Promise<{ outcome: object; text: string }> => {
    let text = "";
    const outcome = await relay(new URL(url), { id: 1, path: "/v1/models", ...request }, (part: ServerPart) => text += part.text, signal);
    return { outcome, text };
  };

  it("hands back status and text", async () => {
    const server = await startFakeServer({ api: "openai" });
    const { outcome, text } = await ask(server.url, {});
    assert.deepEqual(outcome, { kind: "answered", status: 200 });
    assert.match(text, /team-coder/);
    assert.deepEqual((await ask(server.url, { path: "/infill", body: "{}" })).outcome, { kind: "answered", status: 404 });
    await server.close();
  });

  it("stops the server when it is told to, garbage collection or not", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const server = await startFakeServer({ api: "llama.cpp", tokens: Array.from({ length: 400 }, () => "x"), delayMs: 20 });
    const controller = new AbortController();
    const asking = ask(server.url, { path: "/infill", body: "{}" }, controller.signal);
    for (let round = 0; round < 10; round += 1) {
      await delay(20);
      collect();
    }
    controller.abort();
    assert.equal(((await asking).outcome as { kind: string }).kind, "unreachable");
    await delay(50);
    assert.equal(server.aborted, 1);
    await server.close();
  });

  it("asks only what Inkling asks", async () => {
    const server = await startFakeServer({ api: "openai" });
    const { outcome } = await ask(server.url, { path: "/admin" as ServerRequest["path"] });
    assert.deepEqual(outcome, { kind: "unreachable", message: "/admin is none of the paths that may be asked" });
    assert.deepEqual(server.asked, []);
    await server.close();
  });

  it("does not follow a server that sends it elsewhere", async () => {
    const other = await startFakeServer({ api: "openai" });
    const server = await startFakeServer({ api: "openai", redirectTo: other.url });
    const { outcome } = await ask(server.url, { path: "/v1/completions", body: "{\"prompt\":\"secret\"}" });
    assert.equal((outcome as { kind: string }).kind, "unreachable");
    assert.deepEqual(other.asked, []);
    await Promise.all([server.close(), other.close()]);
  });

  it("keeps the path of the address, and says why nobody answered", async () => {
    const server = await startFakeServer({ api: "openai" });
    await ask(`${server.url}/team/`, {});
    assert.equal(server.asked[0]?.path, "/team/v1/models");
    await server.close();
    assert.deepEqual((await ask(server.url, {})).outcome, { kind: "unreachable", message: "ECONNREFUSED" });
  });
});
