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

/** Reads the folder once; from then on what it holds is in memory as well. */
export function openStore(folder: string): Store {
  const conversations = new Map(readAll(folder).map((conversation) => [conversation.id, conversation]));
  const fileOf = (id: string): string => join(folder, `${id}.json`);
  const all = (): Conversation[] => [...conversations.values()].sort((a, b) => b.changed - a.changed);
  const remove = (id: string): void => {
    conversations.delete(id);
    rmSync(fileOf(id), { force: true });
  };
  return {
    all, remove,
    save(conversation) {
      if (conversation.turns.length === 0) return;
      conversations.set(conversation.id, conversation);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      chmodSync(folder, 0o700); // it may have been made with other rights
      // Whole or not at all: a window that closes in the middle of writing must not lose what was there.
      const temporary = `${fileOf(conversation.id)}.tmp`;
      writeFileSync(temporary, JSON.stringify({ version: 1, ...conversation }), { mode: 0o600 });
      renameSync(temporary, fileOf(conversation.id));
      all().slice(MAX_CONVERSATIONS).forEach(({ id }) => remove(id));
    },
  };
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
