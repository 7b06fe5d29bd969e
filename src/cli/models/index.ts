// `inkling models`: what there is, what a file is, getting one, and whether everything works; the same modules as behind the picker.
import { UsageError } from "../usage.js";
import { doctor } from "./doctor.js";
import { get, importFile } from "./get.js";
import { info, list, verify } from "./show.js";

export const usage = `Usage: inkling models list                 the catalogue: fit, size, licence, and what is here already
       inkling models info MODEL|FILE      everything that is known of a model
       inkling models get MODEL            downloads it; goes on where it broke off
       inkling models import FILE...       copies files into the folder of models
       inkling models verify [FILE...]     header, length and checksum; of all models without a FILE
       inkling models doctor [MODEL|FILE]  loads it and lets it fill in a line

  --folder PATH   where models lie (default: $INKLING_MODELS, else ~/.inkling/models)
  --mirror URL    stands in for the catalogue's host (get)
  --json          for programs (list, info)`;

const commands: Record<string, (args: string[]) => number | Promise<number>> = { list, info, get, import: importFile, verify, doctor };

export async function run([name, ...args]: string[]): Promise<number> {
  const command = commands[name ?? ""];
  if (!command) throw new UsageError(name === undefined ? "which command?" : `there is no command ${name}`);
  return command(args);
}
