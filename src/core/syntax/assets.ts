// Where grammars and queries are read from. The one place in core/syntax that touches files.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Reads `web-tree-sitter.wasm`, `tree-sitter-<grammar>.wasm` or `<query>.scm`. Rejects when there is no such file. */
export type ReadAsset = (name: string) => Promise<Uint8Array>;

/** Looks into these folders in order. The product has one folder with everything; tests read from the packages themselves. */
export function assetsIn(...folders: readonly string[]): ReadAsset {
  return async name => {
    let failure: unknown = new Error(`no folder to read ${name} from`);
    for (const folder of folders) {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  };
}
