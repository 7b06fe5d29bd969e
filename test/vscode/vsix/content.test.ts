// What the .vsix brings into a user's extension folder: everything that is needed, nothing else, and not too much.
import { strict as assert } from "node:assert";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { languages } from "../../../src/core/syntax/languages.js";
import { installedFolder, ROOT, target } from "../ui/window.js";

const MAX_BYTES = 60e6;

describe("the .vsix", function () {
  this.timeout(60_000);
  let folder: string;
  let files: string[];
  before(async () => {
    folder = await installedFolder();
    files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(folder, name)).isFile());
  });

  it("is at most 60 MB", () => {
    const { size } = statSync(target);
    console.log(`      ${(size / 1e6).toFixed(1)} MB, ${files.length} files`);
    assert.ok(size <= MAX_BYTES, `${size} bytes`);
  });

  it("has the bundles, the model byte by byte, the licence and what VS Code shows of an extension", () => {
    for (const name of ["dist/extension.js", "dist/client.js", "dist/worker.mjs", "models/catalog.json", "LICENSE.txt", "changelog.md", "media/icon.png"]) {
      assert.ok(files.includes(name), name);
    }
    const model = "models/inkling-nano.gguf";
    assert.ok(readFileSync(join(folder, model)).equals(readFileSync(join(ROOT, model))), "the model");
  });

  it("has a grammar for every language, and no other", () => {
    const grammars = files.filter((name) => name.endsWith(".wasm")).map((name) => name.replace(/^dist\/grammars\/(tree-sitter-)?|\.wasm$/g, ""));
    assert.deepEqual(grammars.sort(), [...new Set(languages.map(({ grammar }) => grammar)), "web-tree-sitter"].sort());
    const queries = new Set(languages.flatMap((language) => language.queries));
    for (const query of queries) assert.ok(files.includes(`dist/grammars/${query}.scm`), query);
  });

  it("has the engine's binaries for one platform", () => {
    assert.equal(readdirSync(join(folder, "dist/node_modules/@node-llama-cpp")).length, 1);
  });

  it("has no sources, tests, maps, training data, or other people's node_modules", () => {
    const unwanted = files.filter((name) => /\.(ts|map|vsix|py|log)$|^(src|test|scripts|examples|shots|node_modules|models\/training)\//.test(name));
    assert.deepEqual(unwanted, []);
    const atTop = readdirSync(folder).filter((name) => !name.startsWith(".")).sort();
    const allowed = ["LICENSE.txt", "changelog.md", "dist", "l10n", "media", "models", "package.json", "package.nls.json", "readme.md"];
    assert.deepEqual(atTop.filter((name) => !allowed.includes(name)), []);
  });

  it("has a manifest that names what exists, and nothing that only its builders need", () => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown> & { main: string; icon: string };
    assert.ok(existsSync(join(folder, manifest.main)));
    assert.ok(existsSync(join(folder, manifest.icon)));
    for (const field of ["scripts", "devDependencies", "dependencies", "overrides"]) assert.ok(!(field in manifest), field);
  });
});

describe("the network", () => {
  it("is cut off while the .vsix is tested: there is nothing but the loopback device", function () {
    if (process.env["INKLING_TEST_OFFLINE"] === undefined) this.skip(); // this system lets nobody make a network namespace
    assert.deepEqual(Object.keys(networkInterfaces()), ["lo"]);
  });
});
