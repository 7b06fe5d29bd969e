// Whether a model can fill in the middle, as far as its header tells: which known family of markers its vocabulary has, each as one token.
// The worker asks the loaded model itself.
import fimFile from "../../models/fim.json";
import { readGgufHeader, type GgufHeader } from "./gguf.js";
import { factsOf, type ModelFacts } from "./gguf-facts.js";

interface Format { family: string; models?: string; layout: readonly string[]; alone?: readonly string[]; file?: readonly string[] }

const formats: readonly Format[] = fimFile.formats;
const markersOf = ({ layout, alone = [], file = [] }: Format): string[] => [...layout, ...alone, ...file].filter((part) => !part.startsWith("{"));

export interface FileReport {
  facts: ModelFacts;
  /** Family of its markers; undefined for a model that cannot complete code. */
  family: string | undefined;
  /** Whether it has a chat template. */
  converses: boolean;
  header: GgufHeader;
}

/** Throws `GgufError` for what is no sound model. */
export function inspectFile(file: string): FileReport {
  const header = readGgufHeader(file, { tokens: new Set(formats.flatMap(markersOf)) });
  const facts = factsOf(header);
  return { facts, header, family: familyOf(header, facts.name), converses: facts.chatTemplate !== undefined };
}

function familyOf({ tokens, metadata }: GgufHeader, name: string): string | undefined {
  const known = formats.find((format) =>
    (format.models === undefined || new RegExp(format.models, "i").test(name)) && markersOf(format).every((marker) => tokens.has(marker)));
  if (known) return known.family;
  const named = ["pre", "suf", "mid"].every((part) => metadata.has(`tokenizer.ggml.fim_${part}_token_id`));
  return named ? "metadata" : undefined;
}
