// What is remembered of a graphics processor: a driver that takes a worker down does so once.
import { strict as assert } from "node:assert";
import { gpuBackendsOf, type GpuMemory, rememberGpu } from "../../src/extension/gpu.js";

const works = { kind: "works", backend: "vulkan", device: "A Card", memory: 8e9 } as const;

function setUp(known = gpuBackendsOf("linux", "x64")) {
  const store = new Map<string, unknown>();
  const warnings: string[] = [];
  const settings = { isWanted: true };
  const open = (version = "1.0.0"): GpuMemory => rememberGpu({
    version, isWanted: () => settings.isWanted, warn: (message) => warnings.push(message),
    state: { get: (key) => store.get(key), update: (key, value) => Promise.resolve(void store.set(key, value)) },
  }, known);
  return { open, warnings, settings };
}

describe("the graphics processor", () => {
  it("is tried where Inkling knows one", () => {
    const known = (["darwin-arm64", "darwin-x64", "linux-x64", "linux-arm64", "win32-x64", "win32-arm64"] as const)
      .map((name) => gpuBackendsOf(...name.split("-") as [NodeJS.Platform, string]).join());
    assert.deepEqual(known, ["metal", "", "vulkan", "", "vulkan", ""]);
  });

  it("is not tried again after the worker ended in the trial, in this window and in the next", async () => {
    const { open, warnings } = setUp();
    const memory = open();
    const trial = memory.follow();
    trial.report({ kind: "trying", backend: "vulkan" });
    trial.ended("exit code 1");
    assert.deepEqual([memory.backends(), open().backends(), warnings.length], [[], [], 1]);
    assert.equal(open().trouble()?.kind, "crashed");
    await memory.forget();
    assert.deepEqual(open().backends(), ["vulkan"]);
  });

  for (const [how, isCrash] of [["signal SIGSEGV", true], ["signal SIGABRT", true], ["exit code 3221225477", true], ["exit code -1073741819", true], ["signal SIGKILL", false], ["exit code 1", false]] as const) {
    it(`that worked is ${isCrash ? "left alone" : "not blamed"} after ${how}`, () => {
      const { open } = setUp();
      const trial = open().follow();
      trial.report({ kind: "trying", backend: "vulkan" });
      trial.report(works);
      trial.ended(how);
      assert.deepEqual(open().backends(), isCrash ? [] : ["vulkan"]);
    });
  }

  it("is not blamed for what happens where it is absent", () => {
    const { open } = setUp();
    const trial = open().follow();
    trial.report({ kind: "trying", backend: "vulkan" });
    trial.report({ kind: "absent", backend: "vulkan" });
    trial.ended("signal SIGSEGV");
    assert.deepEqual(open().backends(), ["vulkan"]);
  });

  it("that computes wrongly is left alone until another version of Inkling", () => {
    const { open } = setUp();
    open().follow().report({ kind: "wrong", backend: "vulkan" });
    assert.deepEqual([open("1.0.0").backends(), open("1.0.1").backends()], [[], ["vulkan"]]);
  });

  it("is known with its memory once it has worked, unless a person does not want it", () => {
    const { open, settings } = setUp();
    open().follow().report(works);
    assert.deepEqual(open().seen(), { backend: "vulkan", device: "A Card", memory: 8e9 });
    settings.isWanted = false;
    assert.deepEqual([open().seen(), open().backends()], [undefined, []]);
  });
});
