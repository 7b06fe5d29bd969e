// What the worker and its clients say to each other about graphics processors. A driver that crashes takes the worker with it, so whoever
// started the worker is told before a driver is touched, remembers what came of it, and starts the next worker without.

/** The kinds of engine that compute on a graphics processor. */
export type GpuBackend = "metal" | "vulkan";

export const gpuMethods = {
  /** Worker to client, notification: {@link GpuReport}. `trying` arrives before the driver is touched. */
  report: "inkling/gpu",
} as const;

export interface Gpu {
  backend: GpuBackend;
  /** The device's own name. */
  device: string;
  /** Bytes that the device has, or may have of the machine's memory. */
  memory: number;
}

export type GpuReport =
  | { kind: "trying"; backend: GpuBackend }
  | ({ kind: "works" } & Gpu)
  /** There is none, or no driver for it. Worth another try at the next start: a laptop may have been docked. */
  | { kind: "absent"; backend: GpuBackend }
  /** It computes, but not what the processor computes. Not worth another try. */
  | { kind: "wrong"; backend: GpuBackend };
