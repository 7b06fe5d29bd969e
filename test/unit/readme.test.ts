// What the README states as a fact is one.
import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readme, withTables } from "../../scripts/docs.js";

const ROOT = join(__dirname, "../..");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string>; contributes: { commands: { command: string; title: string }[] } };
const texts = JSON.parse(readFileSync(join(ROOT, "package.nls.json"), "utf8")) as Record<string, string>;

describe("the README", () => {
  it("has the settings of the manifest and the models of the catalogue (`npm run docs` writes them)", () => {
    assert.ok(readme().includes("<!-- settings -->") && readme().includes("<!-- models -->"));
    assert.equal(readme(), withTables(readme()));
  });

  it("names npm scripts, commands and files that exist", () => {
    const scripts = [...readme().matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
    assert.deepEqual(scripts.filter((name) => !(name in manifest.scripts)), []);
    const titles = new Set(manifest.contributes.commands.map(({ title }) => `Inkling: ${texts[title.replaceAll("%", "")] ?? title}`));
    const named = [...readme().matchAll(/`(Inkling: [^`]+)`/g)].map(([, title]) => title!);
    assert.ok(named.length > 5);
    assert.deepEqual(named.filter((title) => !titles.has(title)), []);
    const files = [...readme().matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path!);
    assert.deepEqual(files.filter((path) => !existsSync(join(ROOT, path))), []);
  });
});
