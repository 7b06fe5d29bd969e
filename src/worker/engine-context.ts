// How a model is run: the size of the pieces in which it evaluates, its context, its threads.
import type { LlamaContext, LlamaModel } from "node-llama-cpp";
import { contextFor, isTiny } from "../models/fit.js";
import type { Priority } from "./cores.js";

/** What a model is wanted for. */
export interface Use {
  priority: Priority;
  /** Tokens of context: no more than the model was trained for, or than there is memory for. */
  contextLength: number;
  /** A LoRA adapter that changes the weights for this use alone. */
  adapterFile?: string | undefined;
}

/** Longer contexts cost memory, and a prompt that long could not be evaluated while somebody types. */
export const forTyping: Use = { priority: "typing", contextLength: contextFor.completion };
export const forConversation: Use = { priority: "background", contextLength: contextFor.chat };

export interface Pieces {
  /** Threads for so many tokens, out of those that may be used now. */
  threadsFor: (tokens: number, free: number) => number;
  /** Tokens evaluated at a time in a prompt, by one thread alone or shared by more. Flash attention has its full speed from 64 on, a tiny model without it from 32; the longest wait for a cancelled request grows with it. */
  chunk: { alone: number; shared: number };
  /** Whether the next token of an answer is evaluated while the caller looks at the last one. */
  eager: boolean;
  /** Prompts that the KV cache keeps: a second one costs a tiny model two megabytes, and lets it think ahead without forgetting the line at hand. */
  kept: number;
}

export function piecesOf(model: LlamaModel, { priority }: Use): Pieces {
  return isTiny(model.size)
    ? { threadsFor: forTinyModel, chunk: { alone: 32, shared: 128 }, eager: true, kept: priority === "typing" ? 2 : 1 }
    : { threadsFor: (_, free) => free, chunk: { alone: 64, shared: 64 }, eager: false, kept: 1 };
}

/**
 * Threads wait for each other in every layer, which takes longer than a tiny model's layer: on two cores, two threads need five times as long for
 * a token, and for a prompt only a fifth less. With more of them a prompt gains, and a token still does not.
 */
export function forTinyModel(tokens: number, free: number): number {
  return tokens === 1 || free <= 2 ? 1 : free;
}

/** One context for each use and not one for all: its length, its memory and the time at which it is made are the use's own. */
export function createContext(model: LlamaModel, use: Use, threads: number): Promise<LlamaContext> {
  const most = Math.min(model.trainContextSize, use.contextLength);
  const { chunk, kept } = piecesOf(model, use);
  return model.createContext({
    contextSize: { min: Math.min(most, forTyping.contextLength), max: most },
    batchSize: chunk.shared,
    sequences: kept,
    threads: { ideal: threads, min: 1 },
    ...use.adapterFile !== undefined && { lora: use.adapterFile },
    flashAttention: usesFlashAttention(model),
  });
}

/**
 * A tiny model's single tokens are evaluated faster without it, and so are pieces of a prompt that are small enough to be waited for; only long
 * pieces gain. With heads smaller than 64 it triples the time of a token on a CPU.
 */
export function usesFlashAttention(model: LlamaModel): boolean {
  return !isTiny(model.size) && headDimension(model) >= 64;
}

function headDimension(model: LlamaModel): number {
  const { attention, embedding_length: width } = model.fileInfo.architectureMetadata;
  const heads = attention?.head_count;
  return attention?.key_length ?? (typeof heads === "number" && width ? width / heads : 64);
}
