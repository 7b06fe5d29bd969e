// `npm run test:faults`: the fault suite at full length, 200 kills among them. The usual suites run a short one.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const files = readdirSync(join(ROOT, "test/faults")).filter((name) => name.endsWith(".test.ts")).map((name) => join(ROOT, "test/faults", name));
const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, "test/run.ts"), ...files], { stdio: "inherit", env: { ...process.env, INKLING_FAULTS: "long" } });
child.once("exit", (code) => process.exit(code ?? 1));
