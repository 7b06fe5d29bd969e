// Damaged model files of every kind: each is refused with a sentence that names the file, quickly and without reading what it claims to hold.
import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readGgufHeader } from "../../src/models/gguf.js";
import { verifyModel } from "../../src/models/verify.js";
import { tinyModel } from "../fixtures/gguf.js";

describe("verifyModel", () => {
  const model = tinyModel();
  let folder: string;
  before(() => { folder = mkdtempSync(join(tmpdir(), "inkling-models-")); });
  after(() => rmSync(folder, { recursive: true }));

  const file = (content: string | Buffer): string => {
    const path = join(folder, "some-model.gguf");
    writeFileSync(path, content);
    return path;
  };
  const header = (version: number, tensors: bigint, entries: bigint, rest: Buffer = Buffer.alloc(0)): Buffer => {
    const bytes = Buffer.alloc(24);
    bytes.write("GGUF");
    bytes.writeUInt32LE(version, 4);
    bytes.writeBigUInt64LE(tensors, 8);
    bytes.writeBigUInt64LE(entries, 16);
    return Buffer.concat([bytes, rest]);
  };
  const u64 = (value: bigint): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value);
    return bytes;
  };
  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  /** A metadata entry named `key` with this type and value. */
  const entry = (type: number, value: Buffer): Buffer => Buffer.concat([u64(3n), Buffer.from("key"), u32(type), value]);

  it("accepts a good file", async () => {
    assert.equal(await verifyModel(file(model)), undefined);
  });

  it("knows the size of a good file to the byte", () => {
    const { neededBytes, metadata, tensorCount } = readGgufHeader(file(model));
    assert.ok(model.length - neededBytes < 32, `${model.length} bytes, ${neededBytes} needed`);
    assert.equal(metadata.get("general.name"), "inkling-tiny");
    assert.equal(metadata.get("tokenizer.ggml.tokens"), 262);
    assert.equal(tensorCount, 14);
  });

  /** The model with `a` in the place of `b`: llama.cpp ends the process that loads it. */
  const repeated = (): Buffer => {
    const copy = Buffer.from(model);
    const at = copy.indexOf(Buffer.concat([u64(1n), Buffer.from("a"), u64(1n), Buffer.from("b")]));
    copy.write("a", at + 17);
    return copy;
  };

  const giant = 1n << 60n;
  const damaged: [what: string, content: string | Buffer, code: string, says: RegExp][] = [
    ["an empty file", "", "empty", /is empty/],
    ["a page of HTML", "<!DOCTYPE html><title>404</title>", "not-gguf", /does not begin with/],
    ["three bytes", "GGU", "not-gguf", /does not begin with/],
    ["the magic alone", "GGUF", "truncated", /cut off/],
    ["another version", header(99, 1n, 1n), "not-gguf", /version 99/],
    ["a file of the other byte order", header(3 << 24, 1n, 1n), "not-gguf", /version/],
    ["a giant number of tensors", header(3, giant, 1n), "not-gguf", /claims/],
    ["a giant number of entries", header(3, 1n, giant), "not-gguf", /claims/],
    ["more entries than could fit", header(3, 1n, 60_000n), "truncated", /claims/],
    ["a giant key", header(3, 0n, 1n, Buffer.concat([u64(giant), Buffer.alloc(100)])), "not-gguf", /claims/],
    ["a giant string", header(3, 0n, 1n, Buffer.concat([entry(8, u64(giant)), Buffer.alloc(100)])), "not-gguf", /claims/],
    ["a giant array", header(3, 0n, 1n, Buffer.concat([entry(9, Buffer.concat([u32(8), u64(giant)])), Buffer.alloc(100)])), "truncated", /claims/],
    ["an array of arrays", header(3, 0n, 1n, Buffer.concat([entry(9, Buffer.concat([u32(9), u64(1n)])), Buffer.alloc(100)])), "not-gguf", /unknown type/],
    ["an unknown value type", header(3, 0n, 1n, entry(77, Buffer.alloc(100))), "not-gguf", /unknown type 77/],
    ["a vocabulary without a model", header(3, 0n, 1n, entry(4, u32(1))), "not-gguf", /without a model/],
    ["a token that is there twice", repeated(), "not-gguf", /vocabulary has "a" twice, as tokens 97 and 98/],
    ["a file cut in the header", model.subarray(0, 1000), "truncated", /cut off/],
    ["a file cut in the tensors", model.subarray(0, model.length - 1000), "truncated", /of at least/],
  ];
  for (const [what, content, code, says] of damaged) {
    it(`refuses ${what}`, async () => {
      const started = performance.now();
      const memory = process.memoryUsage().rss;
      const problem = await verifyModel(file(content));
      assert.equal(problem?.code, code, problem?.message);
      assert.match(problem.message, says);
      assert.match(problem.message, /^some-model\.gguf .+\.$/);
      assert.ok(performance.now() - started < 200, "took too long");
      assert.ok(process.memoryUsage().rss - memory < 50 << 20, "took too much memory");
    });
  }

  it("refuses every file that is cut anywhere", async () => {
    const path = file(model);
    for (let length = model.length - 64; length > 0; length = Math.floor(length * 0.9)) {
      truncateSync(path, length);
      assert.ok(await verifyModel(path), `${length} bytes were accepted`);
    }
  });

  it("survives any damaged byte of the header", async () => {
    const { length } = model.subarray(0, 5600);
    for (let at = 0; at < length; at += 7) {
      const copy = Buffer.from(model);
      copy[at] = copy[at]! ^ 0xff;
      await verifyModel(file(copy)); // whatever it says: no exception, no endless loop
    }
  }).timeout(20_000);

  it("names a file that does not exist", async () => {
    const problem = await verifyModel(join(folder, "nowhere.gguf"));
    assert.equal(problem?.code, "missing");
    assert.match(problem.message, /^nowhere\.gguf does not exist/);
  });

  it("refuses a folder", async () => {
    assert.equal((await verifyModel(folder))?.code, "missing");
  });

  it("compares the checksum of a file that the catalogue beside it knows", async () => {
    const path = file(model);
    const sha256 = createHash("sha256").update(model).digest("hex");
    const catalog = (sum: string): void =>
      writeFileSync(join(folder, "catalog.json"), JSON.stringify({ models: [{ file: "some-model.gguf", bytes: model.length, sha256: sum }] }));
    catalog(sha256);
    assert.equal(await verifyModel(path), undefined);
    catalog(sha256.replace(/^./, (digit) => (digit === "0" ? "1" : "0")));
    assert.equal((await verifyModel(path))?.code, "checksum");
    writeFileSync(join(folder, "catalog.json"), JSON.stringify({ models: [] }));
    assert.equal(await verifyModel(path), undefined);
  });
});
