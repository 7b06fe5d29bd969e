// Sends the worker's requests to the model server that the user has set up, and hands back what it answers. The one place of the extension that
// sends code anywhere: to this origin, these paths, without following it elsewhere. Knows nothing of VS Code, nor of what is said.
import type { IncomingMessage } from "http";
import { send } from "../../models/request.js";
import { type ServerOutcome, serverPaths, type ServerPart, type ServerRequest } from "../../protocol/server.js";

export async function relay(
  server: URL, { id, path, body }: ServerRequest, onPart: (part: ServerPart) => void, signal: AbortSignal,
): Promise<ServerOutcome> {
  if (!serverPaths.includes(path)) return { kind: "unreachable", message: `${path} is none of the paths that may be asked` };
  try {
    const response = await ask(new URL(server.pathname.replace(/\/$/, "") + path, server), body, signal);
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
async function ask(url: URL, body: string | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { accept: "*/*", ...body !== undefined && { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) } };
  const first = send(url, { headers, signal, body });
  return first.response.catch((error: unknown) => {
    if (first.request.reusedSocket && (error as NodeJS.ErrnoException).code === "ECONNRESET") return send(url, { headers, signal, body }).response;
    throw error;
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
