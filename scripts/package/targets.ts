// The platforms that VS Code knows an extension for, and the packages with the engine's binaries for each. Not among them: Alpine, because
// there is no engine for musl; 32-bit ARM, because what is published as linux-armv7l holds 64-bit code (architecture.ts finds out).

export const targets = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-x64": "mac-x64",
  "darwin-arm64": "mac-arm64-metal",
  "win32-x64": "win-x64",
  "win32-arm64": "win-arm64",
} as const;

export type Target = keyof typeof targets;

export const allTargets = Object.keys(targets) as Target[];

export function isTarget(name: string): name is Target {
  return Object.hasOwn(targets, name);
}

export function thisTarget(): Target {
  const name = `${process.platform}-${process.arch}`;
  if (!isTarget(name)) throw new Error(`There is no engine for ${name}. There is one for: ${allTargets.join(", ")}.`);
  return name;
}

/** The npm package with the binaries. */
export function enginePackage(target: Target): string {
  return `@node-llama-cpp/${targets[target]}`;
}

export interface PinnedPackage {
  name: string;
  version: string;
  integrity: string;
}

const vulkan = (name: string, integrity: string): PinnedPackage => ({ name: `@node-llama-cpp/${name}`, version: "3.21.1", integrity });

/**
 * The packages that compute on graphics processors, where they are packages of their own; Metal is in Apple's. Vulkan serves the cards of every
 * maker with 27 MB; CUDA would take 550. Pinned here and not in package-lock.json, because nobody who builds Inkling should have to install them.
 */
export const gpuPackages: Readonly<Partial<Record<Target, PinnedPackage>>> = {
  "linux-x64": vulkan("linux-x64-vulkan", "sha512-flEeSzONQ6OIm5bYKLQf4eEnBzcC5WugFbyPUwkCqyyOFZ8pH0H9ulQ7ZNDLSIczeKneMRJornlyY1Hq7d3GDA=="),
  "win32-x64": vulkan("win-x64-vulkan", "sha512-HJ237Azh5m4Sz+w3A1IU/fYLaSDOocskcfn2ILTgqTuuORCB86EMnu3Yt/XsNhRHTtEiwz1Q/E0mO4PLIbZLAA=="),
};

/** All packages with binaries. */
export function enginePackages(target: Target): string[] {
  const gpu = gpuPackages[target];
  return [enginePackage(target), ...gpu ? [gpu.name] : []];
}
