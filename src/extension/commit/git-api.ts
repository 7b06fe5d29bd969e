// The part of the Git extension's API that is used here, found when it is needed: whoever lists that extension as a dependency is switched
// off together with it in Restricted Mode.
import { type Event, extensions, type Uri } from "vscode";

export interface GitApi {
  readonly git: { readonly path: string };
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: Event<"uninitialized" | "initialized">;
  readonly repositories: readonly Repository[];
}

export interface Repository {
  readonly rootUri: Uri;
  readonly inputBox: { value: string };
  readonly ui: { readonly selected: boolean };
  readonly state: { readonly indexChanges: readonly unknown[]; readonly workingTreeChanges: readonly unknown[]; readonly untrackedChanges?: readonly unknown[] };
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

const FIND_TIMEOUT_MS = 5_000;

/** Undefined where the extension is switched off or missing. Waits a moment for it to look for repositories. */
export async function findGit(): Promise<GitApi | undefined> {
  const extension = extensions.getExtension<GitExtension>("vscode.git");
  if (!extension) return undefined;
  const exported = extension.isActive ? extension.exports : await Promise.resolve(extension.activate()).catch(() => undefined);
  if (exported?.enabled !== true) return undefined;
  const api = exported.getAPI(1);
  if (api.state !== "initialized") await initialized(api);
  return api;
}

function initialized(api: GitApi): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const listener = api.onDidChangeState(done);
    const timer = setTimeout(done, FIND_TIMEOUT_MS);
  });
}
