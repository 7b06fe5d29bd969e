// What desktop VS Code does with a command line, done by VS Code's server and a browser without a screen: opens a folder with a
// development extension, runs extension tests and exits with their result.
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { startBrowser } from "./browser.js";
import { installServer } from "./install.js";
import { runServerCommand, type Server, startServer } from "./server.js";
import { onSignal } from "./temporary.js";
import { openWorkbench } from "./workbench.js";

/** Exit codes for what VS Code itself has none for. */
const EXTENSION_HOST_LOST = 87;
const WINDOW_LOST = 125;

/** Lines of VS Code's own that mean nothing in a test. */
const NOISE = [
  /^\[remote-connection\]/, /^Resolv(ing|ed) connection token/, /^Creating a socket/, /^\[reconnection-grace-time\]/, /^Updating additional builtin extensions cache/,
  /^\[AgentHost/, /^\[AccountPolicyGate\]/, /^\[driver\]/, /^\[Service Worker\] registration/, /^Creation of workbench contribution/,
  /^The web worker extension host/, /^Ignoring fetching additional builtin/, /^Timed out waiting for authentication provider/,
];

const { values, positionals } = parseArgs({
  args: process.argv.slice(2), allowPositionals: true, strict: false,
  options: {
    "extensionDevelopmentPath": { type: "string", multiple: true },
    "extensionTestsPath": { type: "string" },
    "user-data-dir": { type: "string" },
    "extensions-dir": { type: "string" },
    "folder-uri": { type: "string" },
    "install-extension": { type: "string", multiple: true },
    "list-extensions": { type: "boolean" },
    "version": { type: "boolean" },
    "disable-extensions": { type: "boolean" },
  },
});

async function main(): Promise<number> {
  const installation = await installServer();
  if (values["install-extension"] ?? values["list-extensions"] ?? values["version"]) {
    process.stdout.write(await runServerCommand(installation, process.argv.slice(2)));
    return 0;
  }
  let browser: Browser | undefined;
  const server = await startServer(installation, { userDataDir: text("user-data-dir"), extensionsDir: text("extensions-dir"), driver: true });
  const close = async (): Promise<void> => {
    await browser?.close().catch(() => undefined);
    await server.close();
  };
  onSignal(close);
  try {
    browser = await startBrowser();
    return await runTests(server, browser);
  } finally {
    await close();
  }
}

/** Resolves with the exit code of the tests, or with a code of ours when VS Code did not live to tell. */
async function runTests(server: Server, browser: Browser): Promise<number> {
  const host = { lost: false }; // VS Code reports success for an extension host that crashed or called process.exit
  let end!: (how: { code: number; problem?: string }) => void;
  const ended = new Promise<{ code: number; problem?: string }>((resolve) => end = resolve);
  const lost = (problem: string) => (): void => end({ code: WINDOW_LOST, problem });
  browser.on("disconnected", lost("The browser ended before the tests did."));
  void server.exited.then(lost("VS Code's server ended before the tests did."));
  const { page } = await openWorkbench(server, browser, {
    folder: folderToOpen(),
    extensionDevelopmentPath: (values["extensionDevelopmentPath"] ?? []) as string[],
    extensionTestsPath: text("extensionTestsPath"),
    disableExtensions: values["disable-extensions"] === true,
    automation: {
      onExit: (code) => end({ code }),
      onLog: (type, args) => {
        const line = format(...args);
        if (/^\[remote-connection\]\[ExtensionHost\].*received socket close event/.test(line)) host.lost = true;
        if (!NOISE.some((pattern) => pattern.test(line))) (type === "error" ? process.stderr : process.stdout).write(`${line}\n`);
      },
    },
  });
  page.on("crash", lost("The window crashed."));
  const { code, problem } = await ended;
  if (problem !== undefined) console.error(problem);
  if (code !== 0 || !host.lost) return code;
  const how = /Extension Host Process exited with code: (\w+), signal: (\w+)/.exec(server.log());
  console.error(`The extension host ended before the tests did (${how?.[0] ?? "no trace in the log"}).`);
  return EXTENSION_HOST_LOST;
}

function text(name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

function folderToOpen(): string | undefined {
  const uri = text("folder-uri");
  if (uri !== undefined) return fileURLToPath(uri);
  return positionals.find((path) => path.endsWith(".code-workspace") || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
}

main().then((code) => process.exit(code), (error: unknown) => {
  console.error(error);
  process.exit(1);
});
