// That the process which reads code cannot talk: every door of Node, and the system calls of the real worker at work.
import { strict as assert } from "node:assert";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { writeTinyModel } from "../fixtures/gguf.js";

const ROOT = resolve(__dirname, "../..");

describe("the worker's network", function () {
  this.timeout(20_000);
  const folder = mkdtempSync(join(tmpdir(), "inkling-network-"));
  after(() => rmSync(folder, { recursive: true }));

  it("is closed, door by door", () => {
    const outfile = join(folder, "doors.mjs");
    buildSync({ entryPoints: [resolve(__dirname, "doors.ts")], outfile, bundle: true, platform: "node", format: "esm" });
    const addon = join(ROOT, "node_modules/@node-llama-cpp", `${process.platform}-${process.arch}`, "bins", `${process.platform}-${process.arch}`, "llama-addon.node");
    const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: "utf8", env: { ...process.env, INKLING_TEST_ADDON: addon }, input: "" });
    const results = JSON.parse(stdout || JSON.stringify({ crashed: stderr })) as Record<string, string>;
    const open = Object.entries(results).filter(([, result]) => result !== "ERR_INKLING_CLOSED");
    // Node 20 has no WebSocket; what does not exist is closed.
    assert.deepEqual(open.filter(([name]) => name !== "WebSocket" || "WebSocket" in globalThis), []);
    assert.ok(Object.keys(results).length > 60);
  });

  it("is not touched by a worker that completes code (system calls)", async function () {
    if (spawnSync("strace", ["-V"]).status !== 0) return this.skip(); // Linux, with strace installed
    const model = join(folder, "tiny.gguf");
    const trace = join(folder, "trace");
    writeTinyModel(model);
    const worker = resolve(__dirname, "../../dist/worker.mjs");
    const traced = spawn("strace", ["-f", "-e", "trace=%network,%process", "-o", trace, process.execPath, worker, "--stdio"]);
    traced.stdin.write(conversation(model));
    let output = "";
    traced.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('"id":2')) traced.stdin.end(); // which ends the worker
    });
    await once(traced, "exit");
    assert.match(output, /"insertText":"value\(1\);"/, "it did complete");
    const calls = readFileSync(trace, "utf8").split("\n");
    const sockets = calls.filter((call) => /\b(socket|socketpair|connect|bind|listen|sendto|sendmsg)\(/.test(call));
    assert.deepEqual(sockets, []);
    assert.equal(calls.filter((call) => /\bexecve\(/.test(call)).length, 1, "only node itself was executed");
  });
});

/** Everything that a client would send, at once: start, open, complete, end. */
function conversation(modelFile: string): string {
  const uri = "file:///tmp/a.ts";
  const messages = [
    { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {}, initializationOptions: { modelFile } } },
    { method: "initialized", params: {} },
    { method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "typescript", version: 1, text: "const a = \n" } } },
    { id: 2, method: "textDocument/inlineCompletion", params: { textDocument: { uri }, position: { line: 0, character: 10 }, context: { triggerKind: 1 } } },
  ];
  return messages.map((message) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  }).join("");
}
