// What a measurement of this machine says: how fast the models of the catalogue would be here, and which one to take.
import { l10n } from "vscode";
import type { CatalogModel } from "../../models/catalog.js";
import { expectedSpeed, isFastEnough } from "../../models/speed.js";
import { button, escape, type Page, table } from "../page.js";
import type { Kept } from "./measure.js";

export interface MeasurePageFacts {
  kept: Kept;
  models: readonly CatalogModel[];
  recommended: CatalogModel | undefined;
  /** Id of the model in use, where it is one of the catalogue. */
  current: string | undefined;
}

export function measurePage({ kept, models, recommended, current }: MeasurePageFacts): Page {
  const isCurrentBest = recommended !== undefined && recommended.id === current;
  const sentence = recommended === undefined ? l10n.t("No larger model would be fast enough here; the built-in one is the right choice.")
    : isCurrentBest ? l10n.t("{0}, which you use, is the best one for this machine.", recommended.name)
      : l10n.t("This machine is fast enough for {0}: about {1} ms for a line.", recommended.name, round(expectedSpeed(recommended, kept.measured).lineMs));
  const body = [
    `<h1>${escape(l10n.t("This Machine"))}</h1>`,
    `<p class="lead">${escape(sentence)}</p>`,
    `<div class="buttons">${button(l10n.t("Choose Model…"), "inkling.chooseModel")}${button(l10n.t("Measure Again"), "inkling.measure")}</div>`,
    `<h2>${escape(l10n.t("Models that complete code"))}</h2>`,
    modelsTable(kept, models, recommended, current),
    `<h2>${escape(l10n.t("Measured"))}</h2>`,
    table(measuredRows(kept).map(([name, value]) => [escape(name), escape(value)]), undefined, "facts"),
    `<p class="quiet">${escape(l10n.t("Times of models that are not here are estimates: a model of zeros was run in their place, and they read and multiply in proportion. Expect a quarter more or less, and more while other programs are busy."))}</p>`,
  ].join("");
  return { kind: "measure", title: l10n.t("Inkling: This Machine"), body, commands: ["inkling.chooseModel", "inkling.measure"] };
}

function modelsTable({ measured }: Kept, models: readonly CatalogModel[], recommended: CatalogModel | undefined, current: string | undefined): string {
  const rows = [...models].sort((a, b) => a.bytes - b.bytes).map((model) => {
    const speed = expectedSpeed(model, measured);
    const marks = [...(model.id === current ? [l10n.t("in use")] : []), ...(model.id === recommended?.id ? [l10n.t("recommended")] : [])];
    const verdict = isFastEnough(speed) ? l10n.t("fast enough") : l10n.t("slow here");
    const name = `${escape(model.name)}${marks.length > 0 ? ` <span class="mark">${escape(marks.join(", "))}</span>` : ""}`;
    return [name, escape(sizeText(model.bytes)), `${round(speed.lineMs)} ms`, `${round(speed.firstMs)} ms`, round(1000 / speed.tokenMs), escape(verdict)];
  });
  const head = [l10n.t("Model"), l10n.t("Size"), l10n.t("A line"), l10n.t("First line in a file"), l10n.t("Tokens/s"), ""];
  return table(rows, head, "numbers");
}

function measuredRows({ at, current, probe, threads }: Kept): [string, string][] {
  const run = (tokenMs: number, prefill: number): string => l10n.t("{0} tokens/s written, {1} tokens/s read", round(1000 / tokenMs), round(prefill));
  return [
    ...(current ? [[current.model, run(current.tokenMs, current.prefill)] as [string, string]] : []),
    [l10n.t("A model of zeros, {0}", sizeText(probe.bytes)), run(probe.tokenMs, probe.prefill)],
    [l10n.t("Threads"), String(threads)],
    [l10n.t("Measured on"), new Date(at).toLocaleString()],
  ];
}

/** Two digits: an estimate has no more. */
function round(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString("en");
}

function sizeText(bytes: number): string {
  return bytes >= 1e9 ? l10n.t("{0} GB", (bytes / 1e9).toFixed(1)) : l10n.t("{0} MB", Math.round(bytes / 1e6));
}
