// The ledger of the network: whom this extension asked, when, why, and how many bytes came. Nothing is ever sent but the request itself.
// Kept on this machine, for its owner to look at.
import type { Memento } from "vscode";

export interface Contact {
  /** Milliseconds since 1970. */
  at: number;
  host: string;
  /** That came. */
  bytes: number;
  /** Id of the model that a person asked for. */
  why: string;
}

export interface Contacts {
  readonly all: readonly Contact[];
  record(contact: Contact): void;
}

const KEY = "contacts";
const MOST = 500;

export function contactsIn(memento: Memento): Contacts {
  return {
    get all() {
      return memento.get<Contact[]>(KEY, []);
    },
    record(contact) {
      void memento.update(KEY, [...memento.get<Contact[]>(KEY, []), contact].slice(-MOST));
    },
  };
}
