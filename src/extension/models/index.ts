// Models for a person to choose from. The only part of the extension that knows the network, and it asks nobody unless a person clicked.
import { join } from "node:path";
import { commands, type ExtensionContext, type LogOutputChannel } from "vscode";
import { readCatalog, type Role } from "../../models/catalog.js";
import type { Pages } from "../page.js";
import { chosenChatModelFile, chosenModelFile, modelsMirror } from "../settings.js";
import type { Worker } from "../worker.js";
import { type Adapters, adaptersIn } from "./adapters.js";
import { contactsIn, type Contacts } from "./contacts.js";
import { contactsPage } from "./contacts-page.js";
import { createDownloads } from "./downloads.js";
import { isRole, registerFileEditor } from "./file-editor.js";
import { showPicker, type PickerDeps } from "./picker.js";
import type { Machine } from "./texts.js";

export interface Models {
  dispose(): void;
  readonly contacts: Contacts;
  readonly adapters: Adapters;
  /** Pauses what is being downloaded. */
  close(): Promise<unknown>;
}

export interface ModelsDeps {
  worker: Worker;
  pages: Pages;
  log: LogOutputChannel;
  /** Address of the model server, if one is set up. */
  server: () => string | undefined;
  machine: () => Machine;
}

export function registerModels(context: ExtensionContext, { worker, pages, log, server, machine }: ModelsDeps): Models {
  const folder = join(context.globalStorageUri.fsPath, "models");
  const catalog = readCatalog(context.asAbsolutePath("models"));
  const contacts = contactsIn(context.globalState);
  const downloads = createDownloads({ folder, catalog, contacts, mirror: modelsMirror });
  const adapters = adaptersIn(context.globalState, () => void worker.restart());
  const builtIn = context.asAbsolutePath("models/inkling-nano.gguf");
  const modelOf = (role: Role): string | undefined => role === "completion" ? chosenModelFile() ?? builtIn : chosenChatModelFile();
  const deps: PickerDeps = { adapters, modelOf, folder, catalog, downloads, machine, worker, log, again: (role) => showPicker(role, deps) };
  const choose = (role?: unknown): void => showPicker(isRole(role) ? role : "completion", deps);
  const registered = [
    commands.registerCommand("inkling.chooseModel", choose), commands.registerCommand("inkling.chooseModelFile", choose),
    commands.registerCommand("inkling.showContacts", () => pages.show(contactsPage(contacts.all, catalog, server()))),
    registerFileEditor(deps, pages), downloads,
  ];
  return {
    contacts, adapters,
    close: () => downloads.close(),
    dispose: () => registered.forEach((one) => void one.dispose()),
  };
}
