// code-server lets every extension use every proposed API. Stable VS Code does not, so a test could pass here with an API that our users
// do not have: this puts stable VS Code's check back into an installed copy.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const BUNDLES = ["code/browser/workbench/workbench.js", "workbench/api/node/extensionHostProcess.js", "workbench/api/worker/extensionHostWorkerMain.js"];

/** Rejects when the bundles do not look as expected, so that an update of the server cannot switch the check off unnoticed. */
export async function refuseProposedApi(server: string): Promise<void> {
  let checks = 0;
  let switches = 0;
  for (const bundle of BUNDLES) {
    const file = join(server, "out/vs", bundle);
    const before = await readFile(file, "utf8");
    const checked = restoreCheck(before);
    const after = checked.replace(/(this\._envEnablesProposedApiForAll)=!0,/g, (_, field: string) => {
      switches++;
      return `${field}=!1,`;
    });
    if (checked !== before) checks++;
    if (after !== before) await writeFile(file, after);
  }
  if (checks < 2 || switches < 1) throw new Error(`The server's check of proposed APIs was not found (${checks} checks, ${switches} switches)`);
}

/** `isProposedApiEnabled(extension, name)`, minified, is the function `return true` that is called most often with a name as second argument. */
function restoreCheck(source: string): string {
  const calls = new Map<string, number>();
  for (const [, name] of source.matchAll(/([A-Za-z_$][\w$]*)\([\w.$]+,"[a-zA-Z]+"\)/g)) calls.set(name!, (calls.get(name!) ?? 0) + 1);
  const alwaysTrue = (name: string): RegExp => new RegExp(`function ${name.replaceAll("$", "\\$")}\\((\\w+),(\\w+)\\)\\{return!0\\}`);
  const found = [...calls].sort(([, a], [, b]) => b - a).find(([name]) => alwaysTrue(name).test(source))?.[0];
  if (found === undefined) return source;
  return source.replace(alwaysTrue(found), (_, extension: string, api: string) =>
    `function ${found}(${extension},${api}){return!!${extension}.enabledApiProposals&&${extension}.enabledApiProposals.includes(${api})}`);
}
