// The worker's process as the extension starts it: what it gets to see of the environment, and that nothing it prints can block it.
import { strict as assert } from "node:assert";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import { join } from "node:path";
import { workerRestrictions } from "../../src/protocol/worker.js";
import { startProcess, workerEnvironment } from "../../src/extension/process.js";

describe("worker process", () => {
  let folder: string;
  before(() => { folder = mkdtempSync(join(os.tmpdir(), "inkling-process-")); });
  after(() => rmSync(folder, { recursive: true }));

  function run(script: string, restrictions: readonly string[] = []) {
    const file = join(folder, "worker.mjs");
    writeFileSync(file, script);
    const debug: string[] = [];
    const info: string[] = [];
    const log = { debug: (line: string) => debug.push(line), info: (line: string) => info.push(line) };
    return { ...startProcess(file, log, restrictions), debug, info };
  }

  it("passes on what a process needs and keeps secrets, proxies and Node's options back", () => {
    const env = workerEnvironment({
      PATH: "/bin", Home: "/home/me", INKLING_X: "1", GITHUB_TOKEN: "secret", HTTPS_PROXY: "http://proxy", NODE_OPTIONS: "--inspect",
      VSCODE_IPC_HOOK: "x", ELECTRON_NO_ATTACH_CONSOLE: "1",
    });
    assert.deepEqual(env, { PATH: "/bin", Home: "/home/me", INKLING_X: "1", ELECTRON_RUN_AS_NODE: "1" });
  });

  it("reads everything that the process prints, and says how it ended", async () => {
    const { exited, child, debug, info } = run(`
      process.stdout.write("out\\n".repeat(300_000), () => process.stderr.write("err\\n", () => process.exit(3)));`);
    const closed = new Promise((resolve) => child.once("close", resolve));
    assert.equal(await exited, "exit code 3");
    await closed;
    assert.equal(debug.length, 300_000);
    assert.deepEqual(info, ["[worker] err"]);
  });

  it("tells the signal that ended it", async () => {
    const { exited, child } = run("setInterval(() => {}, 1000); process.send('up');");
    await new Promise((resolve) => child.once("message", resolve));
    child.kill("SIGKILL");
    assert.equal(await exited, "signal SIGKILL");
  });

  it("may read, and neither write nor start processes or threads", async () => {
    const target = join(folder, "written");
    const { exited, child } = run(`
      import fs from "node:fs"; import { spawnSync } from "node:child_process"; import { Worker } from "node:worker_threads";
      const attempts = {
        read: () => fs.readFileSync(import.meta.filename), write: () => fs.writeFileSync(${JSON.stringify(target)}, "x"), remove: () => fs.rmSync(import.meta.filename),
        spawn: () => spawnSync("true"), thread: () => new Worker("", { eval: true }),
      };
      process.send(Object.entries(attempts).map(([name, attempt]) => { try { attempt(); return name; } catch (error) { return error.code; } }));
      process.disconnect();`, workerRestrictions());
    const [outcome] = await once(child, "message") as [string[]];
    assert.equal(await exited, "exit code 0");
    assert.deepEqual(outcome, ["read", ...Array.from({ length: 4 }, () => "ERR_ACCESS_DENIED")]);
  });

  it("asks for nothing that a version of Node does not know", () => {
    assert.deepEqual(workerRestrictions(new Set()), []);
    const flags = (...known: string[]): string | undefined => workerRestrictions(new Set([...known, "--disable-warning"]))[0];
    assert.equal(flags("--experimental-permission"), "--experimental-permission"); // Node 20
    assert.equal(flags("--permission", "--experimental-permission"), "--permission"); // Node 22
    assert.equal(flags("--permission"), "--permission"); // Node 24
  });

  it("runs it below the editor's priority", async function () {
    if (process.platform === "win32") this.skip(); // maps small differences to the same class
    const { exited, child } = run("setInterval(() => {}, 1000); process.send('up');");
    await new Promise((resolve) => child.once("message", resolve));
    assert.ok(os.getPriority(child.pid) > 0);
    child.kill("SIGKILL");
    await exited;
  });
});
