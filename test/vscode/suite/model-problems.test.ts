// A model file that cannot be used: the status names the file and what is wrong, typing goes on, and a good file ends it.
import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import type { InklingApi } from "../../../src/extension/api.js";
import type { ModelProblemCode } from "../../../src/protocol/worker.js";
import { tinyModel } from "../../fixtures/gguf.js";
import { closeEditors, inkling, inklingSetting, openFile, temporaryFolder, type, until, useTinyModel } from "./editor.js";

/** Undefined: no such file. */
const files: Partial<Record<ModelProblemCode, () => Buffer | Uint8Array | undefined>> = {
  missing: () => undefined,
  empty: () => Buffer.alloc(0),
  truncated: () => tinyModel().subarray(0, 200_000),
  "not-gguf": () => Buffer.from("<!doctype html><title>404 Not Found</title>".repeat(50)),
  "no-fim": () => tinyModel({ fim: false }),
};

describe("model problems", function () {
  this.timeout(60_000);
  let api: InklingApi;
  before(async () => {
    api = await inkling();
    await openFile("");
  });
  after(async () => {
    await inklingSetting("modelFile", undefined);
    await closeEditors();
  });

  for (const [code, content] of Object.entries(files)) {
    it(`names a file that is ${code}, and the editor stays usable`, async () => {
      const file = path.join(temporaryFolder(), `model-${code}.gguf`);
      const bytes = content();
      if (bytes) fs.writeFileSync(file, bytes);
      await inklingSetting("modelFile", file);
      const problem = await until("the problem", () => {
        const status = api.status();
        return status.kind === "problem" && status.problem.kind === "model" && status.problem.problem.file === file && status.problem.problem;
      }, 20_000);
      assert.equal(problem.code, code);
      assert.ok(problem.message.includes(path.basename(file)), problem.message);

      const { document } = await openFile("a");
      await type("bc");
      assert.equal(document.getText(), "abc");
      await assert.rejects(api.ready(), { message: `Not ready: ${problem.message}` });
    });
  }

  it("ends with a file that works", async () => {
    await useTinyModel({ answer: "ok" });
    await until("ready", () => api.status().kind === "ready", 20_000);
    assert.equal(vscode.workspace.getConfiguration("inkling").get<string>("modelFile")?.endsWith("tiny.gguf"), true);
  });
});
