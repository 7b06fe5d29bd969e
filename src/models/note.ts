// The note beside a model file that Inkling put there, `NAME.gguf.json`: where it came from and its checksum, remembered at the first
// download where the catalogue knows none.
import { readFileSync, rmSync, type Stats, writeFileSync } from "node:fs";

export interface ModelNote {
  /** Id in the catalogue; absent for a file of the user's own. */
  id?: string;
  /** Where it came from: an address, or the path of the file that was imported. */
  from: string;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  /** When the checksum was last found to be right: the file's time of change in milliseconds. */
  mtimeMs: number;
}

export const noteOf = (file: string): string => `${file}.json`;

/** Undefined where there is none, or none that can be read. */
export function readNote(file: string): ModelNote | undefined {
  try {
    const note = JSON.parse(readFileSync(noteOf(file), "utf8")) as Partial<ModelNote> | null;
    const { from = "", bytes, sha256, mtimeMs = 0, id } = note ?? {};
    if (typeof bytes !== "number" || typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
    return { from, bytes, sha256, mtimeMs, ...typeof id === "string" && { id } };
  } catch {
    return undefined;
  }
}

export function writeNote(file: string, note: ModelNote): void {
  writeFileSync(noteOf(file), `${JSON.stringify(note, undefined, 2)}\n`, { mode: 0o600 });
}

export function removeNote(file: string): void {
  rmSync(noteOf(file), { force: true });
}

/** Whether the file is still the one whose checksum was right, as far as its size and its time of change tell. */
export function isUnchanged(note: ModelNote, stat: Stats): boolean {
  return stat.size === note.bytes && Math.abs(stat.mtimeMs - note.mtimeMs) < 1;
}
