// What a package may contain, for every platform, without building one; and that nothing unpinned gets in.
import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { architectureOf } from "../../scripts/package/architecture.js";
import { type Contents, type File, problemsOf, REQUIRED } from "../../scripts/package/content.js";
import { notice } from "../../scripts/package/notice.js";
import { verifyIntegrity } from "../../scripts/package/tarball.js";
import { buildForProcessor } from "../../src/worker/engine-backend.js";
import { gpuBackendsOf } from "../../src/extension/gpu.js";
import { allTargets, enginePackage, enginePackages, gpuPackages, type Target } from "../../scripts/package/targets.js";

const ROOT = join(__dirname, "../..");

function contentsFor(target: Target, more: Record<string, File> = {}): Contents {
  const required = REQUIRED.map((path): [string, File] => [path, { size: 1 }]);
  const engines = enginePackages(target).flatMap((name): [string, File][] => {
    const folder = `dist/node_modules/${name}`;
    return [[`${folder}/package.json`, { size: 1 }], [`${folder}/bins/${name.split("/")[1]!}/llama-addon.node`, { size: 1, architecture: target }]];
  });
  return new Map<string, File>([...required, ...engines, ...Object.entries(more)]);
}

describe("the content of packages", () => {
  for (const target of allTargets) {
    it(`${target}: complete, and pinned in package-lock.json`, () => {
      assert.deepEqual(problemsOf(contentsFor(target), target), []);
      const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as { packages: Record<string, { version: string; integrity: string }> };
      const { version, integrity } = lock.packages[`node_modules/${enginePackage(target)}`]!;
      assert.equal(version, lock.packages["node_modules/node-llama-cpp"]!.version, "the engine refuses binaries of another version");
      assert.match(integrity, /^sha512-/);
      if (gpuPackages[target]) assert.equal(gpuPackages[target].version, version);
    });

    it(`${target}: has every build that the worker asks for there`, () => {
      const [platform, processor] = target.split("-") as [NodeJS.Platform, string];
      const plain = `${platform === "darwin" ? "mac" : platform === "win32" ? "win" : platform}-${processor}`;
      const asked = [buildForProcessor(platform, processor), ...gpuBackendsOf(platform, processor)];
      const names = asked.map((build) => `@node-llama-cpp/${plain}${build === false ? "" : `-${build}`}`);
      assert.deepEqual([...new Set(names)], enginePackages(target));
    });
  }

  for (const path of [
    "src/extension/extension.ts", "dist/extension.js.map", "dist/node_modules/ipull/dist/index.d.ts", "models/training/train.py", "models/other.gguf", ".env",
    "dist/node_modules/minimist/test/all.js", "dist/grammars/tree-sitter-powershell.wasm", "node_modules/esbuild/package.json", "media/readme/ghost-text.png",
    "dist/node_modules/@node-llama-cpp/win-x64/package.json", "dist/test/suite/index.js", "dist/node_modules/other/build/other.node",
  ]) {
    it(`has no place for ${path}`, () => {
      const problems = problemsOf(contentsFor("linux-x64", { [path]: { size: 1, architecture: "linux-x64" } }), "linux-x64");
      assert.deepEqual(problems, [`does not belong: ${path}`]);
    });
  }

  it("says what is missing, empty, or built for another machine", () => {
    const contents = new Map(contentsFor("darwin-arm64"));
    contents.delete("dist/worker.mjs");
    contents.set("models/inkling-nano.gguf", { size: 0 });
    const library = "dist/node_modules/@node-llama-cpp/mac-arm64-metal/bins/mac-arm64-metal/libllama.dylib";
    contents.set(library, { size: 1, architecture: "darwin-x64" });
    assert.deepEqual(problemsOf(contents, "darwin-arm64"), ["missing: dist/worker.mjs", "empty: models/inkling-nano.gguf", `is for darwin-x64: ${library}`]);
  });

  it("takes a fetched package only with the pinned hash", () => {
    const bytes = Buffer.from("an archive");
    const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
    verifyIntegrity("x", bytes, integrity);
    assert.throws(() => verifyIntegrity("x", Buffer.from("another archive"), integrity), /x is not what is pinned/);
  });

  it("knows native libraries by their first bytes", function () {
    const own = join(ROOT, "node_modules", enginePackage("linux-x64"), "bins/linux-x64/llama-addon.node");
    if (existsSync(own)) assert.equal(architectureOf(readFileSync(own)), "linux-x64");
    const machO = Buffer.alloc(64);
    machO.writeUInt32LE(0xfeedfacf, 0);
    machO.writeUInt32LE(0x0100000c, 4);
    assert.equal(architectureOf(machO), "darwin-arm64");
    const windows = Buffer.alloc(80);
    windows.write("MZ");
    windows.writeUInt32LE(0x40, 0x3c);
    windows.write("PE", 0x40);
    windows.writeUInt16LE(0x8664, 0x44);
    assert.equal(architectureOf(windows), "win32-x64");
    assert.equal(architectureOf(Buffer.from("#!/bin/sh\n".padEnd(80))), undefined);
  });

  it("names what others wrote, with their licences", async () => {
    const text = await notice(ROOT, ["src/worker/main.ts", "node_modules/vscode-jsonrpc/lib/node/main.js"], join(ROOT, "node_modules", "node-llama-cpp", "node_modules"));
    for (const part of [/^vscode-jsonrpc [\d.]+: MIT$/m, /^web-tree-sitter [\d.]+: MIT$/m, /^chalk [\d.]+: MIT$/m, /Copyright \(c\) Microsoft Corporation/, /llama\.cpp and ggml \(MIT/]) {
      assert.match(text, part);
    }
  });
});
