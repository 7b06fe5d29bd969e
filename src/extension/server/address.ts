// Whether Inkling may talk to a model server: this machine always, another one only if its name is allowed in so many words. Knows nothing of VS Code.

/** Value of the setting `inkling.server`, in which nothing is sure. */
export interface ServerSetting {
  url?: unknown;
  model?: unknown;
  allowHost?: unknown;
}

export type ServerChoice =
  | { kind: "none" }
  | { kind: "refused"; address: string; reason: string }
  | { kind: "server"; url: URL; address: string; model: string };

export function chooseServer({ url: text, model, allowHost }: ServerSetting): ServerChoice {
  if (typeof text !== "string" || text.trim() === "") return { kind: "none" };
  const url = parse(text.trim());
  if (!url || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.password !== "") {
    return { kind: "refused", address: text.trim(), reason: "is not an address such as http://127.0.0.1:8080" };
  }
  const address = url.host;
  const isAllowed = isLoopback(url.hostname) || (typeof allowHost === "string" && allowHost.trim().toLowerCase() === url.hostname);
  if (!isAllowed) return { kind: "refused", address, reason: `is not this machine: it gets code only if inkling.server.allowHost is "${url.hostname}"` };
  return { kind: "server", url, address, model: typeof model === "string" ? model.trim() : "" };
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** `URL` has written every number form of an address out by now. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
