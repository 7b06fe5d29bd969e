// Closes the objects behind Node's modules: every socket, pipe and child process of JavaScript ends at a method of one of a handful of native
// handles, whoever made it and whatever it kept from before. Opens none of them itself: a handle without a file descriptor has its prototype too.
import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import net from "node:net";
import { close, functionsOf } from "./closed.js";

/** Has to run before `net.Socket.prototype.connect` is closed: that is what makes a handle. */
export function closeHandles(): void {
  const tcp = prototypeOf(() => socketHandle({ port: 9 }));
  close(tcp, "TCP", ["connect", "connect6", "bind", "bind6", "listen", "open"]);
  // `open` stays: standard input and output are pipes.
  close(prototypeOf(() => socketHandle({ path: "pipe" })), "Pipe", ["connect", "bind", "listen"]);
  close(prototypeOf(udpHandle), "UDP", ["connect", "connect6", "bind", "bind6", "send", "send6", "open"]);
  close(prototypeOf(() => new childProcess.ChildProcess() as unknown as WithHandle), "Process", ["spawn"]);
  const resolver = prototypeOf(() => new dns.Resolver() as unknown as WithHandle);
  if (resolver) close(resolver, "ChannelWrap", functionsOf(resolver).filter((name) => /^(query|getHostByAddr)/.test(name)));
}

interface WithHandle { readonly _handle?: object | null }

/** Undefined where this Node is built otherwise; the tests of the doors then say what is open. */
function prototypeOf(make: () => WithHandle): object | undefined {
  try {
    const handle = make()._handle;
    return handle ? Object.getPrototypeOf(handle) as object : undefined;
  } catch {
    return undefined;
  }
}

/** `connect` makes the handle, restarts the socket's timer, then connects; this one stops in between. */
function socketHandle(options: net.NetConnectOpts): WithHandle {
  const socket = new net.Socket();
  Object.assign(socket, { _unrefTimer: () => { throw new Error("far enough"); } });
  try {
    socket.connect(options);
  } catch {
    // as intended
  }
  const { _handle: handle = null } = socket as unknown as WithHandle;
  socket.destroy();
  return { _handle: handle };
}

function udpHandle(): WithHandle {
  const socket = new dgram.Socket({ type: "udp4" } as never);
  const state = Object.getOwnPropertySymbols(socket).find((symbol) => symbol.description === "state symbol");
  const { handle } = (socket as unknown as Record<symbol, { handle?: object }>)[state!]!;
  socket.close();
  return { _handle: handle ?? null };
}
