// Starts and stops VS Code's server: everything of VS Code but the window. The window is a page in a browser (workbench.ts).
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Installation } from "./install.js";
import { removeFolder, temporaryFolder } from "./temporary.js";

/** A quiet, clean window: no trust question, no welcome page, no chat, nothing that looks for updates. */
const SETTINGS: Readonly<Record<string, unknown>> = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.autofetch": false,
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 3_000;

export interface ServerOptions {
  /** Added to the settings of the user-data folder, or instead of ours. */
  settings?: Readonly<Record<string, unknown>>;
  /** Settings of scope "machine", which the server does not read from the user's. */
  machineSettings?: Readonly<Record<string, unknown>>;
  /** As desktop VS Code's `--user-data-dir` and `--extensions-dir`; temporary when left out. */
  userDataDir?: string | undefined;
  extensionsDir?: string | undefined;
  /** As VS Code's `--log`. */
  logLevel?: string;
  /** Lets the page load development extensions and run tests. VS Code then shows no notification toasts. */
  driver?: boolean;
}

export interface Server {
  readonly port: number;
  readonly pid: number;
  /** Settings, and what extensions keep. */
  readonly userDataDir: string;
  /** Resolves with the exit code when the server ends by itself. */
  readonly exited: Promise<number | null>;
  log(): string;
  close(): Promise<void>;
}

export async function startServer(installation: Installation, options: ServerOptions = {}): Promise<Server> {
  const folder = temporaryFolder("vscode");
  const userDataDir = resolve(options.userDataDir ?? join(folder, "data"));
  writeSettings(join(userDataDir, "User"), SETTINGS, options.settings ?? {});
  writeSettings(join(userDataDir, "Machine"), {}, options.machineSettings ?? {});
  const child = spawn(installation.node, [
    join(installation.folder, "out/server-main.js"), "--accept-server-license-terms",
    "--host", "127.0.0.1", "--port", "0", "--without-connection-token",
    "--server-data-dir", folder, "--user-data-dir", userDataDir,
    ...(options.extensionsDir === undefined ? [] : ["--extensions-dir", resolve(options.extensionsDir)]),
    "--telemetry-level", "off", "--disable-workspace-trust",
    ...(options.logLevel === undefined ? [] : ["--log", options.logLevel]),
    ...(options.driver === true ? ["--enable-smoke-test-driver"] : []),
  ], { env: serverEnvironment(folder), stdio: ["ignore", "pipe", "pipe"], detached: true }); // a group of its own: its children end with it
  const killNow = (): void => killGroup(child, "SIGKILL");
  process.on("exit", killNow);

  let log = "";
  const exited = new Promise<number | null>((done) => child.once("exit", done));
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => log += chunk.toString());
  const close = async (): Promise<void> => {
    killGroup(child, "SIGTERM");
    await Promise.race([exited, new Promise((done) => setTimeout(done, STOP_TIMEOUT_MS))]);
    killNow();
    process.off("exit", killNow);
    removeFolder(folder);
  };
  try {
    const port = await listening(child, () => log);
    return { port, pid: child.pid!, userDataDir, exited, log: () => log, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs the server's command line, for instance `--install-extension FILE`, and returns what it prints. */
export async function runServerCommand(installation: Installation, args: readonly string[]): Promise<string> {
  const folder = temporaryFolder("vscode");
  try {
    const file = join(installation.folder, "out/server-main.js");
    const { stdout } = await promisify(execFile)(installation.node, [file, "--accept-server-license-terms", "--server-data-dir", folder, ...args], {
      env: serverEnvironment(folder),
    });
    return stdout;
  } finally {
    removeFolder(folder);
  }
}

/** What stands in the file already goes before the defaults, and what is asked for before both. */
function writeSettings(folder: string, defaults: Readonly<Record<string, unknown>>, settings: Readonly<Record<string, unknown>>): void {
  const file = join(folder, "settings.json");
  mkdirSync(folder, { recursive: true });
  const given = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown> : {};
  writeFileSync(file, JSON.stringify({ ...defaults, ...given, ...settings }, undefined, 2));
}

function serverEnvironment(folder: string): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/i.test(name));
  const sockets = join(folder, "t"); // VS Code leaves its sockets there; short, because a socket's path may have 107 bytes
  mkdirSync(sockets, { recursive: true, mode: 0o700 });
  return { ...Object.fromEntries(ours), TMPDIR: sockets, XDG_RUNTIME_DIR: sockets, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
}

async function listening(child: ChildProcess, log: () => string): Promise<number> {
  const signal = AbortSignal.timeout(START_TIMEOUT_MS);
  return new Promise((done, fail) => {
    const failed = (why: string) => (): void => fail(new Error(`${why}\n${log()}`));
    signal.addEventListener("abort", failed("VS Code's server did not start in time."));
    child.once("exit", failed("VS Code's server ended at once."));
    child.once("error", (error) => failed(error.message)());
    child.stdout!.on("data", () => {
      const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
      if (port !== undefined) done(Number(port));
    });
  });
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}
