#!/usr/bin/env node
// Stands in for the `code` executable where something wants one: takes desktop VS Code's arguments. The work is done in launcher.ts.
require("tsx/cjs/api").register();
require("./launcher.ts");
