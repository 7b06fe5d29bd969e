// Reads the two archive formats that registries hand out, npm's .tgz and Python's .whl (zip), entry by entry in memory.
// It writes nothing to disk, so no path in an archive can reach outside it.
import { gunzipSync, inflateRawSync } from "node:zlib";

export interface Entry {
  path: string;
  /** Size of the content in bytes, unpacked. */
  size: number;
  read(): Buffer;
}

export function* entries(archive: Buffer, file: string): Generator<Entry> {
  yield* file.endsWith(".whl") ? zipEntries(archive) : tarEntries(gunzipSync(archive));
}

/** POSIX tar: 512-byte headers; a long path comes in a record of its own, before the entry (pax `x` or GNU `L`). */
function* tarEntries(tar: Buffer): Generator<Entry> {
  let longPath = "";
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const field = (from: number, length: number): string => tar.toString("utf8", at + from, at + from + length).replace(/\0.*$/s, "");
    const size = parseInt(field(124, 12), 8) || 0;
    const content = tar.subarray(at + 512, at + 512 + size);
    const type = field(156, 1);
    if (type === "x") longPath = /\d+ path=(.*)\n/.exec(content.toString("utf8"))?.[1] ?? "";
    else if (type === "L") longPath = content.toString("utf8").replace(/\0.*$/s, "");
    else {
      const prefix = field(345, 155);
      const path = longPath || (prefix ? `${prefix}/` : "") + field(0, 100);
      if (type === "0" || type === "") yield { path, size, read: () => content };
      longPath = "";
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** Zip by its central directory; methods 0 (stored) and 8 (deflated), which are all that wheels use. */
function* zipEntries(zip: Buffer): Generator<Entry> {
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (end < 0) throw new Error("not a zip archive");
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    const [nameLength, extraLength, commentLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const path = zip.toString("utf8", at + 46, at + 46 + nameLength);
    const read = (): Buffer => {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const bytes = zip.subarray(start, start + packed);
      return method === 0 ? bytes : inflateRawSync(bytes);
    };
    yield { path, size, read };
    at += 46 + nameLength + extraLength + commentLength;
  }
}
