// The strings that users see, for translators: read off the extension's sources, in the form that VS Code wants beside the extension.
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { getL10nJson } from "@vscode/l10n-dev";

/** Text of `bundle.l10n.json`. */
export async function stringBundle(root: string): Promise<string> {
  const folder = join(root, "src/extension");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")).sort();
  const sources = await Promise.all(files.map(async (name) => ({ extension: ".ts" as const, contents: await readFile(join(folder, name), "utf8") })));
  const strings = await getL10nJson(sources);
  return `${JSON.stringify(Object.fromEntries(Object.entries(strings).sort(([a], [b]) => a < b ? -1 : 1)), undefined, 2)}\n`;
}
