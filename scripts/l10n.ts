// `npm run l10n`: writes l10n/bundle.l10n.json, from which a translation `bundle.l10n.<language>.json` is made. Packages bring a fresh one by themselves.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringBundle } from "./package/l10n.js";

const ROOT = join(__dirname, "..");

stringBundle(ROOT).then((bundle) => {
  mkdirSync(join(ROOT, "l10n"), { recursive: true });
  writeFileSync(join(ROOT, "l10n/bundle.l10n.json"), bundle);
  console.log(`l10n/bundle.l10n.json: ${Object.keys(JSON.parse(bundle) as object).length} strings`);
}, (error: unknown) => {
  console.error(error);
  process.exit(1);
});
