// What a GGUF's header says about the model in it: kind, size, layers, vocabulary; and whether the parts of the header fit together, so
// that a file with a damaged header is refused with a reason before an engine meets it.
import { GgufError, type GgufHeader } from "./gguf.js";

export interface ModelFacts {
  kind: "model" | "adapter";
  architecture: string;
  /** From the metadata; empty where the file has none. */
  name: string;
  parameters: number;
  /** Bytes of the tensors. */
  weightBytes: number;
  /** Tokens of context that it was trained for. */
  context: number;
  layers: number;
  width: number;
  vocabulary: number;
  chatTemplate?: string;
}

/** Throws {@link GgufError} where the header contradicts itself. */
export function factsOf(header: GgufHeader): ModelFacts {
  const { metadata, tensors } = header;
  const architecture = text(header, "general.architecture");
  if (!/^[a-z0-9][a-z0-9_.-]{0,63}$/.test(architecture)) throw new GgufError("damaged", "it does not say of what architecture the model is");
  const chatTemplate = metadata.get("tokenizer.chat_template");
  const facts: ModelFacts = {
    kind: text(header, "general.type") === "adapter" ? "adapter" : "model",
    architecture,
    name: text(header, "general.name"),
    parameters: tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
    weightBytes: tensors.reduce((sum, { bytes }) => sum + bytes, 0),
    context: number(header, `${architecture}.context_length`),
    layers: number(header, `${architecture}.block_count`),
    width: number(header, `${architecture}.embedding_length`),
    vocabulary: number(header, "tokenizer.ggml.tokens"),
    ...typeof chatTemplate === "string" && chatTemplate !== "" && { chatTemplate },
  };
  if (facts.kind === "model") checkModel(header, facts);
  return facts;
}

/** A number from the metadata; 0 where it has none. For arrays their length. */
export function number({ metadata }: GgufHeader, key: string): number {
  const value = metadata.get(key);
  return typeof value === "number" ? value : 0;
}

export function text({ metadata }: GgufHeader, key: string): string {
  const value = metadata.get(key);
  return typeof value === "string" ? value : "";
}

function checkModel(header: GgufHeader, { architecture, context, layers, width, vocabulary }: ModelFacts): void {
  for (const [value, key, most] of [[context, "context_length", 1 << 27], [layers, "block_count", 4096], [width, "embedding_length", 1 << 20]] as const) {
    if (!Number.isInteger(value) || value < 1 || value > most) throw new GgufError("damaged", `${architecture}.${key} is ${value}`);
  }
  if (vocabulary === 0) throw new GgufError("damaged", "it has no vocabulary");
  const embedding = header.tensors.find(({ name }) => name === "token_embd.weight");
  if (!embedding) throw new GgufError("damaged", "it has no embedding for its tokens");
  if (embedding.shape[0] !== width) throw new GgufError("damaged", `its embedding has ${embedding.shape[0] ?? 0} columns, its metadata says ${width}`);
  if (embedding.shape[1] !== vocabulary) throw new GgufError("damaged", `its embedding has ${embedding.shape[1] ?? 0} rows for ${vocabulary} tokens`);
  checkBlocks(header, layers);
  for (const [key, value] of header.metadata) {
    if (key.startsWith("tokenizer.ggml.") && key.endsWith("_token_id") && typeof value === "number" && value >= vocabulary && value !== 0xffff_ffff) {
      throw new GgufError("damaged", `${key} is ${value}, with ${vocabulary} tokens`);
    }
  }
}

function checkBlocks({ tensors }: GgufHeader, layers: number): void {
  const seen = new Set<number>();
  for (const { name } of tensors) {
    const block = /^blk\.(\d+)\./.exec(name)?.[1];
    if (block !== undefined) seen.add(Number(block));
  }
  const last = Math.max(-1, ...seen);
  if (last >= layers || seen.size !== last + 1 || seen.size === 0) throw new GgufError("damaged", `it has ${seen.size} of ${layers} layers`);
}
