// What a GGUF file is, as a page: whether it is sound, what it can do here, and one button for each role that it can have. Reads its header only.
import { statSync } from "node:fs";
import { basename } from "node:path";
import { l10n } from "vscode";
import { adapterProblem, isAdapter } from "../../models/adapter.js";
import type { Role } from "../../models/catalog.js";
import { type FileReport, inspectFile } from "../../models/conformance.js";
import { shapeOfFile } from "../../models/fit.js";
import { bytesText } from "../../models/meter.js";
import { checkHeader } from "../../models/verify.js";
import { button, escape, type Page, table } from "../page.js";
import { fitText, type Machine, speedTextFor } from "./texts.js";

export const useCommand = "inkling.useModelFile";
export const adapterCommand = "inkling.useAdapter";
const chooseCommand = "inkling.chooseModel";

/** A model in use, which an adapter may be for. */
export interface Place { role: Role; model: string; adapter: string | undefined }

/** `used` are the roles that the file has already. */
export function filePage(file: string, machine: Machine, used: readonly Role[], places: readonly Place[]): Page {
  const page = (title: string, sentence: string, rest: readonly string[]): Page => ({
    kind: "file", title: basename(file), commands: [useCommand, adapterCommand, chooseCommand],
    body: [`<h1>${escape(title)}</h1>`, `<p class="lead">${escape(sentence)}</p>`, ...rest].join(""),
  });
  const choose = buttons([button(l10n.t("Choose Model…"), chooseCommand)]);
  try {
    const { size } = statSync(file);
    if (isAdapter(file)) return page(basename(file), l10n.t("This is a LoRA adapter: it changes a model that it was made for."), adapterBody(file, places));
    const damage = checkHeader(file, size);
    if (damage) return page(basename(file), damage.message, [choose]);
    const report = inspectFile(file);
    const roles = rolesOf(report);
    const offers = roles.filter((role) => !used.includes(role)).map((role) => button(roleText(role), useCommand, [file, role]));
    return page(report.facts.name || basename(file), sentenceOf(roles), [
      ...used.length > 0 ? [`<p>${escape(l10n.t("It is in use."))}</p>`] : [],
      offers.length > 0 ? buttons(offers) : choose,
      `<h2>${escape(l10n.t("On this machine"))}</h2>`, facts(machineRows(report, roles, machine)),
      `<h2>${escape(l10n.t("The file"))}</h2>`, facts(fileRows(report, file, size)),
    ]);
  } catch (error) {
    return page(basename(file), l10n.t("This file cannot be read: {0}.", error instanceof Error ? error.message : String(error)), [choose]);
  }
}

/** A button for each model in use that it belongs to, and why it does not belong to the others. */
function adapterBody(file: string, places: readonly Place[]): string[] {
  const fits = places.map((place) => ({ ...place, problem: adapterProblem(file, place.model) }));
  const offers = fits.filter(({ problem }) => problem === undefined).map(({ role, model, adapter }) => {
    const name = role === "completion" ? l10n.t("{0} for Completions", basename(model)) : l10n.t("{0} for the Chat", basename(model));
    return adapter === file ? button(l10n.t("Take Away From {0}", name), adapterCommand, [null, role]) : button(l10n.t("Use With {0}", name), adapterCommand, [file, role]);
  });
  const refusals = fits.filter(({ problem }) => problem !== undefined).map(({ model, problem }): [string, string] => [basename(model), l10n.t("does not fit: {0}", problem!)]);
  return [buttons(offers.length > 0 ? offers : [button(l10n.t("Choose Model…"), chooseCommand)]), ...refusals.length > 0 ? [facts(refusals)] : []];
}

function rolesOf({ family, converses }: FileReport): Role[] {
  return [...family === undefined ? [] : ["completion" as const], ...converses ? ["chat" as const] : []];
}

function sentenceOf(roles: readonly Role[]): string {
  if (roles.length === 2) return l10n.t("This model can complete code and converse.");
  if (roles.length === 0) return l10n.t("This model can neither complete code nor converse: it has no markers for a gap and no chat template.");
  return roles[0] === "completion" ? l10n.t("This model can complete code.") : l10n.t("This model can converse; it was not trained to fill in code.");
}

const roleText = (role: Role): string => role === "completion" ? l10n.t("Use for Completions") : l10n.t("Use for the Chat");
const buttons = (all: readonly string[]): string => `<div class="buttons">${all.join("")}</div>`;
const facts = (rows: readonly (readonly [string, string])[]): string => table(rows.map((row) => row.map(escape)), undefined, "facts");

function machineRows({ facts: { weightBytes: bytes, parameters }, header }: FileReport, roles: readonly Role[], machine: Machine): [string, string][] {
  const shape = shapeOfFile(header);
  const named = (role: Role): string => role === "completion" ? l10n.t("Memory, completions") : l10n.t("Memory, chat");
  return [
    ...roles.map((role): [string, string] => [named(role), fitText(shape, role, machine)]),
    [l10n.t("Speed"), speedTextFor({ bytes, parameters }, machine)],
  ];
}

function fileRows({ facts: { architecture, parameters, context, layers, vocabulary }, family, converses }: FileReport, file: string, size: number): [string, string][] {
  return [
    [l10n.t("Filling in code"), family === undefined ? l10n.t("no markers for a gap") : l10n.t("markers of the family {0}, each one token", family)],
    [l10n.t("Conversation"), converses ? l10n.t("has a chat template") : l10n.t("no chat template")],
    [l10n.t("Parameters"), parametersText(parameters)],
    [l10n.t("Size"), l10n.t("{0}, {1} bits a parameter", bytesText(size), ((size * 8) / Math.max(1, parameters)).toFixed(1))],
    [l10n.t("Context"), l10n.t("{0} tokens", context.toLocaleString("en"))],
    [l10n.t("Architecture"), l10n.t("{0}, {1} layers, {2} tokens in the vocabulary", architecture, layers, vocabulary.toLocaleString("en"))],
    [l10n.t("Path"), file],
  ];
}

function parametersText(parameters: number): string {
  return parameters >= 1e9 ? l10n.t("{0} billion", (parameters / 1e9).toFixed(1)) : l10n.t("{0} million", (parameters / 1e6).toFixed(1));
}
