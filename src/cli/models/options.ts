// What the commands share: their options, the catalogue, and a model by its id or its file.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readCatalog, type Catalog, type CatalogModel } from "../../models/catalog.js";
import { defaultModelFile } from "../client.js";
import { orUsageError, UsageError } from "../usage.js";

export interface Options {
  folder: string;
  mirror: string;
  json: boolean;
  rest: string[];
  catalog: Catalog;
}

export function options(args: string[]): Options {
  const { values, positionals } = orUsageError(() => parseArgs({
    args, allowPositionals: true, options: { folder: { type: "string" }, mirror: { type: "string", default: "" }, json: { type: "boolean", default: false } },
  }));
  const folder = resolve(values.folder ?? process.env["INKLING_MODELS"] ?? join(homedir(), ".inkling", "models"));
  return { folder, mirror: values.mirror, json: values.json, rest: positionals, catalog: readCatalog(dirname(defaultModelFile())) };
}

export function only(rest: readonly string[], what: string): string {
  const [one, ...more] = rest;
  if (one === undefined || more.length > 0) throw new UsageError(`exactly one ${what} is needed`);
  return one;
}

export function entryOf(id: string, { models }: Catalog): CatalogModel | undefined {
  return models.find((model) => model.id === id);
}

/** Where an entry's file is on this machine; undefined where it is not. */
export function fileOf(entry: CatalogModel, folder: string): string | undefined {
  const file = entry.embedded ? defaultModelFile() : join(folder, entry.file);
  return existsSync(file) ? file : undefined;
}
