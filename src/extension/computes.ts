// Says what computes, and why it is not the graphics processor.
import { l10n } from "vscode";
import type { ModelSummary } from "../protocol/worker.js";
import type { GpuTrouble } from "./gpu.js";

/** For instance: Apple M2 (Metal) */
export function computesText({ gpu, server }: ModelSummary, trouble: GpuTrouble | undefined): string {
  if (server !== undefined) return server;
  if (gpu) return `${gpu.device} (${gpu.backend === "metal" ? "Metal" : "Vulkan"})`;
  if (trouble === undefined) return l10n.t("the processor");
  return trouble.kind === "crashed" ? l10n.t("the processor: the graphics driver crashed") : l10n.t("the processor: the graphics processor computes wrongly");
}
