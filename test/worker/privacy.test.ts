// That nothing leaves: the worker's own system calls over a day's work, and the proof that this test sees what it looks for: with a leak planted
// it fails. The same in a real VS Code is in test/privacy. INKLING_TEST_LEAK as there.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readTrace, straceArguments } from "../../scripts/privacy/trace.js";
import { violations } from "../../scripts/privacy/violations.js";
import { writeTinyModel } from "../fixtures/gguf.js";
import { type Leak, leaks, plantedByName, plantWorker } from "../privacy/planted.js";
import { workerFile } from "./start.js";
import { openWire } from "./wire.js";
import { chatTemplate, workday, type Workday } from "./workday.js";

const canRun = (program: string, ...args: string[]): boolean => spawnSync(program, args, { stdio: "ignore" }).status === 0;
const UNSHARE = process.getuid?.() === 0 ? ["unshare", "--net"] : ["unshare", "--net", "--map-root-user"];

describe("privacy of the worker", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "inkling-privacy-"));
  const model = join(folder, "tiny.gguf");
  before(function () {
    if (!canRun("strace", "-V")) this.skip(); // Linux, with strace installed
    writeTinyModel(model, { chatTemplate });
  });
  after(() => rmSync(folder, { recursive: true }));

  async function traced(name: string, file: string, restricted = true): Promise<{ found: string[]; day: Workday; stderr: string }> {
    const traces = join(folder, name.replaceAll(/\W+/g, "-"));
    mkdirSync(traces);
    const wire = openWire({ workerFile: file, restricted, under: ["strace", ...straceArguments(traces)] });
    try {
      await wire.start({ modelFile: model, chatModelFile: model, folder });
      const day = await workday(wire);
      await delay(500);
      return { found: violations(readTrace(traces)), day, stderr: wire.stderr() };
    } finally {
      await wire.close();
    }
  }

  it("opens no socket and executes nothing, over completions, an explanation, a commit message and a conversation", async () => {
    const leak = plantedByName();
    const file = leak ? await plantWorker(leaks[leak], false) : workerFile;
    const { found, day, stderr } = await traced("shipped", file, !leak);
    console.log(`      ${JSON.stringify(day)}`);
    assert.ok(day.answered.completion >= 4);
    assert.deepEqual(found, []);
    assert.doesNotMatch(stderr, /ERR_INKLING_CLOSED/, "nor does anything try");
  });

  it("says nothing of what it read in its log", async () => {
    const wire = openWire();
    await wire.start({ modelFile: model, chatModelFile: model, folder });
    await workday(wire, "quartz");
    const said = wire.received.filter(({ method }) => method === "window/logMessage").map(({ params }) => (params as { message: string }).message);
    await wire.close();
    assert.ok(said.length >= 4, "there is a log");
    assert.doesNotMatch(`${said.join("\n")}\n${wire.stderr()}`, /return a|add\(|const quartz|export |What does|value\(1/);
  });

  for (const leak of Object.keys(leaks) as Leak[]) {
    it(`would fail for ${leak} in a worker without its guards`, async () => {
      const file = await plantWorker(leaks[leak], false);
      const { found } = await traced(`open ${leak}`, file, false);
      console.log(`      ${found[0] ?? ""}`);
      assert.match(found.join("\n"), leak.includes("curl") ? /started process|executed/ : /connect|sendto|sendmmsg|socket/);
    });
  }

  it("sees a leak that the guard stops, by the attempt", async () => {
    for (const leak of ["a fetch", "a child process running curl"] as const) {
      const file = await plantWorker(leaks[leak], true);
      const { found, stderr } = await traced(`closed ${leak}`, file);
      assert.deepEqual(found, [], leak);
      assert.match(stderr, /ERR_INKLING_CLOSED/, leak);
    }
  });

  it("works where there is no network at all", async function () {
    if (!canRun(UNSHARE[0]!, ...UNSHARE.slice(1), "true")) return this.skip(); // some systems forbid it
    const wire = openWire({ under: UNSHARE });
    await wire.start({ modelFile: model, chatModelFile: model });
    const devices = readFileSync(`/proc/${wire.child.pid!}/net/dev`, "utf8").trim().split("\n").slice(2).map((line) => line.trim().split(":")[0]);
    assert.deepEqual(devices, ["lo"]);
    assert.ok((await workday(wire)).answered.completion >= 4);
    await wire.close();
  });
});
