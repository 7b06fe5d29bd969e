// The commands that bring models: from the network, or from a disk. Ctrl+C pauses a download.
import { join } from "node:path";
import { addressOf } from "../../models/catalog.js";
import { download, pause } from "../../models/download.js";
import { bytesText, createMeter, type Reading } from "../../models/meter.js";
import { importModel } from "../../models/store.js";
import { UsageError } from "../usage.js";
import { entryOf, fileOf, only, options } from "./options.js";

const REFRESH_MS = 500;

export async function get(args: string[]): Promise<number> {
  const { folder, mirror, rest, catalog } = options(args);
  const id = only(rest, "model");
  const entry = entryOf(id, catalog);
  if (!entry) throw new UsageError(`the catalogue has no model ${id}: ${catalog.models.map((model) => model.id).join(", ")}`);
  const here = fileOf(entry, folder);
  const address = addressOf(entry, catalog, mirror);
  if (here !== undefined || !address) {
    console.log(`${entry.name} is here already: ${here ?? "it comes with Inkling"}`);
    return 0;
  }
  const meter = createMeter();
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(pause);
  process.once("SIGINT", interrupt);
  const timer = process.stderr.isTTY ? setInterval(() => process.stderr.write(`\r${progressLine(meter.read())}`.padEnd(78)), REFRESH_MS) : undefined;
  const result = await download({
    ...address, id: entry.id, file: join(folder, entry.file), bytes: entry.bytes, ...entry.sha256 !== undefined && { sha256: entry.sha256 },
    signal: stop.signal, onProgress: (received, total) => meter.count(received, total),
  });
  clearInterval(timer);
  process.off("SIGINT", interrupt);
  if (process.stderr.isTTY) process.stderr.write("\r".padEnd(79) + "\r");
  if (result.ok) console.log(`${result.file}\nsha256 ${result.sha256}${entry.sha256 === undefined ? " (remembered)" : ""}`);
  else console.error(`inkling models get: ${entry.name} was not downloaded: ${result.message}.${result.kept > 0 ? ` ${bytesText(result.kept)} are kept; the same command goes on.` : ""}`);
  return result.ok ? 0 : 1;
}

export async function importFile(args: string[]): Promise<number> {
  const { folder, rest, catalog } = options(args);
  if (rest.length === 0) throw new UsageError("which file?");
  let code = 0;
  for (const from of rest) {
    const result = await importModel(from, folder, catalog, new AbortController().signal);
    if (result.ok) console.log(`${result.file}${result.entry ? ` (${result.entry.name})` : ""}`);
    else {
      console.error(`inkling models import: ${result.message}`);
      code = 1;
    }
  }
  return code;
}

function progressLine({ received, total, bytesPerSecond, secondsLeft }: Reading): string {
  const parts = [total === undefined ? bytesText(received) : `${bytesText(received)} of ${bytesText(total)}`];
  if (bytesPerSecond !== undefined) parts.push(`${bytesText(bytesPerSecond)}/s`);
  if (secondsLeft !== undefined) parts.push(`${Math.round(secondsLeft)} s left`);
  return parts.join(", ");
}
