// Installs VS Code's server into the user's cache folder, once: for machines where desktop VS Code cannot be downloaded or has no screen.
// The server is the one that the npm package code-server carries; it needs a newer Node than we do, which npm carries as well.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { refuseProposedApi } from "./proposed-api.js";

const run = promisify(execFile);

/** code-server's version is VS Code's with another number in front: this is VS Code 1.139.1. */
const CODE_SERVER = {
  name: "code-server", version: "4.139.1",
  sha512: "fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==",
};
const NODE = { version: "24.21.0", sha512: {
  x64: "3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  arm64: "FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
} };

/** Everything that the server itself can do without: other vendors' agents, and what only its builders need. */
const UNUSED = ["node_modules/@microsoft/mxc-sdk", "node_modules/@github", "node_modules/@devcontainers", "extensions/copilot"];

export interface Installation {
  /** Holds `out/server-main.js`. */
  readonly folder: string;
  readonly node: string;
}

/** The installed server; installs it first if need be. `INKLING_VSCODE_SERVER` names a folder with another one. */
export async function installServer(): Promise<Installation> {
  const given = process.env["INKLING_VSCODE_SERVER"];
  const folder = given ?? join(cacheFolder(), "vscode-e2e", `code-server-${CODE_SERVER.version}-node-${NODE.version}`);
  if (given === undefined && !isInstalled(folder)) await install(folder);
  const ownNode = join(folder, "node");
  return { folder, node: existsSync(ownNode) ? ownNode : process.execPath };
}

function isInstalled(folder: string): boolean {
  return existsSync(join(folder, ".complete"));
}

function cacheFolder(): string {
  return process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
}

async function install(folder: string): Promise<void> {
  const { arch, platform } = process;
  if (platform !== "linux" || (arch !== "x64" && arch !== "arm64")) {
    throw new Error(`VS Code's server is installed on Linux only (x64, arm64). Install desktop VS Code and its "code" command.`);
  }
  console.log("Installing VS Code's server (once, 100 MB from npm) …");
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-`); // beside its place: the last step is a rename, so a half-done copy is never taken for a whole one
  try {
    const server = join(work, "server");
    const node = join(work, "node");
    await unpack(await fetchPackage(CODE_SERVER, work), server, 3, "package/lib/vscode");
    await unpack(await fetchPackage({ name: `node-linux-${arch}`, version: NODE.version, sha512: NODE.sha512[arch] }, work), node, 1, "package/bin", "package/include");
    await cp(join(node, "bin", "node"), join(server, "node"));
    await installDependencies(server, node);
    await slim(server, `linux-${arch}`);
    await refuseProposedApi(server);
    await writeFile(join(server, ".complete"), "");
    await rename(server, folder).catch((error: unknown) => {
      if (!isInstalled(folder)) throw error; // somebody else was faster
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchPackage({ name, version, sha512 }: { name: string; version: string; sha512: string }, into: string): Promise<string> {
  const { stdout } = await run("npm", ["pack", "--silent", `${name}@${version}`, "--pack-destination", into], { cwd: into });
  const file = join(into, stdout.trim());
  const actual = createHash("sha512").update(await readFile(file)).digest("base64");
  if (actual !== sha512) throw new Error(`${name}@${version}: wrong checksum ${actual}`);
  return file;
}

async function unpack(archive: string, into: string, strip: number, ...members: string[]): Promise<void> {
  await mkdir(into);
  await run("tar", ["xzf", archive, "-C", into, `--strip-components=${strip}`, ...members]);
}

/** No install scripts: several would download, and what matters comes prebuilt inside the packages. */
async function installDependencies(server: string, node: string): Promise<void> {
  const env = { ...process.env, PATH: [join(node, "bin"), process.env["PATH"]].join(delimiter), npm_config_nodedir: node };
  const npm = (folder: string, ...args: string[]): Promise<unknown> =>
    run("npm", [...args, "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, env });
  await npm(server, "install", "--omit=dev", "--ignore-scripts");
  await npm(join(server, "extensions"), "ci", "--omit=dev", "--ignore-scripts");
  // Log files need this one compiled; where there is no compiler, VS Code does without them.
  await npm(server, "rebuild", "@vscode/spdlog").catch(() => undefined);
}

async function slim(server: string, target: string): Promise<void> {
  await Promise.all(UNUSED.map((path) => rm(join(server, path), { recursive: true, force: true })));
  for (const binaries of ["node_modules/@vscode/ripgrep-universal/bin", "node_modules/node-pty/prebuilds"]) {
    for (const name of await readdir(join(server, binaries)).catch(() => [])) {
      if (name !== target) await rm(join(server, binaries, name), { recursive: true, force: true });
    }
  }
}
