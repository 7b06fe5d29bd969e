// Says what is wrong with a model file before the engine sees it, because a damaged file can end the process that loads it.
// Knows files, not engines.
import { createHash } from "node:crypto";
import { createReadStream, type Stats, statSync } from "node:fs";
import { basename } from "node:path";
import type { ModelProblem, ModelProblemCode } from "../protocol/worker.js";
import { catalogEntry } from "./catalog.js";
import { GgufError, readGgufHeader } from "./gguf.js";
import { factsOf } from "./gguf-facts.js";
import { isUnchanged, readNote } from "./note.js";

/** Undefined for a file that may be loaded. Takes milliseconds, plus about a second per gigabyte where a checksum is known and the file has changed since it was checked. */
export async function verifyModel(file: string, signal?: AbortSignal): Promise<ModelProblem | undefined> {
  const found = statOf(file);
  if ("code" in found) return found;
  if (found.size === 0) return problem("empty", file, "is empty");
  return checkHeader(file, found.size) ?? await checkSum(file, found, signal);
}

/** The sentence that a user reads: the file, then what is wrong with it. */
export function problem(code: ModelProblemCode, file: string, reason: string): ModelProblem {
  return { code, file, message: `${basename(file)} ${reason}.` };
}

function statOf(file: string): Stats | ModelProblem {
  try {
    const stat = statSync(file);
    return stat.isFile() ? stat : problem("missing", file, "is not a file");
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === "ENOENT";
    return problem("missing", file, absent ? `does not exist: there is no ${file}` : `cannot be read: ${(error as Error).message}`);
  }
}

/** What the header alone says about the file, of which `size` bytes are there. */
export function checkHeader(file: string, size: number): ModelProblem | undefined {
  try {
    const header = readGgufHeader(file, { vocabulary: true });
    if (header.tensorCount === 0) return problem("not-gguf", file, "is a GGUF file without a model in it");
    if (header.neededBytes > size) return problem("truncated", file, `is cut off: it has ${size} bytes of at least ${header.neededBytes}`);
    if (factsOf(header).kind === "adapter") return problem("not-gguf", file, "is an adapter, not a model: choose it beside the model that it belongs to");
    return undefined;
  } catch (error) {
    if (!(error instanceof GgufError)) return problem("missing", file, `cannot be read: ${(error as Error).message}`);
    if (error.kind === "foreign") return problem("not-gguf", file, "is not a GGUF model: " + error.message);
    if (error.kind === "damaged") return problem("not-gguf", file, "is damaged: " + error.message);
    return problem("truncated", file, `is cut off: ${error.message}`);
  }
}

/** The catalogue beside the file knows its checksum, or the note that its download left. */
async function checkSum(file: string, stat: Stats, signal?: AbortSignal): Promise<ModelProblem | undefined> {
  try {
    const expected = catalogEntry(file)?.sha256;
    if (expected !== undefined) return await sha256(file, signal) === expected ? undefined : differs(file, "the file that the catalogue describes");
    const note = readNote(file);
    if (!note || isUnchanged(note, stat) || await sha256(file, signal) === note.sha256) return undefined;
    return differs(file, "the file that was downloaded");
  } catch (error) {
    if (signal?.aborted) throw error;
    return problem("checksum", file, `cannot be checked: ${(error as Error).message}`);
  }
}

function differs(file: string, what: string): ModelProblem {
  return problem("checksum", file, `is not ${what}: its SHA-256 differs`);
}

export async function sha256(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, ...signal && { signal } })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
