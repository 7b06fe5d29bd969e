// VS Code calls `run` inside the extension host; all test files lie beside this one.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runMocha } from "../../mocha.js";

export async function run(): Promise<void> {
  const files = readdirSync(__dirname).filter((name) => name.endsWith(".test.js")).map((name) => join(__dirname, name));
  const { failed } = await runMocha(files);
  if (failed > 0) throw new Error(`${failed} tests failed.`);
}
