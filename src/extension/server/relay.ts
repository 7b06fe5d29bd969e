// Sends the worker's requests to the model server that the user has set up, and hands back what it answers. The one place of the extension that
// sends code anywhere: to this origin, these paths, without following it elsewhere. Knows nothing of VS Code, nor of what is said.
// The modules are named without `node:` because VS Code puts its proxy and certificate settings into those that an extension asks for by this name.
// Not `fetch`: there a signal stops nothing any more once a garbage collection came between (nodejs/undici#3644), and the server would write on.
import * as http from "http";
import * as https from "https";
import { type ServerOutcome, serverPaths, type ServerPart, type ServerRequest } from "../../protocol/server.js";

export async function relay(
  server: URL, { id, path, body }: ServerRequest, onPart: (part: ServerPart) => void, signal: AbortSignal,
): Promise<ServerOutcome> {
  if (!serverPaths.includes(path)) return { kind: "unreachable", message: `${path} is none of the paths that may be asked` };
  try {
    const response = await send(new URL(server.pathname.replace(/\/$/, "") + path, server), body, signal);
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400) { // the answer of an allowed host must not send the code to another one
      response.destroy();
      return { kind: "unreachable", message: "it points to another address" };
    }
    for await (const text of response.setEncoding("utf8")) onPart({ id, text: text as string });
    return { kind: "answered", status };
  } catch (error) {
    return { kind: "unreachable", message: reasonOf(error) };
  }
}

/** Once more where the server had closed a connection that was kept from before. */
async function send(url: URL, body: string | undefined, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { request: open } = url.protocol === "https:" ? https : http;
  const headers = { accept: "*/*", ...body !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(body) } };
  let request!: http.ClientRequest;
  const attempt = (): Promise<http.IncomingMessage> => new Promise((resolve, reject) => {
    request = open(url, { method: body === undefined ? "GET" : "POST", headers, signal }, resolve);
    request.on("error", reject).end(body);
  });
  return attempt().catch((error: unknown) => {
    if (request.reusedSocket && (error as NodeJS.ErrnoException).code === "ECONNRESET") return attempt();
    throw error;
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
