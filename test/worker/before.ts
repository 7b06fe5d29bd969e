// Functions as somebody could have kept them who came before the network was closed.
import { spawn } from "node:child_process";
import dgram from "node:dgram";
import net from "node:net";

export const kept = {
  spawn, fetch: globalThis.fetch, createSocket: dgram.createSocket,
  // eslint-disable-next-line @typescript-eslint/unbound-method
  connect: net.Socket.prototype.connect, listen: net.Server.prototype.listen, send: dgram.Socket.prototype.send,
};
