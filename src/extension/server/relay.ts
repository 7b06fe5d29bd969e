// Sends the worker's requests to the model server that the user has set up, and hands back what it answers. The one place of the extension that
// sends code anywhere: to this origin, these paths, without following it elsewhere. Knows nothing of VS Code, nor of what is said.
import { type ServerOutcome, serverPaths, type ServerPart, type ServerRequest } from "../../protocol/server.js";

export async function relay(
  server: URL, { id, path, body }: ServerRequest, onPart: (part: ServerPart) => void, signal: AbortSignal,
): Promise<ServerOutcome> {
  if (!serverPaths.includes(path)) return { kind: "unreachable", message: `${path} is none of the paths that may be asked` };
  try {
    const response = await fetch(new URL(server.pathname.replace(/\/$/, "") + path, server), {
      redirect: "error", // the answer of an allowed host must not send the code to another one
      credentials: "omit", referrerPolicy: "no-referrer", signal,
      ...body !== undefined && { method: "POST", body, headers: { "content-type": "application/json" } },
    });
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) onPart({ id, text });
    return { kind: "answered", status: response.status };
  } catch (error) {
    return { kind: "unreachable", message: reasonOf(error) };
  }
}

/** `fetch` hides what happened in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
