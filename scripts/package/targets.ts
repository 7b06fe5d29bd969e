// The platforms that VS Code knows an extension for, and the package with the engine's binaries for each. Not among them: Alpine, because
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
