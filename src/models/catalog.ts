// The catalogue of known models, `catalog.json`: it lies beside the embedded model and says what files must be and where they come from.
// The build of the embedded model writes its entry.
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export type Role = "completion" | "chat";

/** As `catalog.schema.json` describes it. */
export interface CatalogModel {
  id: string;
  name: string;
  /** Name of the file, without a folder. */
  file: string;
  bytes: number;
  /** Lower-case hexadecimal; absent where it is not known for certain. */
  sha256?: string;
  roles: readonly Role[];
  parameters: number;
  quantization: string;
  licence: string;
  licenceNote?: string;
  nonCommercial?: boolean;
  context: number;
  vocabulary: number;
  /** Keys and values of all layers in half precision. */
  cacheBytesPerToken: number;
  fim?: string;
  embedded?: boolean;
  repository?: string;
  revision?: string;
  minimumMemoryGb?: number;
  remark: string;
  sources: readonly string[];
}

export interface Catalog {
  /** The only hosts that a download may be led to; the first one has the files. */
  hosts: readonly string[];
  models: readonly CatalogModel[];
}

/** The catalogue in a folder. */
export function readCatalog(folder: string): Catalog {
  const { hosts = [], models } = JSON.parse(readFileSync(join(folder, "catalog.json"), "utf8")) as Partial<Catalog> & Pick<Catalog, "models">;
  return { hosts, models };
}

/** The entry for a model file in the catalogue beside it; undefined where there is no catalogue or no such entry. */
export function catalogEntry(modelFile: string): CatalogModel | undefined {
  let catalog: Catalog;
  try {
    catalog = readCatalog(dirname(modelFile));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) return undefined; // a model of the user's own, somewhere else
    throw error;
  }
  return catalog.models.find((model) => model.file === basename(modelFile));
}

/** Where a model's file is and which hosts may have a part in its download; undefined for a model that comes with Inkling. */
export interface Address {
  url: URL;
  hosts: readonly string[];
}

/**
 * A mirror stands in for the catalogue's host: the path stays the same. Then only the mirror's host may be asked, and those to which
 * the catalogue allows a redirect. Throws a `TypeError` where the mirror is no address.
 */
export function addressOf(model: CatalogModel, { hosts }: Catalog, mirror = ""): Address | undefined {
  if (model.repository === undefined || model.revision === undefined) return undefined;
  const base = new URL(mirror === "" ? `https://${hosts[0] ?? ""}/` : mirror.endsWith("/") ? mirror : `${mirror}/`);
  if (base.protocol !== "https:" && base.protocol !== "http:") throw new TypeError(`${mirror} is not a web address`);
  const url = new URL(`${model.repository}/resolve/${model.revision}/${model.file}`, base);
  return { url, hosts: mirror === "" ? hosts : [base.hostname, ...hosts] };
}

/** Where people can read about a model. */
export function pageOf({ repository }: CatalogModel, { hosts }: Catalog): URL | undefined {
  return repository === undefined ? undefined : new URL(`https://${hosts[0] ?? ""}/${repository}`);
}
