// The commands that only look: the catalogue, a model, the soundness of files.
import { existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import { pageOf, type Catalog, type CatalogModel, type Role } from "../../models/catalog.js";
import { inspectFile } from "../../models/conformance.js";
import { fitOf, forecast, memoryNow, type ModelShape, shapeOfEntry, shapeOfFile } from "../../models/fit.js";
import { bytesText } from "../../models/meter.js";
import { readNote } from "../../models/note.js";
import { storedModels, unfinishedDownloads } from "../../models/store.js";
import { verifyModel } from "../../models/verify.js";
import { defaultModelFile } from "../client.js";
import { UsageError } from "../usage.js";
import { entryOf, fileOf, only, options } from "./options.js";

export function list(args: string[]): number {
  const { folder, json, catalog } = options(args);
  const unfinished = new Map(unfinishedDownloads(folder, catalog).map(({ entry, received }) => [entry.id, received]));
  const rows = catalog.models.map((entry) => ({ entry, file: fileOf(entry, folder), received: unfinished.get(entry.id) }));
  if (json) {
    console.log(JSON.stringify(rows.map(({ entry, ...state }) => ({ ...entry, ...state, memory: forecastOf(shapeOfEntry(entry), entry.roles) })), undefined, 2));
    return 0;
  }
  for (const { entry, file, received } of rows) {
    const state = file !== undefined ? "here" : received !== undefined ? `${Math.floor((received / entry.bytes) * 100)}%` : "";
    console.log(`${entry.id.padEnd(28)} ${entry.roles.join("+").padEnd(15)} ${bytesText(entry.bytes).padStart(7)}  ${fitLine(shapeOfEntry(entry), entry.roles).padEnd(22)} ${state.padEnd(5)} ${licenceOf(entry)}`);
  }
  const own = storedModels(folder, catalog).filter(({ entry }) => !entry);
  for (const { file, bytes } of own) console.log(`${basename(file).padEnd(44)} ${bytesText(bytes).padStart(7)}  in ${folder}`);
  return 0;
}

export function info(args: string[]): number {
  const { folder, json, rest, catalog } = options(args);
  const name = only(rest, "model or file");
  const entry = entryOf(name, catalog);
  const file = entry ? fileOf(entry, folder) : name;
  if (!entry && !existsSync(name)) throw new UsageError(`${name} is neither a model of the catalogue nor a file`);
  const facts = { ...entry && aboutEntry(entry, catalog), ...file !== undefined && aboutFile(file) };
  if (json) console.log(JSON.stringify(facts, undefined, 2));
  else for (const [key, value] of Object.entries(facts)) console.log(`${key.padEnd(14)} ${String(value)}`);
  return 0;
}

export async function verify(args: string[]): Promise<number> {
  const { folder, rest, catalog } = options(args);
  const files = rest.length > 0 ? rest : [defaultModelFile(), ...storedModels(folder, catalog).map(({ file }) => file)];
  let code = 0;
  for (const file of files) {
    const problem = await verifyModel(file);
    console.log(problem ? problem.message : `${basename(file)} is sound${readNote(file) ? ", and the file that was downloaded" : ""}.`);
    if (problem) code = 1;
  }
  return code;
}

function aboutEntry(entry: CatalogModel, catalog: Catalog): Record<string, unknown> {
  return {
    name: entry.name, roles: entry.roles.join(", "), size: bytesText(entry.bytes), parameters: entry.parameters, quantization: entry.quantization, licence: licenceOf(entry),
    context: entry.context, fim: entry.fim ?? "none", sha256: entry.sha256 ?? "not known for certain; remembered at the first download", memory: fitLine(shapeOfEntry(entry), entry.roles),
    page: pageOf(entry, catalog)?.href ?? "comes with Inkling", remark: entry.remark, sources: entry.sources.join("; "),
  };
}

function aboutFile(file: string): Record<string, unknown> {
  const { facts, family, converses, header } = inspectFile(file);
  const roles: Role[] = [...family === undefined ? [] : ["completion" as const], ...converses ? ["chat" as const] : []];
  return {
    file, kind: facts.kind, architecture: facts.architecture, ...facts.name !== "" && { name: facts.name }, bytes: statSync(file).size, parameters: facts.parameters,
    layers: facts.layers, width: facts.width, vocabulary: facts.vocabulary, context: facts.context, fim: family ?? "none", chat: converses ? "yes, by its own template" : "no template",
    ...facts.kind === "model" && { memory: fitLine(shapeOfFile(header), roles.length > 0 ? roles : ["completion"]) },
  };
}

function forecastOf(shape: ModelShape, roles: readonly Role[]): number {
  return Math.max(...roles.map((role) => forecast(shape, role).total));
}

function fitLine(shape: ModelShape, roles: readonly Role[]): string {
  const needed = forecastOf(shape, roles);
  return `${fitOf(needed, memoryNow()).replace("-", " ")}: ${bytesText(needed)}`;
}

function licenceOf({ licence, nonCommercial }: CatalogModel): string {
  return nonCommercial ? `${licence} (not for commercial use)` : licence;
}
