// What the picker and the notices say of models: sizes, fit, speed, progress.
import { l10n } from "vscode";
import type { CatalogModel, Role } from "../../models/catalog.js";
import { type Fit, fitOf, forecast, type Memory, type ModelShape } from "../../models/fit.js";
import { bytesText, type Reading } from "../../models/meter.js";
import type { Gpu } from "../../protocol/gpu.js";
import { expectedSpeed, isFastEnough, type Measured } from "../../models/speed.js";

/** A laptop of some years ago; stands in until this machine was measured. */
const TYPICAL: Measured = { bytesPerSecond: 12e9, weightsPerSecond: 8e10, overheadMs: 1 };

export interface Machine {
  memory: Memory;
  /** How fast it is, once that was measured. */
  measured: Measured | undefined;
  /** The graphics processor, once it has worked. */
  gpu: Gpu | undefined;
}

export function fitFor(shape: ModelShape, role: Role, { memory }: Machine): { fit: Fit; needed: number } {
  const needed = forecast(shape, role).total;
  return { fit: fitOf(needed, memory), needed };
}

/** In a few words whether it runs here. */
export function fitText(shape: ModelShape, role: Role, machine: Machine): string {
  const { fit, needed } = fitFor(shape, role, machine);
  const { memory: { available, total }, gpu } = machine;
  if (gpu && fit === "fits" && needed <= gpu.memory * 0.9) return l10n.t("Fits {0}: {1} of {2}", gpu.device, bytesText(needed), bytesText(gpu.memory));
  switch (fit) {
    case "fits": return l10n.t("Fits: {0} of {1} free", bytesText(needed), bytesText(available));
    case "tight": return l10n.t("Tight: {0}, only {1} free", bytesText(needed), bytesText(available));
    case "too-large": return l10n.t("Too large: {0}, this machine has {1}", bytesText(needed), bytesText(total));
  }
}

/** How fast it would be; estimated from a measurement of this machine, or for a typical one. */
export function speedTextFor(model: { bytes: number; parameters: number }, machine: Machine): string {
  const { tokenMs } = expectedSpeed(model, machine.measured ?? TYPICAL);
  const speed = Number((1000 / tokenMs).toPrecision(tokenMs > 1 ? 2 : 1));
  return machine.measured ? l10n.t("about {0} tokens/s here", speed) : l10n.t("about {0} tokens/s on a laptop", speed);
}

export function isSuggested(entry: CatalogModel, shape: ModelShape, role: Role, machine: Machine): boolean {
  if (fitFor(shape, role, machine).fit !== "fits" || entry.nonCommercial) return false;
  const speed = expectedSpeed(entry, machine.measured ?? TYPICAL);
  return role === "completion" ? isFastEnough(speed) : speed.tokenMs < 150; // faster than one reads
}

export function licenceText({ licence, nonCommercial }: CatalogModel): string {
  return nonCommercial ? `${licence} $(warning) ${l10n.t("not for commercial use")}` : licence;
}

/** 312 MB of 531 MB, 12 MB/s, 18 s left */
export function progressText({ received, total, bytesPerSecond, secondsLeft }: Reading): string {
  const parts = [total === undefined ? bytesText(received) : l10n.t("{0} of {1}", bytesText(received), bytesText(total))];
  if (bytesPerSecond !== undefined) parts.push(l10n.t("{0}/s", bytesText(bytesPerSecond)));
  if (secondsLeft !== undefined && Number.isFinite(secondsLeft)) parts.push(l10n.t("{0} left", durationText(secondsLeft)));
  return parts.join(" · ");
}

export function percentText(received: number, total: number | undefined): string {
  return total === undefined ? bytesText(received) : `${Math.floor((received / total) * 100)}%`;
}

function durationText(seconds: number): string {
  if (seconds < 90) return l10n.t("{0} s", Math.max(1, Math.round(seconds)));
  return seconds < 5400 ? l10n.t("{0} min", Math.round(seconds / 60)) : l10n.t("{0} h", (seconds / 3600).toFixed(1));
}

/** Why a download did not come to its end; `message` is the log's. */
export function failureText(name: string, message: string): string {
  return l10n.t("{0} was not downloaded: {1}.", name, message);
}
