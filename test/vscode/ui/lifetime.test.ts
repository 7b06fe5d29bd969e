// What stays behind when a window closes: nothing.
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { openWindow, untilReady } from "./window.js";

const GONE_WITHIN_MS = 5_000;

describe("closing a window", function () {
  this.timeout(60_000);

  it("ends the worker", async function () {
    if (process.platform !== "linux") this.skip(); // no server to look into
    const window = await openWindow({ file: { name: "vector.ts", line: 1, column: 1 } });
    try {
      await untilReady(window.page);
      assert.equal(workersBelow(window.server.pid).length, 1);
      await window.page.close({ runBeforeUnload: true });
      const end = performance.now() + GONE_WITHIN_MS;
      while (workersBelow(window.server.pid).length > 0 && performance.now() < end) await new Promise((done) => setTimeout(done, 50));
      assert.deepEqual(workersBelow(window.server.pid), []);
    } finally {
      await window.close();
    }
  });
});

/** Ids of the worker processes that descend from a process. */
function workersBelow(ancestor: number): number[] {
  const processes = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).trim().split("\n").map((line) => {
    const [pid, parent, ...command] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), command: command.join(" ") };
  });
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const descends = (pid: number | undefined): boolean => pid !== undefined && (pid === ancestor || descends(parents.get(pid)));
  return processes.filter(({ pid, command }) => command.includes("dist/worker.mjs") && descends(pid)).map(({ pid }) => pid);
}
