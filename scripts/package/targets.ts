// The platforms that VS Code knows an extension for, and the package with the engine's binaries for each.

export const targets = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "linux-armhf": "linux-armv7l",
  "darwin-x64": "mac-x64",
  "darwin-arm64": "mac-arm64-metal",
  "win32-x64": "win-x64",
  "win32-arm64": "win-arm64",
} as const;

export type Target = keyof typeof targets;

export function isTarget(name: string): name is Target {
  return name in targets;
}

export function thisTarget(): Target {
  const name = `${process.platform}-${process.arch === "arm" ? "armhf" : process.arch}`;
  if (!isTarget(name)) throw new Error(`There is no engine for ${name}.`);
  return name;
}
