// The worker process: closes the network, then serves over `--node-ipc` (the extension) or `--stdio` (everybody else).
import "./network.js";
import "./memory.js";
import { fileURLToPath } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./server.js";

// Without this a worker outlives a killed parent by seconds, until the library's own poll notices.
process.on("disconnect", () => process.exit(1));

// A background task that failed is no reason to end everybody's session; the client's log has what it was.
process.on("unhandledRejection", (reason) => console.error("inkling: unhandled", reason));

/** This bundle lies in a folder beside the models', with the grammars in a folder of their own. */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

serve(createConnection(ProposedFeatures.all), { model: here("../models/inkling-nano.gguf"), grammars: here("./grammars") });
