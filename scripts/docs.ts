// `npm run docs`: writes the tables of README.md that are facts from elsewhere: settings from the manifest, models from the catalogue.
// A test sees that they are up to date.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

interface Setting {
  default?: unknown;
  order?: number;
  markdownDescription?: string;
}

interface Model {
  name: string;
  bytes: number;
  roles: string[];
  licence: string;
  minimumMemoryGb?: number;
  embedded?: boolean;
  remark?: string;
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
}

export function settingsTable(): string {
  const { contributes } = json("package.json") as { contributes: { configuration: { properties: Record<string, Setting> } } };
  const texts = json("package.nls.json") as Record<string, string>;
  const rows = Object.entries(contributes.configuration.properties).sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0)).map(([name, setting]) => {
    const text = (setting.markdownDescription ?? "").replace(/^%(.+)%$/, (_, key: string) => texts[key] ?? key);
    return `| \`${name}\` | ${shown(setting.default)} | ${text.replaceAll("|", "\\|").replaceAll("\n", " ")} |`;
  });
  return ["| Setting | Default | |", "|---|---|---|", ...rows].join("\n");
}

function shown(value: unknown): string {
  return value === "" || value === undefined || JSON.stringify(value) === "{}" ? "empty" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

export function modelsTable(): string {
  const { models } = json("models/catalog.json") as { models: Model[] };
  const rows = models.map(({ name, bytes, roles, licence, minimumMemoryGb, embedded, remark }) => {
    const memory = embedded === true ? "any" : minimumMemoryGb === undefined ? "" : `${minimumMemoryGb} GB`;
    return `| ${name} | ${roles.join(", ")} | ${size(bytes)} | ${memory} | ${licence} | ${remark ?? ""} |`;
  });
  return ["| Model | For | Download | Memory, at least | Licence | |", "|---|---|---|---|---|---|", ...rows].join("\n");
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** The text with its tables, which stand between `<!-- NAME -->` and `<!-- /NAME -->`, as they should be. */
export function withTables(text: string): string {
  const tables = { settings: settingsTable(), models: modelsTable() };
  return Object.entries(tables).reduce((all, [name, table]) => all.replace(new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`), (_, open: string, close: string) => `${open}\n${table}\n\n${close}`), text);
}

export function readme(): string {
  return readFileSync(join(ROOT, "README.md"), "utf8");
}

if (require.main === module) writeFileSync(join(ROOT, "README.md"), withTables(readme()));
