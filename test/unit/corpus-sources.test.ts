// From archive bytes to source files: both archive formats, and TypeScript out of source maps.
import assert from "node:assert/strict";
import { deflateRawSync, gzipSync } from "node:zlib";
import { entries } from "../../models/training/corpus/archive.js";
import { projectOf, type Package } from "../../models/training/corpus/manifest.js";
import { harvest, mappedSources } from "../../models/training/corpus/sources.js";

function tarEntry(path: string, content: string, type = "0"): Buffer {
  const header = Buffer.alloc(512);
  header.write(path.slice(0, 100), 0);
  header.write(Buffer.byteLength(content).toString(8).padStart(11, "0"), 124);
  header.write(type, 156);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (Buffer.byteLength(content) % 512)) % 512)]);
}

const tgz = (...parts: Buffer[]): Buffer => gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));

function zip(path: string, content: string): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(path.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(content.length, 24);
  central.writeUInt16LE(path.length, 28);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + path.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(path), packed, central, Buffer.from(path), end]);
}

const body = "export function add(left: number, right: number): number {\n  return left + right;\n}\n";
const text = (name: string): string => `// ${name}: arithmetic for people who count.\n${body.repeat(4)}`;
const pack = (name: string, file: string): Package => ({ registry: "npm", name, version: "1.0.0", licence: "MIT", split: "train", file, integrity: "" });

describe("corpus sources", () => {
  it("reads .tgz, with long paths, and .whl", () => {
    const long = `package/${"deep/".repeat(30)}a.ts`;
    const tar = tgz(tarEntry("package/b.ts", "b"), tarEntry("PaxHeader", `${long.length + 10} path=${long}\n`, "x"), tarEntry("short", "a"), tarEntry("package/dir", "", "5"));
    assert.deepEqual([...entries(tar, "x.tgz")].map((entry) => [entry.path, entry.read().toString()]), [["package/b.ts", "b"], [long, "a"]]);
    const [entry] = [...entries(zip("flask/app.py", "print(1)\n".repeat(50)), "x.whl")];
    assert.equal(entry?.path, "flask/app.py");
    assert.equal(entry.read().toString(), "print(1)\n".repeat(50));
  });

  it("takes readable files, with paths as in their repository", () => {
    const archive = tgz(tarEntry("package/src/add.ts", text("add")), tarEntry("package/README.md", "# hello"), tarEntry("package/src/tiny.ts", "export {};"));
    const found = [...harvest(pack("@acme/math", "math.tgz"), archive)];
    assert.deepEqual(found.flatMap((one) => (one.kind === "file" ? [one.file.project, one.file.path, one.file.language] : [])), ["acme", "packages/math/src/add.ts", "typescript"]);
    assert.deepEqual(found.flatMap((one) => (one.kind === "dropped" ? [one.reason] : [])), ["too small"]);
    assert.equal(projectOf(pack("math", "")), "math");
  });

  it("takes TypeScript out of source maps, and leaves bundled dependencies there", () => {
    const map = { sources: ["../../src/add.ts", "webpack://math/./src/sub.tsx", "../node_modules/x/i.ts", "../src/old.js"], sourcesContent: ["1", "2", "3", "4"] };
    assert.deepEqual([...mappedSources({ read: () => Buffer.from(JSON.stringify(map)) })].slice(0, 2), [["src/add.ts", "1"], ["src/sub.tsx", "2"]]);
    assert.deepEqual([...mappedSources({ read: () => Buffer.from("not JSON") })], []);
    const archive = tgz(tarEntry("package/dist/add.js.map", JSON.stringify({ sources: ["../src/add.ts", "../node_modules/x/i.ts"], sourcesContent: [text("add"), text("x")] })));
    assert.deepEqual([...harvest(pack("math", "math.tgz"), archive)].flatMap((one) => (one.kind === "file" ? [one.file.path] : [])), ["src/add.ts"]);
  });
});
