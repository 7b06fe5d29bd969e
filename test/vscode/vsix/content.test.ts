// What the .vsix brings into a user's extension folder: everything that is needed, nothing else, and not too much.
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { contentsOf, MAX_BYTES, problemsOf } from "../../../scripts/package/content.js";
import { thisTarget } from "../../../scripts/package/targets.js";
import { installedFolder, ROOT, target } from "../ui/window.js";

describe("the .vsix", function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await installedFolder();
  });

  it(`is at most ${MAX_BYTES / 1e6} MB`, () => {
    const { size } = statSync(target);
    console.log(`      ${(size / 1e6).toFixed(1)} MB`);
    assert.ok(size <= MAX_BYTES, `${size} bytes`);
  });

  it("has everything that is needed, and nothing that does not belong", async () => {
    assert.deepEqual(problemsOf(await contentsOf(target), thisTarget()), []);
  });

  it("has the model byte by byte", () => {
    const model = "models/inkling-nano.gguf";
    assert.ok(readFileSync(join(folder, model)).equals(readFileSync(join(ROOT, model))));
  });

  it("has a manifest that names what exists, and nothing that only its builders need", () => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown> & { main: string; icon: string };
    assert.ok(existsSync(join(folder, manifest.main)));
    assert.ok(existsSync(join(folder, manifest.icon)));
    for (const field of ["scripts", "devDependencies", "dependencies", "overrides"]) assert.ok(!(field in manifest), field);
  });

  it("has the command line, which serves other editors", () => {
    const help = execFileSync(process.execPath, [join(folder, "dist/cli.js"), "lsp", "--help"], { encoding: "utf8" });
    assert.match(help, /^Usage: inkling lsp --stdio/);
  });
});

describe("the network", () => {
  it("is cut off while the .vsix is tested: there is nothing but the loopback device", function () {
    if (process.env["INKLING_TEST_OFFLINE"] === undefined) this.skip(); // this system lets nobody make a network namespace
    assert.deepEqual(Object.keys(networkInterfaces()), ["lo"]);
  });
});
