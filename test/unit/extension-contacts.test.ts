// The ledger of the network: a line for each download, one a day for a model server.
import { strict as assert } from "node:assert";
import { type Contact, mostContacts, withContact } from "../../src/extension/models/contacts.js";

const NOON = new Date(2026, 4, 17, 12).getTime();
const DAY_MS = 24 * 60 * 60_000;

describe("the ledger of the network", () => {
  const download: Contact = { at: NOON, host: "models.example", bytes: 531, why: "qwen" };
  const asked = (at: number, sent: number, bytes: number, host = "127.0.0.1:8080"): Contact => ({ at, host, sent, bytes, why: "server" });

  it("has a line for each contact of a download, also with the same host", () => {
    assert.deepEqual(withContact([download], download), [download, download]);
  });

  it("adds up what a server is sent on a day, whatever is downloaded in between", () => {
    const all = [asked(NOON, 100, 10), download, asked(NOON + 5, 50, 20), asked(NOON + 6, 1, 1, "other:1"), asked(NOON + DAY_MS, 7, 8)].reduce<Contact[]>(withContact, []);
    assert.deepEqual(all, [{ ...asked(NOON, 150, 30), requests: 2 }, download, asked(NOON + 6, 1, 1, "other:1"), asked(NOON + DAY_MS, 7, 8)]);
  });

  it("keeps so many", () => {
    const all = Array.from({ length: mostContacts + 3 }, (_, at) => ({ ...download, at })).reduce<Contact[]>(withContact, []);
    assert.deepEqual([all.length, all[0]!.at], [mostContacts, 3]);
  });
});
