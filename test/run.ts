// Runs the test files named on the command line.
import { resolve } from "node:path";
import { runMocha } from "./mocha.js";

runMocha(process.argv.slice(2).map((file) => resolve(file))).then(({ failed }) => process.exit(failed === 0 ? 0 : 1), (error: unknown) => {
  console.error(error);
  process.exit(1);
});
