// What Inkling tells other code in the extension host, its own tests first of all.
import type { Status } from "./state.js";

export interface InklingApi {
  /** Milliseconds that `activate()` took. */
  readonly activationMs: number;
  /** Starts the worker if need be; resolves when its model can be asked, rejects when that will not happen. */
  ready(): Promise<void>;
  /** Process id of the worker; undefined while none is connected. */
  workerPid(): number | undefined;
  status(): Status;
}
