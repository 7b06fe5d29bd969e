// Reading a trace of system calls: threads become processes, and what counts as leaving the machine.
import { strict as assert } from "node:assert";
import { outsideOf, processesOf } from "../../scripts/privacy/trace.js";
import { violations } from "../../scripts/privacy/violations.js";

const WORKER = 'execve("/usr/bin/node", ["/usr/bin/node", "/inkling/dist/worker.mjs", "--node-ipc"], 0x7ffc /* 9 vars */) = 0';
const HOST = 'execve("/usr/bin/node", ["/usr/bin/node", "--type=extensionHost"], 0x7ffc /* 9 vars */) = 0';
const FAR = 'connect(18, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 EINPROGRESS (Operation now in progress)';
const NEAR = 'connect(18, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("127.0.0.1")}, 16) = 0';

describe("a trace", () => {
  it("tells what leaves the machine", () => {
    assert.equal(outsideOf(FAR), "192.0.2.1 port 443");
    assert.equal(outsideOf(NEAR), undefined);
    assert.match(outsideOf(NEAR.replace("443", "53"))!, /port 53/, "a name server asks others");
    assert.match(outsideOf('sendto(3, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(9), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 1')!, /2001:db8::1/);
    assert.equal(outsideOf('connect(3, {sa_family=AF_INET6, sin6_port=htons(9), inet_pton(AF_INET6, "::1", &sin6_addr)}, 28) = 0'), undefined);
    assert.equal(outsideOf('connect(3, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0'), "a name service");
    assert.equal(outsideOf('connect(3, {sa_family=AF_UNIX, sun_path="/tmp/vscode.sock"}, 42) = 0'), undefined);
  });

  const thread = (id: number, lines: string[], ...made: { id: number; isThread: boolean }[]): { id: number; lines: string[]; made: typeof made } => ({ id, lines, made });

  it("gives what a thread did to its process, and the worker's doings to the worker", () => {
    const processes = processesOf([
      thread(1, [HOST, NEAR], { id: 2, isThread: false }),
      thread(2, [WORKER], { id: 3, isThread: true }),
      thread(3, [FAR]),
    ]);
    assert.deepEqual(processes.map(({ pid, parent }) => [pid, parent]), [[1, undefined], [2, 1]]);
    assert.deepEqual(violations(processes), [`the worker: ${FAR}`]);
  });

  it("sees processes of the worker, programs that it becomes, and a host that goes out or listens", () => {
    const listens = 'bind(5, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("0.0.0.0")}, 16) = 0';
    const processes = processesOf([
      thread(1, [HOST, FAR, listens], { id: 2, isThread: false }),
      thread(2, [WORKER, 'execve("/usr/bin/curl", ["curl"], 0x1 /* 9 vars */) = 0'], { id: 4, isThread: false }),
    ]);
    assert.deepEqual(violations(processes).map((text) => text.split(" ").slice(0, 4).join(" ")), [
      "the worker executed execve(\"/usr/bin/curl\",", "the worker started process", "the extension host reached", "the extension host reached",
    ]);
  });

  it("proves nothing when there is no worker in it", () => {
    assert.throws(() => violations(processesOf([thread(1, [HOST])])), /no worker/);
  });
});
