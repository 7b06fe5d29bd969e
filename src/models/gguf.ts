// Reads the header of a GGUF file, as ggml's specification (docs/gguf.md) describes it, without the engine and without
// trusting the file: every count is checked against the bytes that are left before anything is read or kept.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** What is wrong with a header. `cut` means that the file ends where more was promised. */
export class GgufError extends Error {
  constructor(readonly kind: "foreign" | "damaged" | "cut", message: string) {
    super(message);
  }
}

export interface GgufHeader {
  version: number;
  /** Scalars and strings of the metadata; arrays by their length. */
  metadata: ReadonlyMap<string, string | number | boolean>;
  tensorCount: number;
  /** Bytes that the file must have for all of its tensors. */
  neededBytes: number;
}

/** Far above any real model; a damaged count must not become a loop of hours. */
const MAX_ENTRIES = 1_000_000;
const MAX_STRING = 1 << 20;
const WINDOW = 1 << 18;

/** Type numbers of the two metadata values that have no fixed size. */
const STRING = 8;
const ARRAY = 9;
/** The others: bytes, and how to read them. */
const SCALARS: Partial<Record<number, readonly [bytes: number, read: (from: Buffer) => number | boolean]>> = {
  0: [1, (from) => from.readUInt8()],
  1: [1, (from) => from.readInt8()],
  2: [2, (from) => from.readUInt16LE()],
  3: [2, (from) => from.readInt16LE()],
  4: [4, (from) => from.readUInt32LE()],
  5: [4, (from) => from.readInt32LE()],
  6: [4, (from) => from.readFloatLE()],
  7: [1, (from) => from.readUInt8() !== 0],
  10: [8, (from) => Number(from.readBigUInt64LE())],
  11: [8, (from) => Number(from.readBigInt64LE())],
  12: [8, (from) => from.readDoubleLE()],
};

/** Elements and bytes of a block of each tensor type (ggml.h, ggml-common.h). */
const BLOCKS: Partial<Record<number, readonly [elements: number, bytes: number]>> = {
  0: [1, 4], 1: [1, 2], 2: [32, 18], 3: [32, 20], 6: [32, 22], 7: [32, 24], 8: [32, 34], 9: [32, 36],
  10: [256, 84], 11: [256, 110], 12: [256, 144], 13: [256, 176], 14: [256, 210], 15: [256, 292],
  16: [256, 66], 17: [256, 74], 18: [256, 98], 19: [256, 50], 20: [32, 18], 21: [256, 110], 22: [256, 82], 23: [256, 136],
  24: [1, 1], 25: [1, 2], 26: [1, 4], 27: [1, 8], 28: [1, 8], 29: [256, 56], 30: [1, 2], 34: [256, 54], 35: [256, 66], 39: [32, 17],
};

/** Reads forward through the file by a window of {@link WINDOW} bytes; values that are only skipped are never read. */
class Cursor {
  private window = Buffer.alloc(0);
  private windowStart = 0;
  position = 0;

  constructor(private readonly fd: number, readonly size: number) {}

  skip(bytes: number, what: string): void {
    if (bytes > this.size - this.position) throw new GgufError("cut", `it ends inside ${what}`);
    this.position += bytes;
  }

  private take(bytes: number, what: string): Buffer {
    const at = this.position;
    this.skip(bytes, what);
    if (at < this.windowStart || at + bytes > this.windowStart + this.window.length) this.fill(at, bytes, what);
    return this.window.subarray(at - this.windowStart, at - this.windowStart + bytes);
  }

  private fill(at: number, bytes: number, what: string): void {
    const buffer = Buffer.allocUnsafe(Math.max(bytes, Math.min(WINDOW, this.size - at)));
    const read = readSync(this.fd, buffer, 0, buffer.length, at);
    if (read < bytes) throw new GgufError("cut", `it ends inside ${what}`);
    this.window = buffer.subarray(0, read);
    this.windowStart = at;
  }

  u32(what: string): number {
    return this.take(4, what).readUInt32LE();
  }

  u64(what: string): number {
    return Number(this.take(8, what).readBigUInt64LE());
  }

  string(what: string): string {
    const length = this.u64(what);
    if (length > MAX_STRING) throw new GgufError(length > this.size ? "damaged" : "cut", `${what} claims ${length} bytes`);
    return this.take(length, what).toString("utf8");
  }

