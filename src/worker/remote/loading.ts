// From a server's address to a model that answers, and back again when the server was away. Every way to fail ends in a sentence for the user.
import type { ModelProblem } from "../../protocol/worker.js";
import type { ServerOptions } from "../../protocol/server.js";
import type { Loading } from "../loading.js";
import { warmUp } from "../warm-up.js";
import { RemoteEngine, type RemoteModel } from "./engine.js";
import { RefusedError, type Transport, UnreachableError } from "./transport.js";

const PROBE_MS = 20_000;
/** For servers that do not say; prompts are shorter than that anyway. */
const USUAL_CONTEXT = 4096;

/** Never rejects. */
export async function loadRemote({ address, model, refused }: ServerOptions, transport: Transport, log: (message: string) => void): Promise<Loading> {
  const failed = (text: string): Loading => ({ ok: false, problem: serverProblem(address, text) });
  if (refused !== undefined) return failed(refused);
  const started = performance.now();
  try {
    const found = await findModel(transport, model, AbortSignal.timeout(PROBE_MS));
    if ("problem" in found) return failed(found.problem);
    const engine = new RemoteEngine(found, transport);
    const speed = await warmUp(engine);
    const loadMs = performance.now() - started;
    log(`${found.name} on ${address} answers after ${Math.round(loadMs)} ms: ${found.dialect} API, ${found.contextLength} tokens of context`);
    return { ok: true, model: { engine, format: engine.format, speed, summary: { name: engine.name, file: address, contextLength: engine.contextLength, loadMs, server: address } } };
  } catch (error) {
    log(`${address}: ${String(error)}`);
    return failed(sentence(error));
  }
}

function sentence(error: unknown): string {
  if (error instanceof UnreachableError) return `cannot be reached (${error.message}): start the server, or empty inkling.server`;
  if (error instanceof RefusedError) return `refused: ${error.message.replace(/\.$/, "")}`;
  return error instanceof Error && error.name === "TimeoutError" ? `did not answer within ${PROBE_MS / 1000} s` : `failed: ${String(error)}`;
}

/** The outcome when a server that was there breaks off. */
export function serverAway(address: string, error: UnreachableError): Loading {
  return { ok: false, problem: serverProblem(address, sentence(error)) };
}

function serverProblem(address: string, text: string): ModelProblem {
  return { code: "server", file: address, message: `${address} ${text}.` };
}

async function findModel(transport: Transport, wanted: string, signal: AbortSignal): Promise<RemoteModel | { problem: string }> {
  const { data } = await transport.ask({ path: "/v1/models" }, signal) as { data?: { id?: unknown; aliases?: unknown[]; max_model_len?: unknown }[] };
  if (!Array.isArray(data) || data.length === 0) return { problem: "names no models: it is no server of the llama.cpp or OpenAI-compatible kind" };
  const found = wanted === "" ? data[0] : data.find(({ id, aliases }) => id === wanted || aliases?.includes(wanted) === true);
  const names = data.map(({ id }) => String(id));
  if (!found) return { problem: `has no model ${wanted}; inkling.server.model can be ${names.slice(0, 5).join(", ")}` };
  const id = String(found.id);
  const name = id.split(/[\\/]/).at(-1)!;
  const llama = await propsOf(transport, signal);
  const length = llama?.default_generation_settings?.n_ctx ?? found.max_model_len;
  return { id, name, contextLength: typeof length === "number" && length > 0 ? length : USUAL_CONTEXT, dialect: llama ? "llama.cpp" : "openai" };
}

interface LlamaProps {
  default_generation_settings?: { n_ctx?: unknown };
}

/** Undefined from a server that is not llama.cpp's. */
async function propsOf(transport: Transport, signal: AbortSignal): Promise<LlamaProps | undefined> {
  try {
    const props = await transport.ask({ path: "/props" }, signal) as LlamaProps;
    return props.default_generation_settings ? props : undefined;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}
