// Builds everything that runs: the extension, the worker, the command line, and the grammars beside them.
// `--watch` rebuilds on change; `--production` minifies; `--outdir=` puts it somewhere else than into `dist`; `--inputs=` names a file to be
// written with the list of all files that went into a bundle.
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");
const option = (name) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const outdir = option("outdir") ?? path.join(__dirname, "dist");
const inputsFile = option("inputs");

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  minify: production,
  sourcemap: production ? false : "linked",
  logLevel: "warning",
  metafile: true,
};

/** @type {import("esbuild").BuildOptions[]} */
const bundles = [
  // The language client is a quarter of a megabyte that activation should not wait for: a bundle of its own, required when needed.
  {
    ...common,
    entryPoints: { extension: "src/extension/extension.ts" },
    format: "cjs",
    outdir,
    external: ["vscode", "./client.js"],
    supported: { "dynamic-import": false }, // `require`, because that is where VS Code provides the module `vscode`
  },
  { ...common, entryPoints: { client: "src/extension/client.ts" }, format: "cjs", outdir, external: ["vscode"] },
  {
    ...common,
    entryPoints: { cli: "src/cli/main.ts" },
    format: "cjs",
    outdir,
    alias: { "web-tree-sitter": require.resolve("web-tree-sitter") }, // its ESM half needs `import.meta`
    banner: { js: "#!/usr/bin/env node" },
  },
  {
    ...common,
    entryPoints: { "webview/chat": "src/webview/main.ts", "webview/chat-style": "src/webview/chat.css" },
    platform: "browser",
    target: "chrome122", // the Electron of the oldest VS Code that Inkling runs in
    format: "iife",
    outdir,
  },
  {
    ...common,
    entryPoints: { worker: "src/worker/main.ts", "engine-floor": "src/worker/engine-floor.ts" },
    format: "esm",
    outdir,
    outExtension: { ".js": ".mjs" },
    external: ["node-llama-cpp"], // ESM with top-level await and native files: it has to stay a package
    banner: { js: "import { createRequire as _createRequire } from 'node:module'; const require = _createRequire(import.meta.url);" },
  },
];

/** The WASM runtime, the grammars and the queries lie beside the bundles, in `grammars`. */
function copyGrammars() {
  const into = path.join(outdir, "grammars");
  fs.mkdirSync(into, { recursive: true });
  fs.copyFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm"), path.join(into, "web-tree-sitter.wasm"));
  const from = path.join(path.dirname(require.resolve("@vscode/tree-sitter-wasm/package.json")), "wasm");
  for (const file of fs.readdirSync(from)) {
    if (/^tree-sitter-.+\.wasm$/.test(file)) fs.copyFileSync(path.join(from, file), path.join(into, file));
  }
  const queries = path.join(__dirname, "src/core/syntax/queries");
  for (const file of fs.readdirSync(queries)) fs.copyFileSync(path.join(queries, file), path.join(into, file));
}

/** VS Code's icons: a page in a webview may load only what lies beside it. */
function copyIcons() {
  const into = path.join(outdir, "webview");
  fs.mkdirSync(into, { recursive: true });
  for (const file of ["codicon.css", "codicon.ttf"]) fs.copyFileSync(require.resolve(`@vscode/codicons/dist/${file}`), path.join(into, file));
}

async function main() {
  copyGrammars();
  copyIcons();
  const contexts = await Promise.all(bundles.map((options) => esbuild.context(options)));
  if (watch) return Promise.all(contexts.map((context) => context.watch()));
  const results = await Promise.all(contexts.map((context) => context.rebuild()));
  if (inputsFile) fs.writeFileSync(inputsFile, JSON.stringify([...new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)))].sort()));
  await Promise.all(contexts.map((context) => context.dispose()));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
