// Everything that people read can be translated: the manifest's texts are in package.nls.json, the extension's go through `l10n.t`.
import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stringBundle } from "../../scripts/package/l10n.js";

const ROOT = join(__dirname, "../..");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { contributes: object; capabilities: object };
const texts = JSON.parse(readFileSync(join(ROOT, "package.nls.json"), "utf8")) as Record<string, string>;

/** Fields of a manifest that VS Code shows. */
const SHOWN = new Set(["title", "shortTitle", "description", "markdownDescription", "enumDescriptions", "markdownEnumDescriptions", "deprecationMessage", "contents", "completionEventsLabel", "altText"]);
/** The product's name is the same in every language. */
const NAMES = new Set(["Inkling"]);

function shownTexts(value: unknown, field = ""): string[] {
  if (typeof value === "string") return SHOWN.has(field) && !NAMES.has(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((each) => shownTexts(each, field));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => shownTexts(each, name));
}

describe("texts for people", () => {
  const shown = shownTexts([manifest.contributes, manifest.capabilities]);

  it("are keys in the manifest", () => {
    assert.ok(shown.length > 20, String(shown.length));
    assert.deepEqual(shown.filter((text) => !/^%[\w.-]+%$/.test(text)), []);
  });

  it("are all there, and no more than are used", () => {
    const used = new Set([...JSON.stringify(manifest).matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key!));
    assert.deepEqual([...used].filter((key) => !(texts[key] ?? "").trim()), []);
    assert.deepEqual(Object.keys(texts).filter((key) => !used.has(key)), []);
  });

  it("go through l10n.t in every message, title and placeholder of the extension", () => {
    const literal = /(?:show(?:Information|Warning|Error)Message\(|\b(?:title|placeHolder|prompt|openLabel|detail|description): )"(?=[^"]*[a-z]{3} )[^"]*"/g;
    const folder = join(ROOT, "src/extension");
    const found = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))
      .flatMap((name) => [...readFileSync(join(folder, name), "utf8").matchAll(literal)].map(([text]) => `${name}: ${text}`));
    assert.deepEqual(found, []);
  });

  it("can be read off the sources, for translators", async function () {
    this.timeout(240_000); // it loads a parser for the purpose
    const strings = JSON.parse(await stringBundle(ROOT)) as Record<string, string>;
    assert.ok(Object.keys(strings).length > 100, String(Object.keys(strings).length));
    assert.equal(strings["nothing, the cursor is inside a word"], "nothing, the cursor is inside a word");
  });
});
