// How the worker, which has no network, asks a model server that the user has set up: it hands its requests to its client, which sends them to
// that one server and nowhere else. Plain data.

export const serverMethods = {
  /** Worker to client, request: {@link ServerRequest}, answered with a {@link ServerOutcome} when the server has said everything. */
  request: "inkling/serverRequest",
  /** Client to worker, notification: {@link ServerPart}, as the answer comes in. */
  part: "inkling/serverPart",
} as const;

/** In the worker's options; what it may know of the server. */
export interface ServerOptions {
  /** Host and port, for people. */
  address: string;
  /** One of the server's models; empty for its first. */
  model: string;
  /** Why the client will not talk to it, as a sentence for the user; then nobody is asked. */
  refused?: string;
}

/** All that may be asked. */
export const serverPaths = ["/props", "/v1/models", "/infill", "/v1/completions", "/v1/chat/completions"] as const;

export interface ServerRequest {
  /** Chosen by the worker; the parts of the answer carry it. */
  id: number;
  path: (typeof serverPaths)[number];
  /** JSON for a POST; without it, it is a GET. */
  body?: string;
}

export interface ServerPart {
  id: number;
  text: string;
}

export type ServerOutcome =
  | { kind: "answered"; status: number }
  | { kind: "unreachable"; message: string };
