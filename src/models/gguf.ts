// Reads the header of a GGUF file, as ggml's specification (docs/gguf.md) describes it, without the engine and without trusting the file.
import { closeSync, fstatSync, openSync } from "node:fs";
import { ARRAY, Cursor, GgufError, SCALARS, STRING } from "./gguf-cursor.js";
import { findTokens, refuseRepeatedTokens } from "./gguf-vocabulary.js";

export { GgufError } from "./gguf-cursor.js";

export type MetadataValue = string | number | boolean;

export interface GgufHeader {
  version: number;
  /** Scalars and strings of the metadata; arrays by their length. */
  metadata: ReadonlyMap<string, MetadataValue>;
  /** Short arrays of numbers, such as the heads of each layer. */
  numbers: ReadonlyMap<string, readonly number[]>;
  tensorCount: number;
  tensors: readonly TensorInfo[];
  /** Ids of the tokens that were asked for and that the vocabulary has. */
  tokens: ReadonlyMap<string, number>;
  /** Bytes that the file must have for all of its tensors. */
  neededBytes: number;
}

export interface TensorInfo {
  name: string;
  shape: readonly number[];
  type: number;
  bytes: number;
}

export interface ReadOptions {
  /** Tokens whose ids are wanted. */
  tokens?: ReadonlySet<string>;
  /** Also refuses a vocabulary that the engine could not load; takes a tenth of a second with the largest. */
  vocabulary?: boolean;
}

/** Far above any real model; a damaged count must not become a loop of hours, or an array of gigabytes. */
const MAX_ENTRIES = 65_536;
const MAX_ELEMENTS = 4_000_000;
const MAX_KEPT_ARRAY = 4096;
const MAX_KEPT_TEXT = 16 << 20;

/** Elements and bytes of a block of each tensor type (ggml.h, ggml-common.h). */
const BLOCKS: Partial<Record<number, readonly [elements: number, bytes: number]>> = {
  0: [1, 4], 1: [1, 2], 2: [32, 18], 3: [32, 20], 6: [32, 22], 7: [32, 24], 8: [32, 34], 9: [32, 36],
  10: [256, 84], 11: [256, 110], 12: [256, 144], 13: [256, 176], 14: [256, 210], 15: [256, 292],
  16: [256, 66], 17: [256, 74], 18: [256, 98], 19: [256, 50], 20: [32, 18], 21: [256, 110], 22: [256, 82], 23: [256, 136],
  24: [1, 1], 25: [1, 2], 26: [1, 4], 27: [1, 8], 28: [1, 8], 29: [256, 56], 30: [1, 2], 34: [256, 54], 35: [256, 66], 39: [32, 17],
};
/** Types above are newer than the table; the engine judges them. */
const NEWEST_KNOWN = 39;

interface Metadata {
  values: Map<string, MetadataValue>;
  numbers: Map<string, number[]>;
  tokens: Map<string, number>;
}