  value(type: number, what: string): string | number | boolean {
    if (type === STRING) return this.string(what);
    const scalar = SCALARS[type];
    if (!scalar) throw new GgufError("damaged", `${what} has the unknown type ${type}`);
    const [bytes, read] = scalar;
    return read(this.take(bytes, what));
  }
}

/** Reads and checks the header; throws {@link GgufError}, or the file system's own error. Takes milliseconds, also with a large vocabulary. */
export function readGgufHeader(file: string): GgufHeader {
  const fd = openSync(file, "r");
  try {
    const cursor = new Cursor(fd, fstatSync(fd).size);
    const { version, tensorCount, entryCount } = readCounts(cursor);
    const metadata = readMetadata(cursor, entryCount);
    const tensorBytes = readTensorInfos(cursor, tensorCount);
    const alignment = metadata.get("general.alignment") ?? 32;
    if (typeof alignment !== "number" || alignment <= 0 || alignment > 65_536) throw new GgufError("damaged", "its alignment is not a sensible number");
    const dataStart = Math.ceil(cursor.position / alignment) * alignment;
    return { version, metadata, tensorCount, neededBytes: tensorCount === 0 ? cursor.position : dataStart + tensorBytes };
  } finally {
    closeSync(fd);
  }
}

function readCounts(cursor: Cursor): { version: number; tensorCount: number; entryCount: number } {
  if (cursor.size < 4 || cursor.u32("its first bytes") !== 0x46554747) throw new GgufError("foreign", "it does not begin with the letters GGUF");
  const version = cursor.u32("its version");
  if (version !== 2 && version !== 3) throw new GgufError("damaged", `it says GGUF version ${version}; 2 and 3 are known`);
  const tensorCount = cursor.u64("its number of tensors");
  const entryCount = cursor.u64("its number of metadata entries");
  const claim = `it claims ${tensorCount} tensors and ${entryCount} metadata entries`;
  if (tensorCount > MAX_ENTRIES || entryCount > MAX_ENTRIES) throw new GgufError("damaged", claim);
  // An entry takes at least 13 bytes (key length, type, value), a tensor's description at least 24.
  if (tensorCount * 24 + entryCount * 13 > cursor.size) throw new GgufError("cut", claim);
  return { version, tensorCount, entryCount };
}

function readMetadata(cursor: Cursor, count: number): Map<string, string | number | boolean> {
  const metadata = new Map<string, string | number | boolean>();
  for (let entry = 0; entry < count; entry += 1) {
    const key = cursor.string("a metadata key");
    const type = cursor.u32(`the type of ${key}`);
    metadata.set(key, type === ARRAY ? skipArray(cursor, key) : cursor.value(type, key));
  }
  return metadata;
}

/** Arrays (the vocabulary, the merges) are passed over, not read. Arrays of arrays exist in the specification, but in no model. */
function skipArray(cursor: Cursor, key: string): number {
  const type = cursor.u32(`the element type of ${key}`);
  const length = cursor.u64(`the length of ${key}`);
  const size = type === STRING ? 8 : SCALARS[type]?.[0];
  if (size === undefined) throw new GgufError("damaged", `${key} is an array of the unknown type ${type}`);
  if (length > (cursor.size - cursor.position) / size) throw new GgufError("cut", `it ends inside ${key}, which claims ${length} elements`);
  if (type !== STRING) cursor.skip(length * size, key);
  else for (let i = 0; i < length; i += 1) cursor.skip(cursor.u64(key), key);
  return length;
}

/** Bytes from the start of the tensor data to the end of its last tensor. */
function readTensorInfos(cursor: Cursor, count: number): number {
  let end = 0;
  for (let tensor = 0; tensor < count; tensor += 1) {
    const name = cursor.string("a tensor's name");
    const dimensions = cursor.u32(`the shape of ${name}`);
    if (dimensions > 8) throw new GgufError("damaged", `${name} claims ${dimensions} dimensions`);
    let elements = 1;
    for (let i = 0; i < dimensions; i += 1) elements *= cursor.u64(`the shape of ${name}`);
    const type = cursor.u32(`the type of ${name}`);
    const offset = cursor.u64(`the offset of ${name}`);
    const [perBlock, bytes] = BLOCKS[type] ?? [1, 0]; // a type newer than this table: the engine will judge it
    end = Math.max(end, offset + Math.ceil(elements / perBlock) * bytes);
  }
  return end;
}
