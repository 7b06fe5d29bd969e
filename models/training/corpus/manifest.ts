// What the corpus is made from: the manifest's types, the licences that may enter it, and the folders of the steps.
// It must not know how packages are fetched or what happens to their files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export type Split = "train" | "valid" | "test";

/** One exactly pinned package. */
export interface Package {
  registry: "npm" | "pypi";
  name: string;
  version: string;
  /** SPDX expression as the package itself declares it. */
  licence: string;
  split: Split;
  /** Name of the archive that the registry hands out. */
  file: string;
  /** Subresource integrity of the archive: `sha512-` (npm) or `sha256-` (PyPI), then base64. */
  integrity: string;
}

/** One source file of the corpus, as a line of `files/<split>.jsonl`. */
export interface SourceFile {
  project: string;
  path: string;
  /** VS Code's language id: typescript, typescriptreact, javascript, javascriptreact or python. */
  language: string;
  text: string;
}

const permissive = new Set(["MIT", "MIT-0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Apache-2.0", "Unlicense", "CC0-1.0", "Python-2.0", "PSF-2.0", "Zlib", "BlueOak-1.0.0"]);

/** True where the expression lets us use the code under permissive terms: one side of each OR, both sides of each AND. */
export function isPermissive(licence: string): boolean {
  const words = licence.replace(/[()]/g, " ").trim();
  return words.split(/\s+AND\s+/).every((part) => part.split(/\s+OR\s+/).some((id) => permissive.has(id.trim())));
}

/** Packages of one npm scope are one project: they share authors, idioms and copies, so no split may tear them apart. */
export function projectOf(pack: { name: string }): string {
  return pack.name.startsWith("@") ? pack.name.slice(1, pack.name.indexOf("/")) : pack.name;
}

export const manifestPath = fileURLToPath(new URL("manifest.json", import.meta.url));
export const workFolder = fileURLToPath(new URL("../work/", import.meta.url));

export function readManifest(path = manifestPath): Package[] {
  const packages = JSON.parse(readFileSync(path, "utf8")) as Package[];
  for (const pack of packages) {
    if (!isPermissive(pack.licence)) throw new Error(`${pack.name}: licence ${pack.licence} is not permissive`);
  }
  return packages;
}

/** Small packages, one a language and split: enough to run every step in seconds. */
const smoke = new Set(["rxjs", "express", "click", "nox", "fastify", "telegraf", "flask"]);

/** The packages of the preset that the command line asks for: all, or with `--preset smoke` a handful. */
export function presetPackages(args: readonly string[]): Package[] {
  return readManifest().filter((pack) => !args.includes("smoke") || smoke.has(pack.name));
}

/** Where the steps of a preset keep their output: work/ or work/smoke/. */
export function presetFolder(args: readonly string[]): string {
  return args.includes("smoke") ? join(workFolder, "smoke") : workFolder;
}
