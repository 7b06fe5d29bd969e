// How a model is run: the size of the pieces in which it evaluates, its context, its threads.
import type { LlamaContext, LlamaModel } from "node-llama-cpp";
import type { Priority } from "./cores.js";

/** What a model is wanted for. */
export interface Use {
  priority: Priority;
  /** Tokens of context: no more than the model was trained for, or than there is memory for. */
  contextLength: number;
}

/** Longer contexts cost memory, and a prompt that long could not be evaluated while somebody types. Room for the largest budget and an answer. */
export const forTyping: Use = { priority: "typing", contextLength: 2304 };
/** A conversation with files in it. */
export const forConversation: Use = { priority: "background", contextLength: 8192 };

/** Bytes of weights up to which 128 tokens at a time pay: below 20 ms on one core, and a fifth faster than 64 on two. */
const TINY_BYTES = 40e6;

/** Tokens evaluated at a time. With 64 nearly all models have their full speed; the longest wait for a cancelled request grows with it. */
export function chunkOf(model: LlamaModel): number {
  return model.size <= TINY_BYTES ? 128 : 64;
}

/** One context for each use and not one for all: its length, its memory and the time at which it is made are the use's own. */
export function createContext(model: LlamaModel, { contextLength }: Use, threads: number): Promise<LlamaContext> {
  const most = Math.min(model.trainContextSize, contextLength);
  return model.createContext({
    contextSize: { min: Math.min(most, forTyping.contextLength), max: most },
    batchSize: chunkOf(model),
    threads: { ideal: threads, min: 1 },
    flashAttention: headDimension(model) >= 64, // with smaller heads it triples the time of a token on a CPU
  });
}

export function headDimension(model: LlamaModel): number {
  const { attention, embedding_length: width } = model.fileInfo.architectureMetadata;
  const heads = attention?.head_count;
  return attention?.key_length ?? (typeof heads === "number" && width ? width / heads : 64);
}
