// Asks a worker what it has computed so far; the answer comes as soon as it computes nothing.
import { benchMethods, type Usage } from "../../protocol/bench.js";
import type { WorkerClient } from "../client.js";

export async function usedBy(client: WorkerClient): Promise<Usage> {
  const usage = await client.request<Usage | null>(benchMethods.usage, {});
  if (!usage) throw new Error("the worker has no model");
  return usage;
}
