// Which graphics processors the next worker may try: those that Inkling knows on this platform, but for one that took a worker down or computed
// wrongly. That is remembered until a person wants another try, or the next version of Inkling. Knows nothing of VS Code.
import type { Gpu, GpuBackend, GpuReport } from "../protocol/gpu.js";

/** Why a graphics processor is left alone. */
export interface GpuTrouble {
  backend: GpuBackend;
  kind: "crashed" | "wrong";
  /** Of Inkling: another one may have another engine. */
  version: string;
}

export interface GpuMemory {
  /** For the next worker. */
  backends(): readonly GpuBackend[];
  trouble(): GpuTrouble | undefined;
  /** The last one that worked. */
  seen(): Gpu | undefined;
  /** A person wants another try. */
  forget(): Promise<void>;
  /** Follows one worker through its life. */
  follow(): Trial;
}

export interface Trial {
  report(report: GpuReport): void;
  /** The worker ended unasked; `how` as process.ts says it. */
  ended(how: string): void;
}

export interface GpuDeps {
  state: { get(key: string): unknown; update(key: string, value: unknown): PromiseLike<void> };
  version: string;
  /** What the setting says. */
  isWanted: () => boolean;
  warn: (message: string) => void;
}

const TROUBLE = "inkling.gpu.trouble";
const SEEN = "inkling.gpu.seen";

export function gpuBackendsOf(platform: NodeJS.Platform, processor: string): readonly GpuBackend[] {
  if (platform === "darwin") return processor === "arm64" ? ["metal"] : [];
  return processor === "x64" && (platform === "linux" || platform === "win32") ? ["vulkan"] : [];
}

/** What a process dies of in native code, as opposed to being killed by somebody: signals, and exceptions of Windows. */
const CRASH = /^signal SIG(SEGV|ABRT|BUS|ILL|FPE|TRAP)$|^exit code (3221\d{6}|-?107\d{7})$/;

export function rememberGpu({ state, version, isWanted, warn }: GpuDeps, known = gpuBackendsOf(process.platform, process.arch)): GpuMemory {
  const trouble = (): GpuTrouble | undefined => {
    const noted = state.get(TROUBLE) as GpuTrouble | undefined;
    return noted?.version === version ? noted : undefined;
  };
  const note = (backend: GpuBackend, kind: GpuTrouble["kind"]): void => {
    warn(`${backend} is not used from now on: ${kind === "crashed" ? "its driver ended the worker" : "it computes something else than the processor"}.`);
    void state.update(TROUBLE, { backend, kind, version } satisfies GpuTrouble);
  };
  return {
    backends: () => isWanted() ? known.filter((backend) => backend !== trouble()?.backend) : [],
    trouble,
    seen: () => isWanted() && !trouble() ? state.get(SEEN) as Gpu | undefined : undefined,
    forget: async () => state.update(TROUBLE, undefined),
    follow() {
      let last: GpuReport | undefined;
      return {
        report(report) {
          last = report;
          if (report.kind === "wrong") note(report.backend, "wrong");
          if (report.kind === "works") void state.update(SEEN, { backend: report.backend, device: report.device, memory: report.memory } satisfies Gpu);
        },
        ended(how) {
          if (last?.kind === "trying" || (last?.kind === "works" && CRASH.test(how))) note(last.backend, "crashed");
        },
      };
    },
  };
}
