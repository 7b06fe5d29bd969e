// The worker process: closes the network, then serves over `--node-ipc` (the extension) or `--stdio` (everybody else).
import "./network.js";
import { fileURLToPath } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./server.js";

// Without this a worker outlives a killed parent by seconds, until the library's own poll notices.
process.on("disconnect", () => process.exit(1));

// Other editors need not know where the embedded model lies: beside the folder of this bundle.
const embeddedModel = fileURLToPath(new URL("../models/inkling-nano.gguf", import.meta.url));

serve(createConnection(ProposedFeatures.all), embeddedModel);
