// Brings the manifest's packages into a local cache with the ordinary clients (npm, pip) and accepts only archives whose
// integrity the manifest records. It must not know what the packages are used for.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Package } from "./manifest.js";

const run = promisify(execFile);
const python = process.env.PYTHON ?? "python3";

/** `sha512-...` or `sha256-...` of the bytes. */
export function integrityOf(bytes: Buffer, algorithm: string): string {
  return `${algorithm}-${createHash(algorithm).update(bytes).digest("base64")}`;
}

/** Downloads one archive without running anything that is in it. Returns its file name in `folder`. */
export async function download(pack: Pick<Package, "registry" | "name" | "version"> & { file?: string }, folder: string): Promise<string> {
  if (pack.registry === "npm") {
    const args = ["pack", `${pack.name}@${pack.version}`, "--ignore-scripts", "--json", "--pack-destination", folder];
    const { stdout } = await run("npm", args, { maxBuffer: 1 << 28 });
    return (JSON.parse(stdout) as { filename: string }[])[0]!.filename.replace(/^@/, "").replaceAll("/", "-");
  }
  const args = ["-m", "pip", "download", "--no-deps", "--only-binary=:all:", ...wheelTarget(pack.file), "-d", folder, pack.version ? `${pack.name}==${pack.version}` : pack.name];
  const { stdout } = await run(python, args, { maxBuffer: 1 << 28 });
  const saved = /(?:Saved|File was already downloaded) (.+\.whl)/.exec(stdout)?.[1];
  if (!saved) throw new Error(`pip did not say which file it saved for ${pack.name}`);
  return saved.slice(Math.max(saved.lastIndexOf("/"), saved.lastIndexOf("\\")) + 1);
}

/** Options that make pip choose the very wheel of this name on any machine: its last three parts say whom it was built for. */
export function wheelTarget(file: string | undefined): string[] {
  if (!file || file.endsWith("-any.whl")) return [];
  const [interpreter = "", abi = "", platforms = ""] = file.replace(/\.whl$/, "").split("-").slice(-3);
  const version = /^cp(\d+)/.exec(interpreter)?.[1]; // "py3" suits every version, and pip would take a bare 3 for Python 3.0
  const build = version === undefined ? [] : ["--implementation", "cp", "--python-version", version, "--abi", abi];
  return [...build, ...platforms.split(".").flatMap((name) => ["--platform", name])];
}

/** The archive's path in the cache; downloads it where the cache has no copy with the recorded integrity. */
async function fetchPackage(pack: Package, cache: string): Promise<string> {
  const path = join(cache, pack.file);
  if (existsSync(path) && verify(path, pack)) return path;
  const folder = join(cache, `.part-${pack.file}`);
  mkdirSync(folder, { recursive: true });
  try {
    renameSync(join(folder, await download(pack, folder)), path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (!verify(path, pack)) {
    rmSync(path);
    throw new Error(`${pack.name}@${pack.version}: the archive's integrity is not the one in the manifest`);
  }
  return path;
}

function verify(path: string, pack: Package): boolean {
  return integrityOf(readFileSync(path), pack.integrity.slice(0, 6)) === pack.integrity;
}

/** Fetches all packages, four at a time. Returns the archives' paths in the same order. */
export async function fetchPackages(packages: readonly Package[], cache: string): Promise<string[]> {
  mkdirSync(cache, { recursive: true });
  const paths: string[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < packages.length; index = next++) {
      paths[index] = await fetchPackage(packages[index]!, cache);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return paths;
}
