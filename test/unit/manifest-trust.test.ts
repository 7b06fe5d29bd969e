// A folder that somebody opens is not trusted: nothing that it brings along may choose a file, an address or a program. Looks at every setting
// of the manifest, so that a new one is seen as well.
import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

interface Setting {
  type?: string | string[];
  scope?: string;
  enum?: unknown[];
  items?: { enum?: unknown[] };
  properties?: Record<string, Setting>;
  additionalProperties?: boolean;
}

interface Manifest {
  capabilities: { untrustedWorkspaces: { supported: boolean | "limited"; restrictedConfigurations?: string[] } };
  contributes: { configuration: { properties: Record<string, Setting> } | { properties: Record<string, Setting> }[] };
}

/** Scopes that a workspace's settings cannot reach. */
const PERSONAL = ["machine", "application"];
/** A name that speaks of one of these is personal whatever its type. */
const DANGEROUS = /file|path|folder|dir|url|host|address|server|command|program|exec|args|script|env|proxy|token|key/i;

/** Why a workspace may not have a say, or undefined where it may. */
function danger(name: string, setting: Setting): string | undefined {
  if (DANGEROUS.test(name.replace(/^inkling\./, ""))) return "its name speaks of a file, an address or a program";
  return isFree(setting) ? "it takes any text" : undefined;
}

/** Whether a value of it can hold words that nobody has listed. */
function isFree(setting: Setting): boolean {
  const types = [setting.type ?? "any"].flat();
  if (types.includes("object") && setting.additionalProperties === false) return Object.values(setting.properties ?? {}).some(isFree);
  return types.some((type) => ["string", "array", "object", "any"].includes(type)) && !setting.enum && !setting.items?.enum;
}

function unguarded({ capabilities, contributes }: Manifest): string[] {
  const { supported, restrictedConfigurations = [] } = capabilities.untrustedWorkspaces;
  if (supported === false) return [];
  return [contributes.configuration].flat().flatMap(({ properties }) => Object.entries(properties)).flatMap(([name, setting]) => {
    const why = danger(name, setting);
    const isPersonal = PERSONAL.includes(setting.scope ?? "window") || restrictedConfigurations.includes(name);
    return why === undefined || isPersonal ? [] : [`${name} can be set by an untrusted workspace, and ${why}`];
  });
}

describe("an untrusted workspace", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;

  it("has no say in anything that could be a file, an address or a program", () => {
    assert.deepEqual(unguarded(manifest), []);
  });

  it("would be found to have one in a new setting", () => {
    const withSetting = (name: string, setting: Setting): Manifest => ({ ...manifest, contributes: { configuration: { properties: { [name]: setting } } } });
    assert.match(unguarded(withSetting("inkling.serverUrl", { type: "string" }))[0]!, /inkling\.serverUrl/);
    assert.match(unguarded(withSetting("inkling.style", { type: "string", scope: "resource" }))[0]!, /any text/);
    assert.match(unguarded(withSetting("inkling.modelFile", { type: "string", scope: "machine-overridable" }))[0]!, /modelFile/);
    assert.match(unguarded(withSetting("inkling.keyFile", { type: "boolean" }))[0]!, /keyFile/);
    assert.deepEqual(unguarded(withSetting("inkling.style", { type: "string", enum: ["short", "long"] })), []);
    assert.deepEqual(unguarded(withSetting("inkling.modelFile", { type: "string", scope: "application" })), []);
  });

  it("is asked for settings in one place only", () => {
    const folder = join(ROOT, "src/extension");
    const readers = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && /getConfiguration\("inkling|getConfiguration\('inkling/.test(readFileSync(join(folder, name), "utf8")));
    assert.deepEqual(readers, ["settings.ts"]);
  });
});
