// `inkling/usage`, for the bench: what this worker has computed so far.
import type { Usage } from "../protocol/bench.js";
import type { Session } from "./completion.js";

/** Waits until the engine has stopped computing, so that the time to the answer tells how long stopping takes. */
export async function usageOf({ loading }: Session): Promise<Usage | null> {
  const loaded = await loading;
  if (!loaded.ok) return null;
  const { engine } = loaded.model;
  await engine.settled();
  const { user, system } = process.cpuUsage();
  return { ...engine.counted(), threads: engine.threads, memory: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 };
}
