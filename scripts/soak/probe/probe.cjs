// Runs in the extension host beside Inkling: collects what is dead, and writes what is left into the file that INKLING_SOAK_PROBE names.
const { renameSync, writeFileSync } = require("node:fs");
const v8 = require("node:v8");
const vm = require("node:vm");

const EVERY_MS = 5_000;

exports.activate = (context) => {
  const file = process.env.INKLING_SOAK_PROBE;
  if (file === undefined) return;
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc");
  const timer = setInterval(() => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(`${file}.new`, JSON.stringify({ pid: process.pid, alive: heapUsed + external }));
    renameSync(`${file}.new`, file); // whole, whenever it is read
  }, EVERY_MS);
  context.subscriptions.push({ dispose: () => clearInterval(timer) });
};
