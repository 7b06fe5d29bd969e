// Says what is wrong with a model file before the engine sees it, because a damaged file can end the process that loads it.
// Knows files, not engines.
import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import type { ModelProblem, ModelProblemCode } from "../protocol/worker.js";
import { catalogEntry } from "./catalog.js";
import { GgufError, readGgufHeader } from "./gguf.js";

/** Undefined for a file that may be loaded. Takes milliseconds, plus about a second per gigabyte where the catalogue has a checksum. */
export async function verifyModel(file: string): Promise<ModelProblem | undefined> {
  const found = sizeOf(file);
  if (typeof found !== "number") return found;
  if (found === 0) return problem("empty", file, "is empty");
  return checkHeader(file, found) ?? await checkSum(file);
}

/** The sentence that a user reads: the file, then what is wrong with it. */
export function problem(code: ModelProblemCode, file: string, reason: string): ModelProblem {
  return { code, file, message: `${basename(file)} ${reason}.` };
}

function sizeOf(file: string): number | ModelProblem {
  try {
    const stat = statSync(file);
    return stat.isFile() ? stat.size : problem("missing", file, "is not a file");
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === "ENOENT";
    return problem("missing", file, absent ? `does not exist: there is no ${file}` : `cannot be read: ${(error as Error).message}`);
  }
}

function checkHeader(file: string, size: number): ModelProblem | undefined {
  try {
    const { neededBytes, tensorCount } = readGgufHeader(file);
    if (tensorCount === 0) return problem("not-gguf", file, "is a GGUF file without a model in it");
    if (neededBytes <= size) return undefined;
    return problem("truncated", file, `is cut off: it has ${size} bytes of at least ${neededBytes}`);
  } catch (error) {
    if (!(error instanceof GgufError)) return problem("missing", file, `cannot be read: ${(error as Error).message}`);
    if (error.kind === "foreign") return problem("not-gguf", file, "is not a GGUF model: " + error.message);
    if (error.kind === "damaged") return problem("not-gguf", file, "is damaged: " + error.message);
    return problem("truncated", file, `is cut off: ${error.message}`);
  }
}

async function checkSum(file: string): Promise<ModelProblem | undefined> {
  try {
    const expected = catalogEntry(file);
    if (!expected || await sha256(file) === expected.sha256) return undefined;
    return problem("checksum", file, "is not the file that the catalogue describes: its SHA-256 differs");
  } catch (error) {
    return problem("checksum", file, `cannot be checked: ${(error as Error).message}`);
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
