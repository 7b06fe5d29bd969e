// Temporary folders that do not outlive this process, and signals that end it in an orderly way.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders = new Set<string>();
process.on("exit", () => folders.forEach(removeFolder));

export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `inkling-${name}-`));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(folder);
}

/** Runs `close` when somebody asks this process to end, then ends it. */
export function onSignal(close: () => Promise<void>): void {
  let closing = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (closing) return;
      closing = true;
      void close().catch((error: unknown) => console.error(error)).finally(() => process.exit(130));
    });
  }
}
