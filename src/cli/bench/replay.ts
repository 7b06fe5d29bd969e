// Types a recorded session as the person at the keyboard did, with the editor's own delays, and writes down what came of every key.
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { CompletionRecord } from "../../protocol/completion.js";
import type { Completion, WorkerClient } from "../client.js";
import { Page, type Visible } from "./page.js";
import { textBefore, type Key, type Part, type Session } from "./session.js";

/** One request and its answer. */
export interface Row {
  /** What it followed. */
  after: "key" | "accept";
  /** The key typed on what was suggested. */
  inside: boolean;
  /** On the line of the request before. */
  sameLine: boolean;
  ms: number;
  /** The next key came first. */
  cancelled: boolean;
  shown: boolean;
  record: CompletionRecord | undefined;
}

export interface Replayed {
  rows: Row[];
  keys: number;
  accepts: number;
  /** Characters that were not typed. */
  saved: number;
}

/** VS Code asks this long after a key, unless another one comes. */
const DEBOUNCE_MS = 50;
/** Somebody who looks for a suggestion waits this long for it. */
const PATIENCE_MS = 500;
/** To read a suggestion and decide. */
const READING_MS = 350;
/** Shorter ones are typed faster than taken. */
const WORTH_TAKING = 3;

interface Pending {
  settled: boolean;
  done: Promise<void>;
  cancel: () => void;
}

/** `keys` limits how many are typed; `pace` is 1 for the recorded times. */
export async function replay(session: Session, client: WorkerClient, { keys: most = Infinity, pace = 1 }: { keys?: number; pace?: number }): Promise<Replayed> {
  const original = readFileSync(session.file, "utf8");
  const uri = pathToFileURL(session.file).href;
  const text = textBefore(original, session.parts);
  client.openDocument(uri, session.languageId, text);
  const typing = new Typing(new Page(uri, original, text, session.parts[0]!, client), client, pace);
  for (const part of session.parts) await typing.typePart(part, most);
  client.closeDocument(uri);
  return typing;
}

class Typing implements Replayed {
  readonly rows: Row[] = [];
  keys = 0;
  accepts = 0;
  saved = 0;
  #visible: Visible | undefined;
  #pending: Pending | undefined;
  #lastLine = -1;

  constructor(private readonly page: Page, private readonly client: WorkerClient, private readonly pace: number) {}

  async typePart(part: Part, most: number): Promise<void> {
    this.page.enter(part);
    this.#visible = undefined;
    let wait = part.keys[0]?.wait ?? 0;
    for (let i = 0; i < part.keys.length && this.keys < most; i += 1) {
      await delay(wait * this.pace);
      const key = part.keys[i]!;
      this.#press(key);
      const next = part.keys[i + 1];
      const pressed = performance.now();
      if ((next?.wait ?? Infinity) > DEBOUNCE_MS) {
        await delay(DEBOUNCE_MS * this.pace);
        this.#ask("key", this.#inside);
        if (key.look) i = await this.#look(part, i);
      }
      wait = i + 1 < part.keys.length ? Math.max(0, part.keys[i + 1]!.wait - (performance.now() - pressed) / this.pace) : 0;
    }
    await this.#pending?.done;
  }

  #inside = false;

  #press(key: Key): void {
    this.#pending?.cancel();
    this.#inside = this.#visible !== undefined && this.page.after(this.#visible, key) !== undefined;
    this.#visible = this.#inside ? this.#visible : undefined;
    this.page.press(key);
    this.keys += 1;
  }

  /** Returns the last key that is not needed any more: as many as were accepted. */
  async #look(part: Part, last: number): Promise<number> {
    for (;;) {
      await Promise.race([this.#pending?.done, delay(PATIENCE_MS * this.pace)]);
      const visible = this.#visible;
      const at = visible && this.page.wanted(visible);
      const after = at === undefined ? -1 : part.keys.findIndex((key, i) => i > last && key.at === at);
      if (!visible || at === undefined || after === -1 || at - (part.keys[last]!.at ?? at) < WORTH_TAKING) return last;
      await delay(READING_MS * this.pace);
      this.saved += at - part.keys[last]!.at!;
      this.page.accept(visible);
      this.client.accepted({ uri: this.page.uri, text: visible.text });
      this.accepts += 1;
      this.#visible = undefined;
      this.#ask("accept", false);
      last = after;
    }
  }

  #ask(after: Row["after"], inside: boolean): void {
    const begun = performance.now();
    const { line } = this.page.cursor;
    const row: Row = { after, inside, sameLine: line === this.#lastLine, ms: 0, cancelled: false, shown: false, record: undefined };
    this.#lastLine = line;
    this.rows.push(row);
    const controller = new AbortController();
    const pending: Pending = {
      settled: false,
      cancel: () => {
        row.cancelled = !pending.settled;
        controller.abort();
      },
      done: this.client.complete(this.page.uri, this.page.cursor, { invoked: false, signal: controller.signal }).then(
        (answer) => this.#answered(answer, row, begun, pending), () => { pending.settled = true; }),
    };
    this.#pending = pending;
  }

  #answered({ items: [item], record }: Completion, row: Row, begun: number, pending: Pending): void {
    pending.settled = true;
    if (row.cancelled) return;
    row.ms = performance.now() - begun;
    row.record = record;
    row.shown = item !== undefined;
    const text = typeof item?.insertText === "string" ? item.insertText : item?.insertText.value ?? "";
    this.#visible = item?.range ? this.page.visible(text, item.range) : undefined;
  }
}
