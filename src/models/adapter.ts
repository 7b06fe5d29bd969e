// Whether a LoRA adapter belongs to a model, from both headers: an engine that is given another one's ends with an error that helps nobody.
import { type GgufHeader, readGgufHeader } from "./gguf.js";
import { factsOf, text } from "./gguf-facts.js";

/** A half of a change to a matrix: A has the matrix's columns, B its rows. */
const HALF = /^(?<matrix>.+)\.lora_(?<half>[ab])$/;

/** Throws `GgufError` for what is no sound file. */
export function adapterProblem(adapterFile: string, modelFile: string): string | undefined {
  return mismatch(readGgufHeader(adapterFile), readGgufHeader(modelFile));
}

/** False also for what is no sound file. */
export function isAdapter(file: string): boolean {
  try {
    return text(readGgufHeader(file), "general.type") === "adapter";
  } catch {
    return false;
  }
}

function mismatch(adapter: GgufHeader, model: GgufHeader): string | undefined {
  const [ofAdapter, ofModel] = [text(adapter, "general.architecture"), factsOf(model).architecture];
  if (text(adapter, "adapter.type") !== "lora") return "it is not a LoRA adapter";
  if (ofAdapter !== ofModel) return `it was made for the architecture ${ofAdapter}, and the model is a ${ofModel}`;
  const matrices = new Map(model.tensors.map(({ name, shape }) => [name, shape]));
  for (const { name, shape } of adapter.tensors) {
    const { matrix, half } = HALF.exec(name)?.groups ?? {};
    const changed = matrix === undefined ? undefined : matrices.get(matrix);
    if (!changed) return `it changes ${matrix ?? name}, which the model does not have`;
    if (half === "a" ? shape[0] !== changed[0] : shape[1] !== changed[1]) return `it was made for a model of another size: ${name} does not fit`;
  }
  return adapter.tensors.length === 0 ? "it changes nothing" : undefined;
}
