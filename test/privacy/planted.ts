// Builds of the worker with a leak in them, for tests that must fail: what a careless change or a bad dependency could bring. Nothing of it is
// in the code that ships.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";

const ROOT = resolve(__dirname, "../..");

/** Nobody's address (RFC 5737): packets to it go nowhere, and the attempt is what counts. */
const NOBODY = "192.0.2.1";

export const leaks = {
  "a fetch": `setInterval(() => { try { fetch("http://${NOBODY}/").catch(() => undefined); } catch { /* closed */ } }, 300);`,
  "a raw socket": `import net from "node:net";
    setInterval(() => { try { net.connect(9, "${NOBODY}").on("error", () => undefined); } catch { /* closed */ } }, 300);`,
  "a child process running curl": `import { spawn } from "node:child_process";
    setInterval(() => { try { spawn("curl", ["-s", "-m", "1", "http://${NOBODY}/"]).on("error", () => undefined); } catch { /* closed */ } }, 300);`,
  "a name looked up": `import dns from "node:dns";
    setInterval(() => { try { dns.lookup("example.invalid", () => undefined); } catch { /* closed */ } }, 300);`,
} as const;

export type Leak = keyof typeof leaks;

/** The leak that a person asked for, to see a test fail. */
export function plantedByName(name = process.env["INKLING_TEST_LEAK"]): Leak | undefined {
  if (name === undefined) return undefined;
  if (!(name in leaks)) throw new Error(`No leak ${name}. There are: ${Object.keys(leaks).join(", ")}.`);
  return name as Leak;
}

/** Writes a worker with a leak, or any other line of code, in it; `guarded` leaves the guard of the network in. */
export async function plantWorker(code: string, guarded: boolean): Promise<string> {
  // Inside the repository, because that is where it finds the engine.
  const outfile = join(ROOT, "dist/test/planted", createHash("sha256").update(`${code}${guarded}`).digest("hex").slice(0, 12), "worker.mjs");
  const planted: Plugin = {
    name: "planted",
    setup(builder) {
      builder.onResolve({ filter: /^planted:leak$/ }, () => ({ path: "leak", namespace: "planted" }));
      builder.onLoad({ filter: /.*/, namespace: "planted" }, () => ({ contents: code, loader: "js" }));
      if (!guarded) builder.onLoad({ filter: /worker\/network\.ts$/ }, () => ({ contents: "", loader: "ts" }));
    },
  };
  await build({
    stdin: { contents: `import "./main.ts"; import "planted:leak";`, resolveDir: join(ROOT, "src/worker"), loader: "ts" },
    outfile, bundle: true, platform: "node", target: "node20", format: "esm", external: ["node-llama-cpp"], plugins: [planted],
    banner: { js: "import { createRequire as _createRequire } from 'node:module'; const require = _createRequire(import.meta.url);" },
  });
  const grammars = join(dirname(outfile), "grammars");
  if (!existsSync(grammars)) symlinkSync(join(ROOT, "dist/grammars"), grammars);
  return outfile;
}

/** A folder that VS Code can load as Inkling, with files of its own in `dist`, and without Node's permission model. Everything else is the repository's. */
export function stageExtension(folder: string): string {
  const dist = join(folder, "dist");
  mkdirSync(dist, { recursive: true });
  cpSync(join(ROOT, "dist"), dist, { recursive: true, filter: (file) => !file.includes("dist/test") });
  const client = join(dist, "client.js");
  writeFileSync(client, readFileSync(client, "utf8").replaceAll(/"--(experimental-)?permission"/g, '"--unknown"'));
  for (const name of ["package.json", "package.nls.json"]) cpSync(join(ROOT, name), join(folder, name));
  for (const name of ["node_modules", "models", "media", "l10n"]) if (existsSync(join(ROOT, name))) symlinkSync(join(ROOT, name), join(folder, name));
  return dist;
}
