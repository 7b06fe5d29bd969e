// `npm start`: opens VS Code with Inkling loaded on the examples. `npm start -- --screenshot FILE` does it without a screen: types into the
// first example, waits for ghost text and writes the picture.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { startBrowser } from "./vscode/browser.js";
import { examples, placeToType } from "./vscode/examples.js";
import { installServer } from "./vscode/install.js";
import { type Server, startServer } from "./vscode/server.js";
import { onSignal, temporaryFolder } from "./vscode/temporary.js";
import { openWorkbench, waitForGhostText, workbenchUrl } from "./vscode/workbench.js";

const ROOT = join(__dirname, "..");
const EXAMPLES = join(ROOT, "examples");
const READY_TIMEOUT_MS = 60_000;
const GHOST_TIMEOUT_MS = 10_000;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { screenshot: { type: "string" } } });
  if (values.screenshot !== undefined) return takeScreenshot(resolve(values.screenshot));
  if (await openDesktop()) return 0;
  return serve();
}

/** False where there is no desktop VS Code. */
async function openDesktop(): Promise<boolean> {
  const hasScreen = process.platform !== "linux" || "DISPLAY" in process.env || "WAYLAND_DISPLAY" in process.env;
  const code = process.env["VSCODE_EXECUTABLE"] ?? (hasScreen ? "code" : undefined);
  if (code === undefined) return false;
  const child = spawn(code, ["--new-window", `--extensionDevelopmentPath=${ROOT}`, EXAMPLES], { stdio: "inherit", shell: process.platform === "win32" });
  return Promise.race([
    once(child, "exit").then(([status]) => status === 0),
    once(child, "error").then(() => false),
  ]);
}

/** VS Code in the browser, until somebody presses Ctrl+C. */
async function serve(): Promise<number> {
  const server = await startServer(await installServer(), { driver: true });
  const stopped = new AbortController();
  onSignal(() => {
    stopped.abort();
    return server.close();
  });
  const [first] = examples;
  console.log(`\nVS Code with Inkling, on the examples:\n\n  ${workbenchUrl(server, windowOn(EXAMPLES, first!))}\n`);
  console.log(`In ${first!.name}, type "${first!.typed}" where the cursor is. Ctrl+C ends it.`);
  const status = await server.exited;
  if (stopped.signal.aborted) return 0;
  console.error(`VS Code's server ended with ${status ?? "a signal"}.\n${server.log()}`);
  return 1;
}

async function takeScreenshot(file: string): Promise<number> {
  const [browser, installation] = await Promise.all([startBrowser(), installServer()]);
  let server: Server | undefined;
  const close = async (): Promise<void> => {
    await browser.close();
    await server?.close();
  };
  onSignal(close);
  try {
    const folder = join(temporaryFolder("start"), "examples"); // a copy: what is typed should stay nowhere
    cpSync(EXAMPLES, folder, { recursive: true });
    const [first] = examples;
    server = await startServer(installation, { driver: true });
    const { page } = await openWorkbench(server, browser, windowOn(folder, first!));
    await page.locator(`.monaco-editor[data-uri$="/${first!.name}"]`).waitFor();
    await page.locator('.statusbar-item [aria-label^="Inkling: ready"]').waitFor({ timeout: READY_TIMEOUT_MS });
    await page.keyboard.type(first!.typed, { delay: 60 });
    const ghost = await waitForGhostText(page, GHOST_TIMEOUT_MS);
    mkdirSync(dirname(file), { recursive: true });
    await page.screenshot({ path: file });
    if (ghost === undefined) console.error(`No ghost text within ${GHOST_TIMEOUT_MS / 1000} s of typing "${first!.typed}" into ${first!.name}; ${file} shows the window.`);
    else console.log(`${file}: in ${first!.name}, after "${first!.typed}", the ghost text ${JSON.stringify(ghost)}`);
    return ghost === undefined ? 1 : 0;
  } finally {
    await close();
  }
}

function windowOn(folder: string, example: (typeof examples)[number]): Parameters<typeof workbenchUrl>[1] {
  return { folder, file: { path: join(folder, example.name), ...placeToType(folder, example) }, extensionDevelopmentPath: [ROOT] };
}

main().then((status) => process.exit(status), (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
