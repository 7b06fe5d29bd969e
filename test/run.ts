// Runs the test files named on the command line. What goes on in a window gets a second try: it depends on a browser and on what else
// the machine has to do just then, and a fault is there twice.
import { resolve, sep } from "node:path";
import { onSignal } from "../scripts/vscode/temporary.js";
import { runMocha } from "./mocha.js";

onSignal(() => Promise.resolve()); // what tests opened is closed when the process exits, not when it is killed
const files = process.argv.slice(2).map((file) => resolve(file));
const inWindows = files.some((file) => ["vscode", "privacy"].some((folder) => file.includes(`${sep}test${sep}${folder}${sep}`)));
runMocha(files, { retries: inWindows ? 1 : 0 }).then(({ failed }) => process.exit(failed === 0 ? 0 : 1), (error: unknown) => {
  console.error(error);
  process.exit(1);
});
