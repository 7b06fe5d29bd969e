// Which modules a file imports, as written there. Where those files are is the caller's business.
import type { Outline } from "./outline.js";

/** `./b.js`, `lodash`, `..models.user`, `net/http`: each once, in file order. */
export function importedModules(outline: Outline): string[] {
  return [...new Set(outline.imports.flatMap(({ sources }) => sources))];
}
