// Adds packages to the manifest: `tsx pin.ts npm|pypi train|valid|test name[@version]...` looks each one up, downloads it,
// and records its exact version, licence and integrity. A package whose licence is not permissive is refused.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { entries } from "./archive.js";
import { download, integrityOf } from "./fetch.js";
import { isPermissive, manifestPath, workFolder, type Package, type Split } from "./manifest.js";

interface Metadata {
  version: string;
  licence: string;
}

function metadataOf(archive: Buffer, file: string): Metadata {
  for (const entry of entries(archive, file)) {
    if (/^[^/]+\/package\.json$/.test(entry.path)) {
      const { version, license } = JSON.parse(entry.read().toString("utf8")) as { version: string; license?: string | { type?: string } };
      return { version, licence: (typeof license === "string" ? license : license?.type) ?? "" };
    }
    if (/^[^/]+\.dist-info\/METADATA$/.test(entry.path)) return wheelMetadata(entry.read().toString("utf8"));
  }
  throw new Error(`${file} has no metadata`);
}

/** Wheels declare the licence in up to three places; the SPDX expression counts first, the free text last. */
function wheelMetadata(text: string): Metadata {
  const field = (name: string): string => new RegExp(`^${name}: *(.*)$`, "m").exec(text)?.[1]?.trim() ?? "";
  const classifier = /^Classifier: License :: OSI Approved :: (.*)$/m.exec(text)?.[1] ?? "";
  const licence = field("License-Expression") || spdx(classifier) || spdx(field("License"));
  return { version: field("Version"), licence };
}

/** SPDX identifier for what people write in free text; the text itself, which no list allows, where there is doubt. */
function spdx(words: string): string {
  if (isPermissive(words) || /GPL|Affero|Mozilla|Commons/i.test(words)) return words;
  if (/^apache/i.test(words)) return "Apache-2.0";
  if (/^(the )?mit\b/i.test(words)) return "MIT";
  if (/^ISC\b/.test(words)) return "ISC";
  if (/\b3-clause\b|\bnew bsd\b/i.test(words)) return "BSD-3-Clause";
  return /\bBSD\b/i.test(words) ? "BSD" : words;
}

async function pin(registry: Package["registry"], split: Split, spec: string): Promise<Package> {
  const at = spec.indexOf("@", 1);
  const name = at > 0 ? spec.slice(0, at) : spec;
  const cache = join(workFolder, "packages");
  mkdirSync(cache, { recursive: true });
  const file = await download({ registry, name, version: at > 0 ? spec.slice(at + 1) : registry === "npm" ? "latest" : "" }, cache);
  const archive = readFileSync(join(cache, file));
  const { version, licence } = metadataOf(archive, file);
  if (!isPermissive(licence)) throw new Error(`licence "${licence}"`);
  return { registry, name, version, licence, split, file, integrity: integrityOf(archive, registry === "npm" ? "sha512" : "sha256") };
}

const [registry, split, ...specs] = process.argv.slice(2);
if ((registry !== "npm" && registry !== "pypi") || (split !== "train" && split !== "valid" && split !== "test")) {
  throw new Error("usage: tsx pin.ts npm|pypi train|valid|test name[@version]...");
}
for (const spec of specs) {
  try {
    const pinned = await pin(registry, split, spec);
    const others = (JSON.parse(readFileSync(manifestPath, "utf8")) as Package[]).filter((pack) => pack.name !== pinned.name || pack.registry !== registry);
    const lines = [...others, pinned].sort((a, b) => (a.registry + a.name < b.registry + b.name ? -1 : 1)).map((pack) => `  ${JSON.stringify(pack)}`);
    writeFileSync(manifestPath, `[\n${lines.join(",\n")}\n]\n`);
    console.log(`${pinned.name}@${pinned.version} ${pinned.licence}`);
  } catch (error) {
    console.error(`${spec}: ${error instanceof Error ? error.message.split("\n").slice(0, 3).join(" | ") : String(error)}`);
  }
}
