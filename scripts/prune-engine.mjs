// Runs after installation: of the prebuilt engines only the one for this machine stays (the ARM builds for Linux install
// on every Linux), and the engine's own source archive goes, because Inkling never compiles it.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("../node_modules", import.meta.url));
const engines = join(modules, "@node-llama-cpp");
const os = { linux: "linux", darwin: "mac", win32: "win" }[process.platform];
const arch = process.arch === "arm" ? "armv7l" : process.arch;

for (const name of existsSync(engines) ? readdirSync(engines) : []) {
  if (!name.startsWith(`${os}-${arch}`)) rmSync(join(engines, name), { recursive: true, force: true });
}
rmSync(join(modules, "node-llama-cpp", "llama", "gitRelease.bundle"), { force: true });