/** Reads and checks the header; throws {@link GgufError}, or the file system's own error. Takes milliseconds, also with a large vocabulary. */
export function readGgufHeader(file: string, { tokens: wanted = new Set(), vocabulary = false }: ReadOptions = {}): GgufHeader {
  const fd = openSync(file, "r");
  try {
    const cursor = new Cursor(fd, fstatSync(fd).size);
    const { version, tensorCount, entryCount } = readCounts(cursor);
    const { values: metadata, numbers, tokens } = readMetadata(cursor, entryCount, { wanted, vocabulary });
    const alignment = metadata.get("general.alignment") ?? 32;
    if (typeof alignment !== "number" || alignment < 8 || alignment > 65_536 || alignment % 8 !== 0) throw new GgufError("damaged", "its alignment is not a sensible number");
    const { tensors, bytes } = readTensorInfos(cursor, tensorCount, alignment);
    const dataStart = Math.ceil(cursor.position / alignment) * alignment;
    return { version, metadata, numbers, tokens, tensorCount, tensors, neededBytes: tensorCount === 0 ? cursor.position : dataStart + bytes };
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

interface Wanted { wanted: ReadonlySet<string>; vocabulary: boolean }

function readMetadata(cursor: Cursor, count: number, look: Wanted): Metadata {
  const read: Metadata = { values: new Map(), numbers: new Map(), tokens: new Map() };
  let kept = 0;
  for (let entry = 0; entry < count; entry += 1) {
    const key = cursor.name("a metadata key");
    if (read.values.has(key)) throw new GgufError("damaged", `it has ${key} twice`);
    const type = cursor.u32(`the type of ${key}`);
    const value = type === ARRAY ? readArray(cursor, key, read, look) : type === STRING ? cursor.string(key) : cursor.scalar(type, key);
    if (typeof value === "string") kept += value.length;
    if (kept > MAX_KEPT_TEXT) throw new GgufError("damaged", "its metadata has more text than any model");
    read.values.set(key, value);
  }
  return read;
}

/** The length. Arrays of text (the vocabulary, the merges) are passed over, not kept. Arrays of arrays exist in the specification, but in no model. */
function readArray(cursor: Cursor, key: string, { numbers, tokens }: Metadata, { wanted, vocabulary }: Wanted): number {
  const type = cursor.u32(`the element type of ${key}`);
  const length = cursor.u64(`the length of ${key}`);
  const size = type === STRING ? 8 : SCALARS[type]?.[0];
  if (size === undefined) throw new GgufError("damaged", `${key} is an array of the unknown type ${type}`);
  if (length > cursor.left / size) throw new GgufError("cut", `it ends inside ${key}, which claims ${length} elements`);
  if (length > MAX_ELEMENTS) throw new GgufError("damaged", `${key} claims ${length} elements`);
  const start = cursor.position;
  if (type === STRING && vocabulary && key === "tokenizer.ggml.tokens") {
    refuseRepeatedTokens(cursor, key, length);
    cursor.position = start;
  }
  if (type === STRING && wanted.size > 0 && key === "tokenizer.ggml.tokens") findTokens(cursor, key, length, wanted, tokens);
  else if (type === STRING) for (let i = 0; i < length; i += 1) cursor.skip(cursor.u64(key), key);
  else if (length > MAX_KEPT_ARRAY) cursor.skip(length * size, key);
  else numbers.set(key, Array.from({ length }, () => Number(cursor.scalar(type, key))));
  return length;
}

/** The tensors, and the bytes from the start of their data to the end of the last. As in ggml, each begins where the one before ends. */
function readTensorInfos(cursor: Cursor, count: number, alignment: number): { tensors: TensorInfo[]; bytes: number } {
  const tensors: TensorInfo[] = [];
  const names = new Set<string>();
  let end = 0;
  let isContiguous = true;
  for (let tensor = 0; tensor < count; tensor += 1) {
    const info = readTensorInfo(cursor);
    const offset = cursor.u64(`the offset of ${info.name}`);
    if (names.has(info.name)) throw new GgufError("damaged", `it has the tensor ${info.name} twice`);
    const expected = Math.ceil(end / alignment) * alignment;
    if (isContiguous && offset !== expected) throw new GgufError("damaged", `${info.name} begins at byte ${offset} of the tensors instead of ${expected}`);
    if (info.type > NEWEST_KNOWN) isContiguous = false;
    names.add(info.name);
    tensors.push(info);
    end = Math.max(end, offset + info.bytes);
  }
  return { tensors, bytes: end };
}

function readTensorInfo(cursor: Cursor): TensorInfo {
  const name = cursor.name("a tensor's name");
  const dimensions = cursor.u32(`the shape of ${name}`);
  if (dimensions < 1 || dimensions > 4) throw new GgufError("damaged", `${name} claims ${dimensions} dimensions`);
  const shape = Array.from({ length: dimensions }, () => cursor.u64(`the shape of ${name}`));
  const elements = shape.reduce((a, b) => a * b, 1);
  if (elements < 1 || elements > Number.MAX_SAFE_INTEGER) throw new GgufError("damaged", `${name} claims ${elements} numbers`);
  const type = cursor.u32(`the type of ${name}`);
  const block = BLOCKS[type];
  if (!block && type <= NEWEST_KNOWN) throw new GgufError("damaged", `${name} has the unknown type ${type}`);
  const [perBlock, bytes] = block ?? [1, 0];
  if (shape[0]! % perBlock !== 0) throw new GgufError("damaged", `${name} has rows of ${shape[0]!} numbers, in blocks of ${perBlock}`);
  return { name, shape, type, bytes: elements / perBlock * bytes };
}
