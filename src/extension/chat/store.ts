// Conversations on disk, a file each, that only their owner can read. A file that is damaged is left alone and not shown.
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Conversation, settled } from "./conversation.js";

export interface Store {
  /** The latest first. */
  all(): Conversation[];
  /** Conversations without a turn are not kept. */
  save(conversation: Conversation): void;
  remove(id: string): void;
}

/** More than anybody looks through; the oldest go. */
const MAX_CONVERSATIONS = 200;

/**
 * Reads the folder once; from then on what it holds is in memory as well. What cannot be written, for instance on a full disk, stays in memory and
 * is written with the next thing that can be; `onFailure` hears of the first of several failures.
 */
export function openStore(folder: string, onFailure: (error: unknown) => void = () => undefined): Store {
  const conversations = new Map(readAll(folder).map((conversation) => [conversation.id, conversation]));
  const unsaved = new Set<string>();
  const fileOf = (id: string): string => join(folder, `${id}.json`);
  const all = (): Conversation[] => [...conversations.values()].sort((a, b) => b.changed - a.changed);
  const remove = (id: string): void => {
    conversations.delete(id);
    unsaved.delete(id);
    rmSync(fileOf(id), { force: true });
  };
  const writeUnsaved = (): void => {
    for (const id of unsaved) {
      writeWhole(folder, fileOf(id), JSON.stringify({ version: 1, ...conversations.get(id) }));
      unsaved.delete(id);
    }
  };
  return {
    all, remove,
    save(conversation) {
      if (conversation.turns.length === 0) return;
      const isFirst = unsaved.size === 0;
      conversations.set(conversation.id, conversation);
      unsaved.add(conversation.id);
      try {
        writeUnsaved();
      } catch (error) {
        if (isFirst) onFailure(error);
        return; // what is old is not thrown away for something that is not safe yet
      }
      all().slice(MAX_CONVERSATIONS).forEach(({ id }) => remove(id));
    },
  };
}

/** Whole or not at all: a window that closes in the middle of writing must not lose what was there. */
function writeWhole(folder: string, file: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700); // it may have been made with other rights
  const temporary = `${file}.tmp`;
  try {
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true }); // it would take the room that is missing
    throw error;
  }
}

function readAll(folder: string): Conversation[] {
  return namesIn(folder).flatMap((name) => {
    try {
      const read = JSON.parse(readFileSync(join(folder, name), "utf8")) as Conversation & { version?: number };
      const { id, changed, turns } = read;
      const isSound = read.version === 1 && typeof id === "string" && name === `${id}.json` && typeof changed === "number" && Array.isArray(turns);
      return isSound ? [settled(read)] : [];
    } catch {
      return [];
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^[\w-]+\.json$/.test(name));
  } catch {
    return []; // nothing was kept yet
  }
}
