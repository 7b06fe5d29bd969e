// The catalogue of known models, `catalog.json`: it lies beside the model files and says what they must be.
// The build of the embedded model writes its entry.
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export interface CatalogModel {
  /** Name of the file, without a folder. */
  file: string;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** The entry for a model file in the catalogue beside it; undefined where there is no catalogue or no such entry. */
export function catalogEntry(modelFile: string): CatalogModel | undefined {
  let text: string;
  try {
    text = readFileSync(join(dirname(modelFile), "catalog.json"), "utf8");
  } catch {
    return undefined; // a model of the user's own, somewhere else
  }
  const { models } = JSON.parse(text) as { models: CatalogModel[] };
  return models.find((model) => model.file === basename(modelFile));
}
