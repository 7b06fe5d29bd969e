// Finds Chromium (or Chrome) on this machine and starts it without a screen.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];

const ARGUMENTS = [
  "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** `CHROMIUM` names another executable than the first one found on the path. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? findChromium();
  if (executablePath === undefined) {
    throw new Error("Chromium is needed and was not found. Debian, Ubuntu: apt install chromium. Elsewhere: set CHROMIUM to the executable of Chromium or Chrome.");
  }
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, // Playwright would end this process before the server is stopped
    args: root ? [...ARGUMENTS, "--no-sandbox"] : ARGUMENTS, // Chromium's sandbox refuses to work for root
  });
}

export function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
