// The downloads of this window: started, paused and cancelled by a person, looked at by the picker. What breaks off stays on the disk and can
// go on, also after a restart.
import { join } from "node:path";
import { EventEmitter, type Event } from "vscode";
import { addressOf, type Catalog, type CatalogModel } from "../../models/catalog.js";
import { download, type DownloadResult, pause } from "../../models/download.js";
import { createMeter, type Reading } from "../../models/meter.js";
import type { Contacts } from "./contacts.js";

export interface RunningDownload {
  readonly entry: CatalogModel;
  reading(): Reading;
  readonly result: Promise<DownloadResult>;
}

export interface Downloads {
  /** When one begins or ends. */
  readonly onDidChange: Event<void>;
  running(): readonly RunningDownload[];
  /** Goes on with what is there. A second call for the same model joins the first. */
  start(entry: CatalogModel): RunningDownload;
  pause(id: string): void;
  /** What has come is deleted. */
  cancel(id: string): void;
  /** Pauses all; resolves when their files are closed. */
  close(): Promise<unknown>;
  dispose(): void;
}

export interface DownloadsDeps {
  folder: string;
  catalog: Catalog;
  contacts: Contacts;
  mirror: () => string;
}

export function createDownloads({ folder, catalog, contacts, mirror }: DownloadsDeps): Downloads {
  const changes = new EventEmitter<void>();
  const running = new Map<string, RunningDownload & { stop: AbortController }>();

  const begin = (entry: CatalogModel): RunningDownload & { stop: AbortController } => {
    const address = addressOf(entry, catalog, mirror());
    if (!address) throw new Error(`${entry.name} comes with Inkling`);
    const stop = new AbortController();
    const meter = createMeter();
    const result = download({
      ...address, id: entry.id, file: join(folder, entry.file), bytes: entry.bytes, ...entry.sha256 !== undefined && { sha256: entry.sha256 },
      signal: stop.signal,
      onProgress: (received, total) => meter.count(received, total),
      onContact: (host, bytes) => contacts.record({ at: Date.now(), host, bytes, why: entry.id }),
    }).finally(() => {
      running.delete(entry.id);
      changes.fire();
    });
    return { entry, stop, result, reading: () => meter.read() };
  };
  return {
    onDidChange: changes.event,
    running: () => [...running.values()],
    start(entry) {
      const known = running.get(entry.id);
      if (known) return known;
      const started = begin(entry);
      running.set(entry.id, started);
      changes.fire();
      return started;
    },
    pause: (id) => running.get(id)?.stop.abort(pause),
    cancel: (id) => running.get(id)?.stop.abort(),
    close() {
      const all = [...running.values()];
      for (const { stop } of all) stop.abort(pause);
      return Promise.all(all.map(({ result }) => result));
    },
    dispose: () => changes.dispose(),
  };
}
