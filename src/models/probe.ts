// Writes a model that has the size and shape of a real one and no knowledge at all: every weight is zero. To an engine it is as much work as
// any other, which is what it is for. The file is sparse, so writing it costs nothing.
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import type { SizedModel } from "./speed.js";

/** Large enough that its weights do not stay in a processor's caches. */
const LAYERS = 8;
const WIDTH = 1024;
const INNER = 4096;
const HEADS = 16;
const VOCABULARY = 256;

/** Numbers of ggml's types. */
const F32 = 0;
const Q8_0 = 8;

interface Tensor {
  name: string;
  shape: readonly number[];
  type: typeof F32 | typeof Q8_0;
}

/** More layers make it larger, by 18 MB each. */
export function writeProbe(file: string, layers = LAYERS): SizedModel {
  const tensors = tensorsOf(layers);
  const header = headerOf(tensors, layers);
  const bytes = header.length + tensors.reduce((sum, tensor) => sum + sizeOf(tensor), 0);
  const fd = openSync(file, "w");
  try {
    writeSync(fd, header);
    ftruncateSync(fd, bytes);
  } finally {
    closeSync(fd);
  }
  return { bytes, parameters: tensors.reduce((sum, { shape }) => sum + count(shape), 0) };
}

function tensorsOf(layers: number): Tensor[] {
  const weight = (name: string, ...shape: number[]): Tensor => ({ name: `${name}.weight`, shape, type: shape.length === 1 ? F32 : Q8_0 });
  const layer = (index: number): Tensor[] => {
    const at = `blk.${index}`;
    return [
      weight(`${at}.attn_norm`, WIDTH), weight(`${at}.ffn_norm`, WIDTH),
      ...["q", "k", "v", "output"].map((part) => weight(`${at}.attn_${part}`, WIDTH, WIDTH)),
      weight(`${at}.ffn_gate`, WIDTH, INNER), weight(`${at}.ffn_up`, WIDTH, INNER), weight(`${at}.ffn_down`, INNER, WIDTH),
    ];
  };
  const ends = [weight("token_embd", WIDTH, VOCABULARY), weight("output_norm", WIDTH), weight("output", WIDTH, VOCABULARY)];
  return [...ends, ...Array.from({ length: layers }, (_, index) => layer(index)).flat()];
}

const count = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

/** A block of Q8_0 is 32 weights of a byte with a scale of two. All sizes here are multiples of GGUF's alignment of 32 bytes. */
function sizeOf({ shape, type }: Tensor): number {
  return type === F32 ? count(shape) * 4 : (count(shape) / 32) * 34;
}

/** As ggml's specification (docs/gguf.md) describes it. */
function headerOf(tensors: readonly Tensor[], layers: number): Buffer {
  const metadata = [
    entry("general.architecture", string("llama")), entry("general.name", string("probe")),
    entry("llama.context_length", u32(2048)), entry("llama.embedding_length", u32(WIDTH)), entry("llama.block_count", u32(layers)),
    entry("llama.feed_forward_length", u32(INNER)), entry("llama.attention.head_count", u32(HEADS)), entry("llama.attention.head_count_kv", u32(HEADS)),
    entry("llama.attention.layer_norm_rms_epsilon", f32(1e-5)), entry("llama.rope.dimension_count", u32(WIDTH / HEADS)),
    entry("tokenizer.ggml.model", string("gpt2")), entry("tokenizer.ggml.pre", string("qwen2")),
    entry("tokenizer.ggml.tokens", strings(Array.from({ length: VOCABULARY }, (_, index) => byteText(index)))), entry("tokenizer.ggml.merges", strings([])),
    entry("tokenizer.ggml.token_type", u32s(Array.from({ length: VOCABULARY }, () => 1))), entry("tokenizer.ggml.add_bos_token", typed(7, Buffer.of(0))),
  ];
  let offset = 0;
  const infos = tensors.map((tensor) => {
    const { name, shape, type } = tensor;
    const info = Buffer.concat([text(name), u32(shape.length).bytes, ...shape.map(u64), u32(type).bytes, u64(offset)]);
    offset += sizeOf(tensor);
    return info;
  });
  const header = Buffer.concat([Buffer.from("GGUF"), u32(3).bytes, u64(tensors.length), u64(metadata.length), ...metadata, ...infos]);
  return Buffer.concat([header, Buffer.alloc((32 - (header.length % 32)) % 32)]);
}

interface Value {
  type: number;
  bytes: Buffer;
}

function typed(type: number, bytes: Buffer): Value {
  return { type, bytes };
}

function entry(key: string, { type, bytes }: Value): Buffer {
  return Buffer.concat([text(key), u32(type).bytes, bytes]);
}

function u32(value: number): Value {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return typed(4, bytes);
}

function f32(value: number): Value {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return typed(6, bytes);
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function string(value: string): Value {
  return typed(8, text(value));
}

function strings(values: readonly string[]): Value {
  return typed(9, Buffer.concat([u32(8).bytes, u64(values.length), ...values.map(text)]));
}

function u32s(values: readonly number[]): Value {
  return typed(9, Buffer.concat([u32(5).bytes, u64(values.length), ...values.map((value) => u32(value).bytes)]));
}

/** Byte-level vocabularies write the bytes that cannot be printed as other characters, in order (GPT-2's table). */
function byteText(byte: number): string {
  const isPrintable = (b: number): boolean => (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
  if (isPrintable(byte)) return String.fromCharCode(byte);
  return String.fromCharCode(256 + Array.from({ length: byte }, (_, b) => b).filter((b) => !isPrintable(b)).length);
}
