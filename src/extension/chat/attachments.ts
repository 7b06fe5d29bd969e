// What goes along with the next question. The worker reads it and says what it costs; when the question is sent it is read again, as
// it is then.
import { randomUUID } from "node:crypto";
import { l10n, Uri, window, workspace } from "vscode";
import { chatMethods, type ContextItem, type ResolvedFact } from "../../protocol/chat.js";
import type { FactView, Mention } from "../../protocol/panel.js";
import type { Worker } from "../worker.js";
import { itemOf } from "./context.js";
import type { StoredFact } from "./conversation.js";

export interface Attachments {
  list(): readonly StoredFact[];
  add(mention: Mention): Promise<void>;
  remove(id: string): void;
  /** The facts as they are now; from here on nothing is attached. */
  take(signal: AbortSignal): Promise<StoredFact[]>;
}

interface Attached { item: ContextItem; fact: StoredFact }

export function createAttachments(worker: Worker, onChange: () => void): Attachments {
  let attached: Attached[] = [];
  const remove = (id: string): void => {
    attached = attached.filter(({ fact }) => fact.id !== id);
    onChange();
  };
  const refuse = (id: string, { title, reason }: ResolvedFact & { kind: "refused" }): void => {
    remove(id);
    void window.showInformationMessage(l10n.t("{0} was not attached: {1}", title, refusalText(reason)));
  };
  return {
    remove,
    list: () => attached.map(({ fact }) => fact),
    async add(mention) {
      const item = itemOf(mention);
      if (!item || attached.some((other) => JSON.stringify(other.item) === JSON.stringify(item))) return;
      const id = randomUUID();
      attached = [...attached, { item, fact: { id, kind: mention.kind, text: "", ...labelOf(item, mention) } }];
      onChange();
      const [resolved] = await resolve(worker, [item], AbortSignal.timeout(RESOLVE_MS));
      if (resolved?.kind === "refused") { refuse(id, resolved); return; }
      attached = attached.map((other) => other.fact.id === id && resolved ? { item, fact: withText(other.fact, resolved) } : other);
      onChange();
    },
    async take(signal) {
      const sent = attached;
      attached = [];
      if (sent.length === 0) return [];
      const resolved = await resolve(worker, sent.map(({ item }) => item), signal);
      return sent.flatMap(({ fact }, index) => {
        const now = resolved[index];
        if (now?.kind === "refused") return [];
        return [now ? withText(fact, now) : fact];
      });
    },
  };
}

/** Loading a large model comes before its tokens can be counted. */
const RESOLVE_MS = 60_000;

async function resolve(worker: Worker, items: readonly ContextItem[], signal: AbortSignal): Promise<readonly ResolvedFact[]> {
  const connection = await worker.connected(signal);
  const outcome = await connection?.request<ResolvedFact[]>(chatMethods.facts, { items }, signal);
  return outcome?.kind === "answered" ? outcome.result : [];
}

function withText(fact: StoredFact, { fact: { text }, how, tokens }: ResolvedFact & { kind: "fact" }): StoredFact {
  const detail = how === "outline" ? l10n.t("{0} (outline: the whole would not fit)", fact.detail ?? "") : fact.detail;
  return { ...fact, text, ...detail !== undefined && { detail }, ...tokens !== undefined && { tokens } };
}

function labelOf(item: ContextItem, { label, detail }: Mention): Pick<FactView, "label" | "detail"> {
  if (item.kind !== "selection") return { label, detail: item.kind === "file" ? workspace.asRelativePath(Uri.parse(item.uri)) : detail };
  const path = workspace.asRelativePath(Uri.parse(item.uri));
  const lines = `${item.range.start.line + 1}-${item.range.end.line + 1}`;
  return { label: `${path.slice(path.lastIndexOf("/") + 1)}:${lines}`, detail: `${path}:${lines}` };
}

function refusalText(reason: (ResolvedFact & { kind: "refused" })["reason"]): string {
  switch (reason) {
    case "missing": return l10n.t("it cannot be read.");
    case "secret-file": return l10n.t("it may hold secrets.");
    case "binary": return l10n.t("it is no text.");
    case "too-large": return l10n.t("it is larger than a megabyte.");
    case "generated": return l10n.t("it was written by a program.");
    case "empty": return l10n.t("there is nothing in it.");
  }
}
