// The folder of models, what is in it and what may come into it; the meter of a download; what a header tells of a model's family.
import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCatalog } from "../../src/models/catalog.js";
import { inspectFile } from "../../src/models/conformance.js";
import { createMeter } from "../../src/models/meter.js";
import { importable, importModel, removeModel, storedModels, unfinishedDownloads } from "../../src/models/store.js";
import { families, type Family, type FamilyName, writeFamilyModel } from "../fixtures/families.js";

describe("the store of models", () => {
  const disk = mkdtempSync(join(tmpdir(), "inkling-store-"));
  const folder = join(disk, "models");
  const catalog = readCatalog(join(__dirname, "../../models"));
  const { signal } = new AbortController();
  after(() => rmSync(disk, { recursive: true }));

  it("is empty where nothing was ever downloaded", () => {
    assert.deepEqual(storedModels(folder, catalog), []);
    assert.deepEqual(unfinishedDownloads(folder, catalog), []);
  });

  it("finds what can be imported by its first letters, copies it, and forgets it again", async () => {
    const share = join(disk, "share");
    mkdirSync(share);
    writeFamilyModel(join(share, "granite"), "granite4");
    writeFileSync(join(share, "page.gguf"), "<html>");
    assert.deepEqual(importable(share), [join(share, "granite")]);
    const result = await importModel(join(share, "granite"), folder, catalog, signal);
    assert.deepEqual(result, { ok: true, file: join(folder, "granite.gguf") });
    assert.deepEqual(storedModels(folder, catalog).map(({ file, note }) => [file, note?.bytes]), [[join(folder, "granite.gguf"), statSync(join(share, "granite")).size]]);
    const refused = await importModel(join(share, "page.gguf"), folder, catalog, signal);
    assert.ok(!refused.ok && refused.message.includes("is not a GGUF model"));
    removeModel(join(folder, "granite.gguf"));
    assert.deepEqual(readdirSync(folder), []);
  });

  it("knows an unfinished download by its entry", () => {
    const entry = catalog.models.find(({ id }) => id === "qwen2.5-coder-0.5b")!;
    writeFileSync(join(folder, `${entry.file}.part`), Buffer.alloc(100));
    writeFileSync(join(folder, `${entry.file}.part.json`), JSON.stringify({ url: "https://x/", total: entry.bytes }));
    assert.deepEqual(unfinishedDownloads(folder, catalog).map((one) => [one.entry.id, one.received, one.total]), [[entry.id, 100, entry.bytes]]);
    assert.deepEqual(storedModels(folder, catalog), []);
  });

  it("tells the family and the template of every model from its header", () => {
    for (const [family, plan] of Object.entries(families) as [FamilyName, Family][]) {
      const file = join(disk, "model.gguf");
      writeFamilyModel(file, family);
      const report = inspectFile(file);
      assert.equal(report.family !== undefined, plan.fim, family);
      assert.equal(report.converses, plan.template !== undefined, family);
      assert.equal(report.facts.architecture, plan.architecture);
    }
  });

  it("measures speed and the time that is left over the last seconds", () => {
    let now = 0;
    const meter = createMeter(() => now);
    for (; now <= 10_000; now += 50) meter.count(now * 1000, 100e6);
    const { received, bytesPerSecond, secondsLeft } = meter.read();
    assert.equal(received, 10e6);
    assert.ok(Math.abs(bytesPerSecond! - 1e6) < 2e4 && Math.abs(secondsLeft! - 90) < 3, `${bytesPerSecond} ${secondsLeft}`);
    meter.count(0, 100e6); // it began again
    assert.equal(meter.read().bytesPerSecond, undefined);
  });
});
