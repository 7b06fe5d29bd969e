// One attempt of a download: asks for what is still missing, checks that what comes is the rest of the same file, and writes it down.
import type { IncomingMessage } from "http";
import type { DownloadFailure, DownloadRequest } from "./download.js";
import type { PartialFile } from "./partial.js";
import { bodyOf, get, RedirectError } from "./request.js";

export type Outcome =
  | { ok: true }
  /** `retry`: a new attempt may do better. */
  | { ok: false; failure: DownloadFailure; message: string; retry?: boolean };

const MAGIC = Buffer.from("GGUF");

/** Resolves when everything has come, or when this attempt is over. Rejects where the file cannot be written, or with the signal's reason. */
export async function fetchInto(partial: PartialFile, request: DownloadRequest, stallMs: number): Promise<Outcome> {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(), stallMs);
  const signal = AbortSignal.any([request.signal, stall.signal]);
  const begun = partial.received;
  let host = request.url.host;
  try {
    const response = await get({ url: request.url, hosts: request.hosts, headers: headersFor(partial), signal, onHost: (asked) => { host = asked; } });
    try {
      return await readBody(response, partial, request, () => timer.refresh());
    } finally {
      response.destroy();
    }
  } catch (error) {
    if (request.signal.aborted || isDiskError(error)) throw error;
    return connectionProblem(error, stall.signal.aborted, host, stallMs);
  } finally {
    clearTimeout(timer);
    request.onContact?.(host, Math.max(0, partial.received - begun));
  }
}

function headersFor({ received, validators }: PartialFile): Record<string, string> {
  return {
    "accept": "application/octet-stream, */*;q=0.1",
    "accept-encoding": "identity",
    "user-agent": "inkling",
    ...received > 0 && { "range": `bytes=${received}-`, ...validators.etag !== undefined && { "if-range": validators.etag } },
  };
}

async function readBody(response: IncomingMessage, partial: PartialFile, request: DownloadRequest, alive: () => void): Promise<Outcome> {
  const refusal = await checkHead(response, partial, request);
  if (refusal) return refusal;
  const { total } = partial.validators;
  request.onProgress?.(partial.received, total);
  for await (const chunk of bodyOf(response)) {
    alive();
    const refused = await take(chunk, partial, total);
    if (refused) return refused;
    request.onProgress?.(partial.received, total);
  }
  if (!response.complete || (total !== undefined && partial.received < total)) return lost("the connection was closed before everything had come");
  return partial.received < MAGIC.length ? notAModel(partial.head) : { ok: true };
}

async function take(chunk: Buffer, partial: PartialFile, total: number | undefined): Promise<Outcome | undefined> {
  if (total !== undefined && partial.received + chunk.length > total) return { ok: false, failure: "wrong-length", message: `more came than the ${total} bytes that it should have` };
  await partial.append(chunk);
  return partial.head.length >= MAGIC.length && !partial.head.subarray(0, MAGIC.length).equals(MAGIC) ? notAModel(partial.head) : undefined;
}

/** Judges the answer by its head, and notes what the rest must fit to. Undefined where the body is what was asked for. */
async function checkHead(response: IncomingMessage, partial: PartialFile, { bytes }: DownloadRequest): Promise<Outcome | undefined> {
  const { statusCode: status = 0, headers } = response;
  if (status === 416) return rangeRefused(headers["content-range"], partial);
  if (status !== 200 && status !== 206) return badStatus(status, response);
  if (/^text\/html|^application\/xhtml/i.test(headers["content-type"] ?? "")) return { ok: false, failure: "html", message: "a web page came instead of the file: perhaps a login or a proxy is in between" };
  if (headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity") return { ok: false, failure: "refused", message: `the server sends it packed (${headers["content-encoding"]}), which was not asked for` };
  const range = status === 206 ? /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers["content-range"] ?? "") : undefined;
  if (range === null || (range && Number(range[1]) !== partial.received)) {
    await partial.restart();
    return lost("the server sent another part of the file than was asked for");
  }
  if (!range && partial.received > 0) await partial.restart(); // ranges are ignored, or the file has changed: everything comes again
  const length = range ? Number(range[2]) : Number(headers["content-length"] ?? NaN);
  const total = Number.isInteger(length) ? length : bytes;
  if (bytes !== undefined && total !== bytes) return { ok: false, failure: "wrong-length", message: `the server has ${total ?? 0} bytes, and it should be ${bytes}` };
  const etag = headers.etag !== undefined && !headers.etag.startsWith("W/") ? headers.etag : undefined;
  if (range && partial.validators.etag !== undefined && etag !== undefined && etag !== partial.validators.etag) {
    await partial.restart();
    return lost("the file has changed on the server");
  }
  partial.note({ url: partial.validators.url, ...etag !== undefined && { etag }, ...total !== undefined && { total } });
  return undefined;
}

/** Nothing is left to come, or what has come is not the beginning of the server's file. */
async function rangeRefused(contentRange: string | undefined, partial: PartialFile): Promise<Outcome> {
  const { received, validators: { total } } = partial;
  const actual = /^bytes \*\/(\d+)$/.exec(contentRange ?? "")?.[1];
  if (received === total && (actual === undefined || Number(actual) === total)) return { ok: true };
  if (actual !== undefined && total !== undefined && Number(actual) !== total) return { ok: false, failure: "wrong-length", message: `the server has ${actual} bytes, and it should be ${total}` };
  await partial.restart();
  return lost("the server does not have the rest of the file");
}

function badStatus(status: number, { headers }: IncomingMessage): Outcome {
  const retry = status >= 500 || status === 408 || status === 429;
  const message = status === 404 || status === 410 ? "the server does not have it (404)"
    : status === 401 || status === 403 ? `the server gives it only to people who are signed in (${status})`
    : status === 407 ? "the proxy wants a name and a password (407)"
    : `the server answered ${status}${headers["retry-after"] === undefined ? "" : ", and to come back later"}`;
  return { ok: false, failure: retry ? "unreachable" : "refused", message, ...retry && { retry } };
}

function notAModel(head: Buffer): Outcome {
  const text = head.toString("latin1").trimStart();
  if (/^<(!doctype|html|head|body|\?xml)/i.test(text)) return { ok: false, failure: "html", message: "a web page came instead of the file: perhaps a login or a proxy is in between" };
  return { ok: false, failure: "not-a-model", message: "what came is no GGUF file" };
}

function lost(message: string): Outcome {
  return { ok: false, failure: "unreachable", message, retry: true };
}

function connectionProblem(error: unknown, isStalled: boolean, host: string, stallMs: number): Outcome {
  if (error instanceof RedirectError) return { ok: false, failure: "redirect", message: error.message };
  if (isStalled) return { ok: false, failure: "stalled", message: `nothing came from ${host} for ${Math.round(stallMs / 1000)} seconds`, retry: true };
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return lost(`there is no way to ${host}: the machine is offline, or a proxy is needed`);
  if (code?.startsWith("CERT_") === true || code?.includes("SELF_SIGNED") === true || code === "UNABLE_TO_VERIFY_LEAF_SIGNATURE") {
    return { ok: false, failure: "refused", message: `the certificate of ${host} is not trusted (${code})` };
  }
  return lost(`the connection to ${host} was lost (${code ?? message})`);
}

const DISK_CODES = new Set(["ENOSPC", "EDQUOT", "EIO", "EROFS", "EFBIG", "EBADF", "EACCES"]);

function isDiskError(error: unknown): boolean {
  return DISK_CODES.has((error as NodeJS.ErrnoException).code ?? "");
}
