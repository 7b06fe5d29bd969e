// The ledger of the network as a page: what was sent, and everybody who was ever asked.
import { l10n } from "vscode";
import type { Catalog } from "../../models/catalog.js";
import { bytesText } from "../../models/meter.js";
import { escape, type Page, table } from "../page.js";
import { type Contact, mostContacts, serverContact } from "./contacts.js";

export function contactsPage(contacts: readonly Contact[], catalog: Catalog, server: string | undefined): Page {
  const sent = contacts.reduce((sum, contact) => sum + (contact.sent ?? 0), 0);
  const headline = sent === 0 ? l10n.t("0 bytes of your code were sent.") : l10n.t("{0} of requests with code in them were sent, to the model server that you set up.", bytesText(sent));
  const body = [
    `<h1>${escape(l10n.t("Network"))}</h1>`,
    `<p class="lead">${escape(headline)}</p>`,
    `<p class="quiet">${escape(server === undefined
      ? l10n.t("The process that reads your code has no network. Inkling opens a connection only when you choose a model to download, and then asks its host for the file.")
      : l10n.t("You have set up a model server, {0}: code goes there. Downloads of models send none.", server))}</p>`,
    `<h2>${escape(l10n.t("Every contact so far"))}</h2>`,
    contacts.length === 0 ? `<p>${escape(l10n.t("Nobody was ever asked for anything."))}</p>` : contactsTable(contacts, catalog),
    ...(contacts.length < mostContacts ? [] : [`<p class="quiet">${escape(l10n.t("These are the last {0}.", mostContacts))}</p>`]),
    `<p class="quiet">${escape(l10n.t("The list is kept on this machine, and nobody else sees it."))}</p>`,
  ].join("");
  return { kind: "contacts", title: l10n.t("Inkling: Network"), body, commands: [] };
}

/** The latest first. */
function contactsTable(contacts: readonly Contact[], { models }: Catalog): string {
  const head = [l10n.t("When"), l10n.t("Who"), l10n.t("Why"), l10n.t("Code sent"), l10n.t("Received")];
  const why = ({ why, requests }: Contact): string => why === serverContact
    ? l10n.t("model server, {0} requests", requests ?? 1)
    : l10n.t("download of {0}", models.find(({ id }) => id === why)?.name ?? why);
  const rows = [...contacts].reverse().map((contact) =>
    [new Date(contact.at).toLocaleString(), contact.host, why(contact), bytesText(contact.sent ?? 0), bytesText(contact.bytes)].map(escape));
  return table(rows, head, "numbers");
}
