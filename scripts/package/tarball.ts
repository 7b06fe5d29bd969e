// A package of another platform, which npm does not install here: fetched from the registry as npm is set up, and refused unless it is, byte
// for byte, what is pinned.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../vscode/temporary.js";
import type { PinnedPackage } from "./targets.js";

const run = promisify(execFile);

interface Lock {
  packages: Record<string, { version: string; integrity?: string } | undefined>;
}

/** As package-lock.json pins it. */
export async function pinnedInLock(root: string, name: string): Promise<PinnedPackage> {
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")) as Lock;
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined) throw new Error(`package-lock.json pins no ${name}.`);
  return { name, version, integrity };
}

/** Returns the folder that it was unpacked into. */
export async function fetchPackage({ name, version, integrity }: PinnedPackage): Promise<string> {
  const folder = temporaryFolder("engine");
  const { stdout } = await run("npm", ["pack", "--silent", `${name}@${version}`], { cwd: folder, shell: process.platform === "win32" });
  const archive = join(folder, stdout.trim());
  verifyIntegrity(name, await readFile(archive), integrity);
  const unpacked = join(folder, "unpacked");
  await mkdir(unpacked);
  await run("tar", ["xzf", archive, "-C", unpacked, "--strip-components=1"]);
  return unpacked;
}

/** Throws unless the bytes have the hash that an `integrity` of npm's names, such as `sha512-...`. */
export function verifyIntegrity(name: string, bytes: Uint8Array, integrity: string): void {
  const [algorithm = "", expected] = integrity.split("-", 2);
  const actual = createHash(algorithm).update(bytes).digest("base64");
  if (actual !== expected) throw new Error(`${name} is not what is pinned: its ${algorithm} is ${actual}.`);
}
