// The folder in which downloaded and imported models lie. Every file in it is readable by its owner alone, and is either whole or called `.part`.
import { closeSync, createReadStream, createWriteStream, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Catalog, CatalogModel } from "./catalog.js";
import { readNote, removeNote, writeNote, type ModelNote } from "./note.js";
import { partOf, readPartial, removePartial, type PartialState } from "./partial.js";
import { checkHeader, sha256 } from "./verify.js";

export interface StoredModel {
  file: string;
  bytes: number;
  note?: ModelNote;
  /** The entry that it came from. */
  entry?: CatalogModel;
}

export interface UnfinishedDownload extends PartialState {
  entry: CatalogModel;
}

/** What lies in the folder, by name. */
export function storedModels(folder: string, { models }: Catalog): StoredModel[] {
  return filesIn(folder).filter((name) => name.endsWith(".gguf")).sort().map((name) => {
    const file = join(folder, name);
    const note = readNote(file);
    const entry = models.find(({ id, file: known }) => note?.id === id || known === name);
    return { file, bytes: statSync(file).size, ...note && { note }, ...entry && { entry } };
  });
}

/** Downloads that broke off and can go on. */
export function unfinishedDownloads(folder: string, { models }: Catalog): UnfinishedDownload[] {
  const names = new Set(filesIn(folder));
  return models.flatMap((entry) => {
    const state = names.has(basename(partOf(entry.file))) ? readPartial(join(folder, entry.file)) : undefined;
    return state ? [{ ...state, entry }] : [];
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nothing was ever downloaded
  }
}

export function removeModel(file: string): void {
  rmSync(file, { force: true });
  removeNote(file);
  removePartial(file);
}

/** GGUF files in a folder that somebody carried here, by their first letters. */
export function importable(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && hasMagic(join(folder, entry.name))).map(({ name }) => join(folder, name)).sort();
}

function hasMagic(file: string): boolean {
  try {
    const fd = openSync(file, "r");
    try {
      const first = Buffer.alloc(4);
      return readSync(fd, first, 0, 4, 0) === 4 && first.toString("latin1") === "GGUF";
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}

export type ImportResult = { ok: true; file: string; entry?: CatalogModel } | { ok: false; message: string };

/** Copies a file into the folder, whole or not at all. Where the catalogue knows a file of this name, it must be that one. */
export async function importModel(from: string, folder: string, { models }: Catalog, signal: AbortSignal): Promise<ImportResult> {
  const name = basename(from).replace(/(\.gguf)?$/i, ".gguf");
  const file = join(folder, name);
  try {
    const stat = statSync(from);
    const damage = checkHeader(from, stat.size);
    if (damage) return { ok: false, message: damage.message };
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), createWriteStream(partOf(file), { mode: 0o600 }), { signal });
    const sum = await sha256(partOf(file), signal);
    const entry = models.find((model) => model.file === name);
    if (entry?.sha256 !== undefined && entry.sha256 !== sum) return refuse(file, `${name} is not the file that the catalogue describes: its SHA-256 differs.`);
    renameSync(partOf(file), file);
    writeNote(file, { ...entry && { id: entry.id }, from, bytes: stat.size, sha256: sum, mtimeMs: statSync(file).mtimeMs });
    return { ok: true, file, ...entry && { entry } };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return refuse(file, signal.aborted ? "It was cancelled." : code === "ENOSPC" ? `There is not enough room on the disk for ${name}.` : `${name} cannot be copied: ${message}.`);
  }
}

function refuse(file: string, message: string): ImportResult {
  rmSync(partOf(file), { force: true });
  return { ok: false, message };
}

