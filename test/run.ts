// Runs the test files named on the command line.
import { resolve } from "node:path";
import { onSignal } from "../scripts/vscode/temporary.js";
import { runMocha } from "./mocha.js";

onSignal(() => Promise.resolve()); // what tests opened is closed when the process exits, not when it is killed
runMocha(process.argv.slice(2).map((file) => resolve(file))).then(({ failed }) => process.exit(failed === 0 ? 0 : 1), (error: unknown) => {
  console.error(error);
  process.exit(1);
});
