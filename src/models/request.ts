// One GET over http or https, redirects included, to hosts that are allowed and to no other. Knows nothing of models and files.
// The modules are named without `node:` because VS Code puts its proxy and certificate settings into those that an extension asks for by this name.
import * as http from "http";
import * as https from "https";

export interface GetOptions {
  url: URL;
  /** Host names; `*.` stands for any subdomain. */
  hosts: readonly string[];
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
  /** Every host that was asked, as it is asked. */
  onHost?: (host: string) => void;
}

/** Led to where it must not go, or around in circles. */
export class RedirectError extends Error {}

const MOST_REDIRECTS = 5;

/** Resolves with the response's head; its body is for the caller to read or destroy. */
export async function get(options: GetOptions): Promise<http.IncomingMessage> {
  let { url } = options;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    options.onHost?.(url.host);
    const response = await send(url, options).response;
    const status = response.statusCode ?? 0;
    if (status < 300 || status >= 400 || status === 304) return response;
    response.destroy();
    url = follow(url, response.headers.location, options.hosts);
  }
  throw new RedirectError(`it was redirected more than ${MOST_REDIRECTS} times`);
}

export function isAllowed(host: string, hosts: readonly string[]): boolean {
  return hosts.some((pattern) => pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern);
}

function follow(from: URL, location: string | undefined, hosts: readonly string[]): URL {
  let to: URL;
  try {
    to = new URL(location ?? "", from);
  } catch {
    throw new RedirectError("it was redirected to something that is no address");
  }
  if (location === undefined || (to.protocol !== "https:" && to.protocol !== from.protocol)) throw new RedirectError(`it was redirected to ${to.protocol}//${to.host}, which is not secure`);
  if (!isAllowed(to.hostname, hosts)) throw new RedirectError(`it was redirected to ${to.hostname}, which has no part in this download`);
  return to;
}

export interface SendOptions extends Pick<GetOptions, "headers" | "signal"> {
  /** Makes it a POST. */
  body?: string | undefined;
}

export interface Sent {
  request: http.ClientRequest;
  /** Its head, when it comes. */
  response: Promise<http.IncomingMessage>;
}

/**
 * One request; where it is sent elsewhere, it does not go. Not `fetch`: there a signal stops nothing any more once a garbage collection came
 * between (nodejs/undici#3644).
 */
export function send(url: URL, { headers, signal, body }: SendOptions): Sent {
  const request = (url.protocol === "https:" ? https : http).request(url, { method: body === undefined ? "GET" : "POST", headers, signal });
  const response = new Promise<http.IncomingMessage>((resolve, reject) => request.on("response", resolve).on("error", reject));
  request.end(body);
  return { request, response };
}

const QUEUE_BYTES = 8 << 20;

/**
 * The body, piece by piece. Unlike the stream's own iterator it hands out everything that has come before it throws what broke the
 * connection: the rest alone has to be fetched again.
 */
export async function* bodyOf(response: http.IncomingMessage): AsyncGenerator<Buffer, void, undefined> {
  const queue: Buffer[] = [];
  let queued = 0;
  let end: { error?: Error } | undefined;
  let wake = (): void => undefined;
  const finish = (error?: Error): void => {
    end ??= { ...error && { error } };
    wake();
  };
  response.on("data", (chunk: Buffer) => {
    queue.push(chunk);
    queued += chunk.length;
    if (queued > QUEUE_BYTES) response.pause();
    wake();
  });
  response.on("end", () => finish()).on("error", finish).on("close", () => finish());
  while (!end || queue.length > 0) {
    const chunk = queue.shift();
    if (chunk) {
      queued -= chunk.length;
      if (response.isPaused() && queued < QUEUE_BYTES / 2) response.resume();
      yield chunk;
    } else {
      await new Promise<void>((resolve) => { wake = resolve; });
    }
  }
  if (end.error) throw end.error;
}
