// 300 damaged model files: cut, flipped, foreign, zero, with giant counts, with parts that contradict each other. Each is refused within a
// second, with a reason, and without the memory that it claims to need.
import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeNote, writeNote } from "../../src/models/note.js";
import { verifyModel } from "../../src/models/verify.js";
import { families, type FamilyName, writeFamilyModel } from "../fixtures/families.js";
import { randomBits } from "../fixtures/gguf-format.js";

const LIMIT_MS = 1000;
const LIMIT_BYTES = 150 << 20;

describe("damaged model files", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "inkling-damaged-"));
  const file = join(folder, "model.gguf");
  after(() => rmSync(folder, { recursive: true }));
  const random = randomBits(300);
  const below = (n: number): number => random() % n;
  const names = Object.keys(families) as FamilyName[];
  const models = names.map((family) => {
    const path = join(folder, `${family}.gguf`);
    writeFamilyModel(path, family);
    return readFileSync(path);
  });
  const model = (): Buffer => Buffer.from(models[below(models.length)]!);
  /** A random place of a text in the file, which is where the lengths before it can be damaged. */
  const placeOf = (bytes: Buffer, text: string): number => {
    const at = bytes.indexOf(text);
    assert.ok(at > 8, text);
    return at;
  };
  const withNumber = (bytes: Buffer, at: number, value: bigint): Buffer => {
    bytes.writeBigUInt64LE(value, at);
    return bytes;
  };
  const giants = [1n << 60n, (1n << 64n) - 1n, 1n << 63n, 1n << 40n, (1n << 31n) - 1n, 1n << 32n, 900_000_000n];
  const giant = (): bigint => giants[below(giants.length)]!;

  let remembered = "";
  const kinds: Record<string, (() => Buffer)[]> = {
    cut: [() => { const bytes = model(); return bytes.subarray(0, below(bytes.length - 40)); }],
    flipped: [() => { // one bit anywhere: the checksum that was remembered when it was downloaded tells
      const bytes = model();
      remembered = createHash("sha256").update(bytes).digest("hex");
      bytes[below(bytes.length)]! ^= 1 << below(8);
      return bytes;
    }],
    foreign: [
      () => Buffer.from("<!DOCTYPE html><html><head><title>Sign in</title>"), () => Buffer.from('{"error":"Repository not found"}'),
      () => Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(5000, 7)]), () => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(900)]),
      () => Buffer.from("\u007fELF\u0002\u0001\u0001".padEnd(900, "\0")), () => Buffer.concat([Buffer.from("lmgg"), Buffer.alloc(4000, 1)]),
      () => Buffer.from(Array.from({ length: 4096 }, () => below(256))), () => Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4\n"),
      () => { const bytes = model(); return Buffer.concat([bytes.subarray(1), Buffer.from([0])]); },
    ],
    zero: [
      () => Buffer.alloc(0), () => Buffer.alloc(1 + below(100_000)), () => Buffer.concat([Buffer.from("GGUF"), Buffer.alloc(below(5000))]),
      () => { const bytes = model(); return bytes.fill(0, 24 + below(200), 300 + below(4000)); },
    ],
    giant: [
      () => withNumber(model(), 8, giant()), () => withNumber(model(), 16, giant()), () => withNumber(model(), 24, giant()),
      () => { const bytes = model(); return withNumber(bytes, placeOf(bytes, "general.name") - 8, giant()); },
      () => { const bytes = model(); return withNumber(bytes, placeOf(bytes, "general.name") + 16, giant()); },
      () => { const bytes = model(); return withNumber(bytes, placeOf(bytes, "tokenizer.ggml.tokens") + 29, giant()); },
      () => { const bytes = model(); return withNumber(bytes, placeOf(bytes, "token_embd.weight") - 8, giant()); },
      () => { const bytes = model(); return withNumber(bytes, placeOf(bytes, "token_embd.weight") + 21, giant()); },
      () => { const bytes = model(); bytes.writeUInt32LE(Number(giant() & 0xffff_ffffn) || 77, placeOf(bytes, "token_embd.weight") + 17); return bytes; },
    ],
    contradictory: [
      () => { const bytes = model(); bytes.write("output_norm.weigh", placeOf(bytes, "token_embd.weight")); return bytes; },
      () => { const bytes = model(); return withNumber(bytes, placeOf(bytes, "token_embd.weight") + 21, 96n); },
      () => { const bytes = model(); return withNumber(bytes, placeOf(bytes, "token_embd.weight") + 29, 5n); },
      () => { const bytes = model(); return withNumber(bytes, placeOf(bytes, "output_norm.weight") + 34, 64n); },
      () => { const bytes = model(); bytes.writeUInt32LE(0x7fff_ffff, placeOf(bytes, ".block_count") + 16); return bytes; },
      () => { const bytes = model(); bytes.writeUInt32LE(0, placeOf(bytes, ".context_length") + 19); return bytes; },
      () => { const bytes = model(); bytes.writeUInt32LE(9, placeOf(bytes, "tokenizer.ggml.tokens") + 25); return bytes; },
      () => { const bytes = model(); bytes.write("general.nape", placeOf(bytes, "general.architecture")); return bytes; },
      () => { const bytes = model(); const at = placeOf(bytes, "blk.1."); bytes.write("blk.9.", at); return bytes; },
    ],
  };

  it("the models are right before they are damaged", async () => {
    for (const bytes of models) {
      writeFileSync(file, bytes);
      assert.equal(await verifyModel(file), undefined);
    }
  });

  for (const [kind, makers] of Object.entries(kinds)) {
    it(`50 ${kind}: each is refused in time, with a reason`, async () => {
      let slowest = 0;
      const before = process.memoryUsage().rss;
      for (let i = 0; i < 50; i += 1) {
        const bytes = makers[i % makers.length]!();
        writeFileSync(file, bytes);
        removeNote(file);
        if (kind === "flipped") writeNote(file, { from: "", bytes: bytes.length, sha256: remembered, mtimeMs: 0 });
        const started = performance.now();
        const problem = await verifyModel(file);
        slowest = Math.max(slowest, performance.now() - started);
        assert.ok(problem, `${kind} ${i} was accepted`);
        assert.match(problem.message, /^model\.gguf \w.* .*\.$/);
      }
      const grown = process.memoryUsage().rss - before;
      console.log(`      slowest ${slowest.toFixed(0)} ms, memory +${(grown / 2 ** 20).toFixed(0)} MB`);
      assert.ok(slowest <= LIMIT_MS && grown < LIMIT_BYTES, `${slowest} ms, ${grown} bytes`);
    });
  }

  it("bits flipped in the header of a file that nobody has a checksum of: many are noticed, none takes long", async () => {
    let noticed = 0;
    const flips = 300;
    for (let i = 0; i < flips; i += 1) {
      const bytes = model();
      bytes[below(bytes.indexOf("token_embd.weight") + 2000)]! ^= 1 << below(8);
      writeFileSync(file, bytes);
      const started = performance.now();
      if (await verifyModel(file)) noticed += 1;
      assert.ok(performance.now() - started < LIMIT_MS);
    }
    console.log(`      ${noticed} of ${flips} noticed; the others change a text or a value that could be right`);
    assert.ok(noticed > flips / 3);
  });

  it("a file of gigabytes whose counts fit into it is not read to the end", async () => {
    const bytes = Buffer.from(models[0]!);
    writeFileSync(file, withNumber(bytes, placeOf(bytes, "tokenizer.ggml.tokens") + 29, 3_900_000n));
    truncateSync(file, 6 * 2 ** 30); // sparse: zeros, and zeros are empty strings
    assert.equal(statSync(file).size, 6 * 2 ** 30);
    const started = performance.now();
    assert.ok(await verifyModel(file));
    assert.ok(performance.now() - started < LIMIT_MS);
  });
});
