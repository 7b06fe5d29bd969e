// Loaded into a process that is soaked, before its own program: collects what is dead every few seconds, so that what is left is what it keeps. Exports
// the collection.
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

setFlagsFromString("--expose-gc");
// V8 gives the young generation up to a hundred megabytes when more than usual survives at once, and keeps them: whether that happens in the first
// minutes or in the fortieth is chance, and no growth.
setFlagsFromString("--semi-space-growth-factor=1");
module.exports = runInNewContext("gc");
setInterval(module.exports, 5_000).unref();
