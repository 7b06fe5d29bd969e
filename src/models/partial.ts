// A download that is not finished: `NAME.gguf.part` with what has come, `NAME.gguf.part.json` with what is known of the rest, so that it can
// go on after a restart; and a lock, so that two windows do not write into one file.
import { createHash, type Hash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

/** What must be the same for the rest to belong to what has come. */
export interface Validators {
  url: string;
  /** Strong, or absent. */
  etag?: string;
  /** Bytes of the whole file. */
  total?: number;
}

export const partOf = (file: string): string => `${file}.part`;
const sidecarOf = (file: string): string => `${file}.part.json`;
const lockOf = (file: string): string => `${file}.part.lock`;

export interface PartialState extends Validators {
  received: number;
}

/** What is there of an unfinished download; undefined where there is none that could go on. */
export function readPartial(file: string): PartialState | undefined {
  try {
    const { url, etag, total } = JSON.parse(readFileSync(sidecarOf(file), "utf8")) as Partial<Validators>;
    if (typeof url !== "string") return undefined;
    return { url, received: statSync(partOf(file)).size, ...typeof etag === "string" && { etag }, ...typeof total === "number" && { total } };
  } catch {
    return undefined;
  }
}

export function removePartial(file: string): void {
  for (const path of [partOf(file), sidecarOf(file)]) rmSync(path, { force: true });
}

/** False where another process is writing this file. The lock of a process that is gone does not count. */
export function lock(file: string): boolean {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(lockOf(file), String(process.pid), { flag: "wx", mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (isHeld(file)) return false;
      rmSync(lockOf(file), { force: true });
    }
  }
  return false;
}

export function isHeld(file: string): boolean {
  try {
    process.kill(Number(readFileSync(lockOf(file), "utf8")) || -1, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export function unlock(file: string): void {
  rmSync(lockOf(file), { force: true });
}

/** The file that a download is written into, with the checksum of what it holds. */
export interface PartialFile {
  readonly received: number;
  readonly validators: Validators;
  /** Its first bytes, up to 512. */
  readonly head: Buffer;
  append(chunk: Buffer): Promise<void>;
  /** Begins again at nothing. */
  restart(): Promise<void>;
  note(validators: Validators): void;
  digest(): string;
  /** Flushed to the disk. */
  close(): Promise<void>;
}

export async function openPartial(file: string, validators: Validators, signal: AbortSignal): Promise<PartialFile> {
  const before = readPartial(file);
  if (before?.url !== validators.url || (validators.total !== undefined && before.received > validators.total)) removePartial(file);
  const known = existsSync(sidecarOf(file)) ? before : undefined;
  const handle = await open(partOf(file), known ? "r+" : "w+", 0o600);
  try {
    const partial = new WrittenFile(file, handle, { ...validators, ...known?.etag !== undefined && { etag: known.etag } });
    await partial.readWhatIsThere(signal);
    return partial;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const HEAD = 512;

class WrittenFile implements PartialFile {
  received = 0;
  head = Buffer.alloc(0);
  #hash: Hash = createHash("sha256");

  constructor(private readonly file: string, private readonly handle: FileHandle, public validators: Validators) {}

  async readWhatIsThere(signal: AbortSignal): Promise<void> {
    for await (const chunk of createReadStream(partOf(this.file), { highWaterMark: 1 << 20, signal })) this.#count(chunk as Buffer);
  }

  #count(chunk: Buffer): void {
    if (this.head.length < HEAD) this.head = Buffer.concat([this.head, chunk.subarray(0, HEAD - this.head.length)]);
    this.#hash.update(chunk);
    this.received += chunk.length;
  }

  async append(chunk: Buffer): Promise<void> {
    for (let done = 0; done < chunk.length;) done += (await this.handle.write(chunk, done, chunk.length - done, this.received + done)).bytesWritten;
    this.#count(chunk);
  }

  async restart(): Promise<void> {
    await this.handle.truncate(0);
    this.#hash = createHash("sha256");
    this.head = Buffer.alloc(0);
    this.received = 0;
  }

  note(validators: Validators): void {
    this.validators = validators;
    writeFileSync(sidecarOf(this.file), JSON.stringify(validators), { mode: 0o600 });
  }

  digest(): string {
    return this.#hash.copy().digest("hex");
  }

  async close(): Promise<void> {
    await this.handle.sync().catch(() => undefined); // some file systems cannot
    await this.handle.close();
  }
}
