// The catalogue keeps to its schema, and says of every model what a person has to know before downloading it.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { fimFormats } from "../../src/core/completion/fim.js";
import { addressOf, pageOf, readCatalog } from "../../src/models/catalog.js";

const folder = join(__dirname, "../../models");
const read = (name: string): object => JSON.parse(readFileSync(join(folder, name), "utf8")) as object;

describe("the catalogue", () => {
  const catalog = readCatalog(folder);
  const validate = new Ajv({ allErrors: true, strict: false }).compile(read("catalog.schema.json"));

  it("keeps to its schema", () => {
    assert.ok(validate(read("catalog.json")), JSON.stringify(validate.errors, undefined, 2));
  });

  it("would be refused with an invented checksum, a branch, a model without a licence", () => {
    for (const change of [{ sha256: "unknown" }, { revision: "main" }, { licence: "" }, { surprise: true }, { file: "../model.gguf" }]) {
      const { models } = read("catalog.json") as { models: object[] };
      assert.equal(validate({ models: [{ ...models[1], ...change }] }), false, JSON.stringify(change));
    }
  });

  it("has no id, file or checksum twice", () => {
    for (const key of ["id", "file", "sha256"] as const) {
      const values = catalog.models.map((model) => model[key]).filter((value) => value !== undefined);
      assert.equal(new Set(values).size, values.length, key);
    }
  });

  it("names a known prompt format for every completion model", () => {
    const known = new Set(fimFormats.map(({ family }) => family));
    for (const { id, roles, fim } of catalog.models) assert.ok(!roles.includes("completion") || known.has(fim ?? ""), id);
  });

  it("has the models that were promised, and marks what may not be used for work", () => {
    const ids = catalog.models.map(({ id }) => id);
    for (const id of [
      "inkling-nano", "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b", "qwen2.5-coder-1.5b-instruct", "granite-4.0-350m", "qwen3-0.6b", "phi-3-mini-4k-instruct",
      "tinyllama-1.1b-chat", "gemma-2-2b-it", "ministral-3-3b-instruct",
    ]) assert.ok(ids.includes(id), id);
    assert.deepEqual(catalog.models.filter(({ nonCommercial }) => nonCommercial).map(({ id }) => id), ["qwen2.5-coder-3b"]);
  });

  it("leads to a pinned file, on the mirror where there is one", () => {
    const model = catalog.models.find(({ id }) => id === "qwen2.5-coder-0.5b")!;
    const path = "ggml-org/Qwen2.5-Coder-0.5B-Q8_0-GGUF/resolve/5788aee90e725673490be18f553d234feaa8303d/qwen2.5-coder-0.5b-q8_0.gguf";
    assert.equal(addressOf(model, catalog)?.url.href, `https://huggingface.co/${path}`);
    for (const mirror of ["https://mirror.example/hf", "https://mirror.example/hf/"]) {
      const address = addressOf(model, catalog, mirror);
      assert.equal(address?.url.href, `https://mirror.example/hf/${path}`);
      assert.equal(address.hosts[0], "mirror.example");
    }
    assert.throws(() => addressOf(model, catalog, "mirror"), TypeError);
    assert.throws(() => addressOf(model, catalog, "file:///etc"), TypeError);
    assert.equal(addressOf(catalog.models[0]!, catalog), undefined);
    assert.equal(pageOf(model, catalog)?.href, "https://huggingface.co/ggml-org/Qwen2.5-Coder-0.5B-Q8_0-GGUF");
  });
});
