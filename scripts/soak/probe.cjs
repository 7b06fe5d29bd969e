// Inkling's entry point while it is soaked: the extension as it is, and beside it, in the same host, something that writes what the host keeps into
// the file that INKLING_SOAK_PROBE names. A development window of VS Code's server loads one extension, not two.
const { renameSync, writeFileSync } = require("node:fs");
const collect = require("./collect.cjs");
const inkling = require("./dist/extension.js");

const EVERY_MS = 5_000;

exports.activate = (context) => {
  const file = process.env.INKLING_SOAK_PROBE;
  const timer = setInterval(() => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(`${file}.new`, JSON.stringify({ pid: process.pid, alive: heapUsed + external }));
    renameSync(`${file}.new`, file); // whole, whenever it is read
  }, EVERY_MS);
  context.subscriptions.push({ dispose: () => clearInterval(timer) });
  return inkling.activate(context);
};
exports.deactivate = inkling.deactivate;
