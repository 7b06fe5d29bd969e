// The command line as a user calls it: `inkling complete` and `inkling lsp`, their output, errors and exit codes.
import { strict as assert } from "node:assert";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { StreamMessageReader, StreamMessageWriter, createProtocolConnection } from "vscode-languageserver-protocol/node";
import { writeTinyModel } from "../fixtures/gguf.js";

const cli = resolve(__dirname, "../../dist/cli.js");

describe("the command line", function () {
  this.timeout(20_000);
  const folder = mkdtempSync(join(tmpdir(), "inkling-cli-"));
  const model = join(folder, "tiny.gguf");
  const file = join(folder, "half.ts");
  before(() => {
    writeTinyModel(model);
    writeFileSync(file, "export function half(total: number) {\n  const value = \n}\n");
  });
  after(() => rmSync(folder, { recursive: true }));
  const inkling = (...args: string[]): { code: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8", cwd: folder });
    return { code: status, out: stdout, err: stderr };
  };

  it("prints a completion", () => {
    assert.deepEqual(inkling("complete", "half.ts:2:17", "--model", model), { code: 0, out: "value(1);\n", err: "" });
  });

  it("prints everything about it as JSON, counted from 1", () => {
    const { code, out } = inkling("complete", `${file}:2:17`, "--model", model, "--json");
    const result = JSON.parse(out) as Record<string, unknown>;
    assert.equal(code, 0);
    assert.deepEqual(Object.keys(result), ["text", "range", "reason", "model", "timings", "tokens", "confidence"]);
    assert.deepEqual(result["range"], { start: { line: 2, column: 17 }, end: { line: 2, column: 17 } });
    assert.deepEqual(Object.keys(result["timings"] as object).sort(), ["contextMs", "decodeMs", "prefillMs", "totalMs"]);
    assert.deepEqual(Object.keys(result["tokens"] as object), ["prompt", "reused", "generated"]);
  });

  const mistakes: [what: string, args: string[], code: number, says: RegExp][] = [
    ["no command", [], 2, /^$/],
    ["an unknown command", ["frobnicate"], 2, /no command frobnicate/],
    ["no place", ["complete"], 2, /FILE:LINE:COL/],
    ["a place without a column", ["complete", "half.ts:2"], 2, /FILE:LINE:COL/],
    ["line 0", ["complete", "half.ts:0:1"], 2, /FILE:LINE:COL/],
    ["a line past the end", ["complete", "half.ts:99:1"], 2, /there is no line 99/],
    ["a column past the end", ["complete", "half.ts:2:99"], 2, /there is no column 99/],
    ["an unknown option", ["complete", "half.ts:1:1", "--frobnicate"], 2, /frobnicate/],
    ["a file that does not exist", ["complete", "nowhere.ts:1:1"], 1, /no such file/],
    ["a model that does not exist", ["complete", "half.ts:1:1", "--model", "nowhere.gguf"], 1, /nowhere\.gguf does not exist/],
    ["a model that is none", ["complete", "half.ts:1:1", "--model", "half.ts"], 1, /half\.ts is not a GGUF model/],
    ["a language server without a transport", ["lsp"], 2, /--stdio/],
  ];
  for (const [what, args, code, says] of mistakes) {
    it(`explains ${what}, without a stack`, () => {
      const result = inkling(...args);
      assert.equal(result.code, code, result.err);
      assert.match(result.err, says);
      assert.doesNotMatch(result.err, /\n\s+at /);
    });
  }

  it("helps", () => {
    assert.match(inkling("--help").out, /complete .*\n.*lsp/s);
    for (const command of ["complete", "lsp", "eval"]) assert.match(inkling(command, "--help").out, new RegExp(`inkling ${command}`));
  });

  it("serves other editors, which get completion announced", async () => {
    const server = spawn(process.execPath, [cli, "lsp", "--stdio"]);
    const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    connection.onUnhandledNotification(() => undefined);
    connection.listen();
    const { capabilities } = await connection.sendRequest<{ capabilities: Record<string, unknown> }>("initialize", {
      processId: null, rootUri: null, capabilities: {}, initializationOptions: { modelFile: model },
    });
    assert.equal(capabilities["inlineCompletionProvider"], true);
    await connection.sendNotification("initialized", {});
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    assert.deepEqual(await once(server, "exit"), [0, null]);
    connection.dispose();
  });
});
