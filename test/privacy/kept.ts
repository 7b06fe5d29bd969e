// What Inkling left on disk: its storage and its logs in VS Code's folder. Conversations are a person's own words and kept on purpose; code in
// anything else is a leak, and so is a file that another user could read.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";

export interface Kept {
  looked: number;
  /** Files with the canary in them, relative to the folder. */
  found: string[];
  /** Files and folders of Inkling's own storage that others can read. */
  open: string[];
}

export function searchKept(folder: string, canary: string): Kept {
  const ours = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /inkling/i.test(name));
  const files = ours.filter((name) => statSync(join(folder, name)).isFile());
  const isConversation = (name: string): boolean => name.split(sep).includes("chat");
  const found = files.filter((name) => !isConversation(name) && readFileSync(join(folder, name)).includes(canary));
  // VS Code makes the folder itself, and writes the logs.
  const open = ours.filter((name) => /Storage[/\\].*inkling\.inkling[/\\]/.test(name) && (statSync(join(folder, name)).mode & 0o077) !== 0);
  return { looked: files.length, found, open };
}
