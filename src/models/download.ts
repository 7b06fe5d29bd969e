// Brings a model file from the network, whole and with the right checksum, or not at all. Goes on where it was interrupted, by a lost
// connection or by a restart. Knows no user interface; whom it may ask is given.
import { mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fetchInto, type Outcome } from "./fetch-into.js";
import { writeNote } from "./note.js";
import { lock, openPartial, partOf, type PartialFile, removePartial, unlock } from "./partial.js";
import { checkHeader } from "./verify.js";

export interface DownloadRequest {
  url: URL;
  /** Hosts that may be asked, the address's own included. */
  hosts: readonly string[];
  /** Where the finished file is to be. */
  file: string;
  /** What is known of it. */
  bytes?: number;
  sha256?: string;
  /** Id in the catalogue. */
  id?: string;
  /** Aborted with {@link pause}, what has come stays; with any other reason it goes. */
  signal: AbortSignal;
  onProgress?: (received: number, total: number | undefined) => void;
  /** Every request, when it is over: whom, and how many bytes came. */
  onContact?: (host: string, bytes: number) => void;
  timing?: Partial<Timing>;
}

export interface Timing {
  /** Without a byte for so long, the connection counts as lost. */
  stallMs: number;
  /** Pauses before each new attempt; as many attempts without a byte, and it gives up. */
  retryMs: readonly number[];
}

/** The reason to abort a download with that is to go on later. */
export const pause = Symbol("pause");

export type DownloadFailure =
  | "paused" | "cancelled" | "busy" // somebody wanted it so
  | "no-space" | "write-failed" // this machine
  | "unreachable" | "stalled" | "refused" // the network; what has come stays, except where it was refused
  | "redirect" | "html" | "wrong-length" | "wrong-hash" | "not-a-model"; // what came is not the file

export type DownloadResult =
  | { ok: true; file: string; bytes: number; sha256: string }
  | { ok: false; failure: DownloadFailure; message: string; kept: number };

const TIMING: Timing = { stallMs: 30_000, retryMs: [500, 1000, 2000, 4000, 8000] };
/** So much is to be left on the disk for everybody else. */
const SPARE_BYTES = 64 << 20;
const KEEPS: readonly DownloadFailure[] = ["paused", "busy", "no-space", "write-failed", "unreachable", "stalled"];

/** Never rejects. */
export async function download(request: DownloadRequest): Promise<DownloadResult> {
  const { file } = request;
  let isLocked = false;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    isLocked = lock(file);
    if (!isLocked) return { ok: false, failure: "busy", message: "another window is downloading it", kept: 0 };
    return await attempt(request);
  } catch (error) {
    return fail(request, request.signal.aborted ? stopped(request.signal) : diskProblem(error));
  } finally {
    if (isLocked) unlock(file);
  }
}

type Failed = Extract<Outcome, { ok: false }>;

async function attempt(request: DownloadRequest): Promise<DownloadResult> {
  const { file, url, bytes, signal } = request;
  const partial = await openPartial(file, { url: url.href, ...bytes !== undefined && { total: bytes } }, signal);
  let outcome: Outcome;
  try {
    const isResumed = partial.received > 0;
    outcome = await fetchAll(request, partial);
    if (!outcome.ok && outcome.failure === "wrong-hash" && isResumed) { // the file may have changed in between: once more, from the start
      await partial.restart();
      outcome = await fetchAll(request, partial);
    }
  } finally {
    await partial.close();
  }
  if (!outcome.ok) return fail(request, outcome);
  const damage = checkHeader(partOf(file), partial.received);
  if (damage) return fail(request, { ok: false, failure: "not-a-model", message: damage.message.replace(`${file.split(/[\\/]/).at(-1) ?? ""}.part `, "it ").replace(/\.$/, "") });
  return finish(request, partial);
}

function finish({ file, url, id }: DownloadRequest, partial: PartialFile): DownloadResult {
  renameSync(partOf(file), file);
  removePartial(file);
  const done = { bytes: partial.received, sha256: partial.digest() };
  writeNote(file, { ...id !== undefined && { id }, from: url.href, ...done, mtimeMs: statSync(file).mtimeMs });
  return { ok: true, file, ...done };
}

/** Attempt after attempt, as long as there is progress; then the checksum. */
async function fetchAll(request: DownloadRequest, partial: PartialFile): Promise<Outcome> {
  const { stallMs, retryMs } = { ...TIMING, ...request.timing };
  const { signal, sha256 } = request;
  if (sha256 !== undefined && partial.received === partial.validators.total && partial.digest() === sha256) return { ok: true };
  for (let fruitless = 0; ;) {
    const noSpace = await spaceProblem(request, partial);
    if (noSpace) return noSpace;
    const before = partial.received;
    const outcome = await fetchInto(partial, request, stallMs);
    if (outcome.ok) {
      if (sha256 === undefined || partial.digest() === sha256) return outcome;
      return { ok: false, failure: "wrong-hash", message: "what came has another SHA-256 than the catalogue says" };
    }
    fruitless = partial.received > before ? 0 : fruitless + 1;
    if (outcome.retry !== true || fruitless >= retryMs.length) return outcome;
    await delay(retryMs[fruitless], undefined, { signal });
  }
}

async function spaceProblem({ file, bytes }: DownloadRequest, { received, validators }: PartialFile): Promise<Failed | undefined> {
  const total = validators.total ?? bytes;
  if (total === undefined) return undefined;
  const needed = total - received + SPARE_BYTES;
  const { bavail, bsize } = await statfs(dirname(file)).catch(() => ({ bavail: Infinity, bsize: 1 }));
  if (bavail * bsize >= needed) return undefined;
  return { ok: false, failure: "no-space", message: `it needs ${gigabytes(needed)} on the disk, where ${gigabytes(bavail * bsize)} are free` };
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

function stopped(signal: AbortSignal): Failed {
  return signal.reason === pause ? { ok: false, failure: "paused", message: "it was paused" } : { ok: false, failure: "cancelled", message: "it was cancelled" };
}

function diskProblem(error: unknown): Failed {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return { ok: false, failure: "no-space", message: "the disk is full" };
  return { ok: false, failure: "write-failed", message: `it cannot be written: ${message}` };
}

/** Nothing half-made stays, unless it can be used to go on. */
function fail({ file }: DownloadRequest, { failure, message }: Failed): DownloadResult {
  if (!KEEPS.includes(failure)) removePartial(file);
  let kept = 0;
  try {
    kept = statSync(partOf(file)).size;
    if (kept === 0) removePartial(file);
  } catch {
    rmSync(partOf(file), { force: true });
  }
  return { ok: false, failure, message, kept };
}
