// The ledger of the network: whom this extension asked, when, why, and how many bytes went and came. A download sends nothing but the request
// itself; only a model server that a person has set up is sent code. Kept on this machine, for its owner to look at.
import type { Memento } from "vscode";

export interface Contact {
  /** Milliseconds since 1970; of the first request, where several are one line. */
  at: number;
  host: string;
  /** That came. */
  bytes: number;
  /** Bytes of requests with code in them; absent where there was none. */
  sent?: number;
  /** How many requests this line stands for; absent for one. */
  requests?: number;
  /** Id of the model that a person asked for; or `server`. */
  why: string;
}

export interface Contacts {
  /** The oldest first. */
  readonly all: readonly Contact[];
  record(contact: Contact): void;
}

const KEY = "contacts";
export const mostContacts = 500;

/** A server is asked at every key: its requests of a day are one line. */
export const serverContact = "server";

export function contactsIn(memento: Memento): Contacts {
  const all = (): Contact[] => memento.get<Contact[]>(KEY, []);
  return {
    get all() {
      return all();
    },
    record: (contact) => void memento.update(KEY, withContact(all(), contact)),
  };
}

export function withContact(all: readonly Contact[], contact: Contact): Contact[] {
  const same = contact.why === serverContact ? all.findLastIndex((one) => one.why === serverContact && one.host === contact.host && dayOf(one) === dayOf(contact)) : -1;
  const before = all[same];
  if (!before) return [...all, contact].slice(-mostContacts);
  return all.with(same, {
    ...before, bytes: before.bytes + contact.bytes, sent: (before.sent ?? 0) + (contact.sent ?? 0), requests: (before.requests ?? 1) + 1,
  });
}

const dayOf = ({ at }: Contact): string => new Date(at).toDateString();
