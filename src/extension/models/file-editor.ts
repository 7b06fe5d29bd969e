// GGUF files in VS Code: opened, or dropped onto the editor, one shows what it is and offers to be used. Nothing of it is loaded for that.
import { type CustomReadonlyEditorProvider, Disposable, l10n, type Uri, window, workspace, commands } from "vscode";
import type { Role } from "../../models/catalog.js";
import { escape, type Page, type Pages } from "../page.js";
import { currentFile, use } from "./choose.js";
import { adapterCommand, filePage, type Place, useCommand } from "./file-page.js";
import type { PickerDeps } from "./picker.js";

const VIEW_TYPE = "inkling.modelFile";

export function registerFileEditor(deps: PickerDeps, pages: Pages): Disposable {
  const refreshed = new Set<() => void>();
  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor({ uri }, panel) {
      const refresh = (): void => pages.fill(panel, pageFor(uri, deps));
      refreshed.add(refresh);
      panel.onDidDispose(() => refreshed.delete(refresh));
      refresh();
    },
  };
  return Disposable.from(
    window.registerCustomEditorProvider(VIEW_TYPE, provider, { supportsMultipleEditorsPerDocument: true }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("inkling")) for (const refresh of refreshed) refresh();
    }),
    commands.registerCommand(useCommand, async (file: unknown, role: unknown) => {
      if (typeof file === "string" && isRole(role)) await use(file, role, deps);
    }),
    commands.registerCommand(adapterCommand, async (adapter: unknown, role: unknown) => {
      if (!isRole(role) || (adapter !== null && typeof adapter !== "string")) return;
      const model = deps.modelOf(role);
      if (model !== undefined) await deps.adapters.use(adapter ?? undefined, role, model);
      for (const refresh of refreshed) refresh();
    }),
  );
}

function pageFor(uri: Uri, { machine, modelOf, adapters }: PickerDeps): Page {
  if (uri.scheme !== "file") {
    return { kind: "file", title: "", body: `<p class="lead">${escape(l10n.t("Models are read from this machine's disk: copy the file there first."))}</p>`, commands: [] };
  }
  const roles: readonly Role[] = ["completion", "chat"];
  const places = roles.flatMap((role): Place[] => {
    const model = modelOf(role);
    return model === undefined ? [] : [{ role, model, adapter: adapters.of(role, model) }];
  });
  return filePage(uri.fsPath, machine(), roles.filter((role) => currentFile(role) === uri.fsPath), places);
}

export function isRole(value: unknown): value is Role {
  return value === "completion" || value === "chat";
}
