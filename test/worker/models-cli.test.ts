// `inkling models` as a user calls it.
import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readCatalog } from "../../src/models/catalog.js";
import { startBigFileServer } from "../fixtures/big-file-server.js";
import { writeFamilyModel } from "../fixtures/families.js";

const cli = resolve(__dirname, "../../dist/cli.js");
const entry = readCatalog(resolve(__dirname, "../../models")).models.find(({ id }) => id === "granite-4.0-350m")!;

describe("the command line for models", function () {
  this.timeout(60_000);
  const disk = mkdtempSync(join(tmpdir(), "inkling-models-cli-"));
  const folder = join(disk, "models");
  const granite = join(disk, "granite.gguf");
  const chat = join(disk, "tinyllama.gguf");
  before(() => {
    writeFamilyModel(granite, "granite4");
    writeFamilyModel(chat, "tinyllama");
  });
  after(() => rmSync(disk, { recursive: true }));
  const inkling = async (...args: string[]): Promise<{ code: number | null; out: string; err: string }> => {
    const child = spawn(process.execPath, [cli, "models", ...args], { env: { ...process.env, INKLING_MODELS: folder } });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => { out += chunk.toString(); });
    child.stderr.on("data", (chunk: Buffer) => { err += chunk.toString(); });
    const code = await new Promise<number | null>((ended) => child.once("close", ended));
    return { code, out, err };
  };

  it("lists the catalogue with what fits", async () => {
    const { code, out } = await inkling("list");
    assert.equal(code, 0);
    assert.match(out, /^inkling-nano +completion +6 MB +\w[\w ]*: \d+ MB +here +Apache-2\.0$/m);
    assert.match(out, /^qwen2\.5-coder-3b .*not for commercial use/m);
    const rows = JSON.parse((await inkling("list", "--json")).out) as { id: string; memory: number }[];
    assert.ok(rows.every(({ memory }) => memory > 1e8));
  });

  it("tells what a file is", async () => {
    const { out } = await inkling("info", granite);
    assert.match(out, /^architecture +granite$/m);
    assert.match(out, /^fim +granite-4$/m);
    assert.match(out, /^chat +yes/m);
    assert.match((await inkling("info", entry.id)).out, new RegExp(`^sha256 +${entry.sha256}$`, "m"));
  });

  it("imports a file, finds it sound, and notices when it is not any more", async () => {
    const imported = await inkling("import", granite);
    assert.equal(imported.code, 0, imported.err);
    const copy = join(folder, "granite.gguf");
    assert.ok(readFileSync(copy).equals(readFileSync(granite)));
    assert.match((await inkling("verify")).out, /inkling-nano\.gguf is sound\.\ngranite\.gguf is sound, and the file that was downloaded\./);
    truncateSync(copy, 300_000);
    const { code, out } = await inkling("verify", copy);
    assert.equal(code, 1);
    assert.match(out, /granite\.gguf is cut off/);
    rmSync(copy);
  });

  it("refuses to import what only has the name of a known model", async () => {
    const impostor = join(disk, entry.file);
    writeFamilyModel(impostor, "granite4");
    const { code, err } = await inkling("import", impostor);
    assert.equal(code, 1);
    assert.match(err, /SHA-256 differs/);
    assert.ok(!readdirSync(folder).some((name) => name.startsWith("granite-4.0")));
  });

  it("does not keep a download of another length", async () => {
    const server = await startBigFileServer([{ name: entry.file, head: readFileSync(granite), bytes: 1e6 }]);
    try {
      const { code, err } = await inkling("get", entry.id, "--mirror", server.url);
      assert.equal(code, 1);
      assert.match(err, /was not downloaded: the server has 1000000 bytes, and it should be 378138016\./);
      assert.ok(!existsSync(join(folder, entry.file)) && !existsSync(join(folder, `${entry.file}.part`)));
    } finally {
      await server.close();
    }
  });

  it("tries a model out", async () => {
    const { code, out } = await inkling("doctor", granite);
    assert.equal(code, 0);
    assert.match(out, /^ok +markers +of the family granite-4/m);
    assert.match(out, /^ok +engine +Granite 4\.0 350M was loaded/m);
    assert.match(out, /^weak a line +return first\[/m); // its weights are random
    const conversing = await inkling("doctor", chat);
    assert.match(conversing.out, /^FAIL markers .*cannot complete code/m);
    assert.equal(conversing.code, 0);
  });

  it("explains wrong calls", async () => {
    for (const [args, says] of [[[], /which command/], [["frob"], /no command frob/], [["get"], /exactly one/], [["get", "nope"], /no model nope/], [["info", "nope"], /neither/], [["get", entry.id, "--mirror", "nope"], /Invalid URL/]] as const) {
      const { code, err } = await inkling(...args);
      assert.ok(code !== 0);
      assert.match(err, says);
    }
  });
});
