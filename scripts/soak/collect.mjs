// Imported into a process that is soaked, before its own program: collects what is dead every few seconds, so that what is left is what it keeps.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
setInterval(runInNewContext("gc"), 5_000).unref();
