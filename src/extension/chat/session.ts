// The conversation that the panel shows: its turns, the answer that is being written, and what is kept of it.
import { randomUUID } from "node:crypto";
import type { Disposable } from "vscode";
import { type ChatMeasure, chatMethods, type ChatPart } from "../../protocol/chat.js";
import type { AnswerState, FactView, Meter, ModelView, PanelState, ToPanel } from "../../protocol/panel.js";
import type { Worker } from "../worker.js";
import { requestAnswer } from "./answer.js";
import type { Attachments } from "./attachments.js";
import { asked, before, type Conversation, messagesOf, newConversation, type StoredFact, titleOf, type Turn, withAnswer, withTurn } from "./conversation.js";
import { modelView } from "./model.js";
import type { Store } from "./store.js";

/** A turn that somebody else made, such as Explain Selection. */
export interface ShownTurn {
  title: string;
  markdown: string;
  /** What the model is told with it when the conversation goes on. */
  facts?: string;
  /** What the person would have asked; the title where there is none. */
  question?: string;
  /** More of it, which is still being written; resolves with how that ended. */
  rest?: (append: (text: string) => void, signal: AbortSignal) => Promise<AnswerState>;
}

export interface SessionDeps {
  worker: Worker;
  store: Store;
  attachments: Attachments;
  post(message: ToPanel): void;
  /** Of the file in front of the person. */
  language(): string | undefined;
}

const MEASURE_MS = 60_000;
const RECENT = 4;
/** A window that is closed loses no more of an answer than this. */
const SAVE_EVERY_MS = 2_000;

interface Running { turn: string; end: AbortController }

export class Session implements Disposable {
  readonly #deps: SessionDeps;
  #conversation: Conversation = newConversation(Date.now());
  #running: Running | undefined;
  #model: ModelView = { kind: "unknown" };
  #meter: Meter | undefined;
  #draft = "";
  #measuring = new AbortController();
  #saved = 0;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    const last = deps.store.all()[0];
    if (last) this.#conversation = last; // a reload goes on where one was
  }

  id(): string {
    return this.#conversation.id;
  }

  /** The panel is there, for the first time or again. */
  shown(): void {
    this.#show();
    if (this.#model.kind === "unknown") void this.#learnModel();
    void this.measure(this.#draft);
  }

  /** Another model may answer from now on. */
  modelChanged(): void {
    this.#model = { kind: "unknown" };
    this.#meter = undefined;
    void this.#learnModel();
  }

  /** What is attached has changed. */
  attachmentsChanged(): void {
    this.#show();
    void this.measure(this.#draft);
  }

  focus(text?: string): void {
    this.#deps.post({ type: "focus", ...text !== undefined && { text } });
  }

  async send(question: string): Promise<void> {
    if (this.#running) return;
    this.#draft = "";
    const running = this.#begin();
    const facts = await this.#deps.attachments.take(running.end.signal);
    await this.#ask(running, question, facts);
  }

  /** What came so far stays. */
  stop(): void {
    const running = this.#running;
    this.#running = undefined; // from here on nobody listens to it
    if (!running) return;
    running.end.abort();
    this.#setState(running.turn, { kind: "stopped" });
    this.#keep();
  }

  async retry(id: string): Promise<void> {
    const turn = this.#conversation.turns.find((other) => other.id === id);
    if (turn) await this.#askInstead(turn, turn.question);
  }

  /** Asks with other words, in place of the turn and all that followed it. */
  async resend(id: string, question: string): Promise<void> {
    const turn = this.#conversation.turns.find((other) => other.id === id);
    if (turn) await this.#askInstead(turn, question);
  }

  showTurn({ title, markdown, facts, question, rest }: ShownTurn): void {
    this.stop();
    const fact: StoredFact | undefined = facts === undefined ? undefined : { id: randomUUID(), kind: "facts", label: title, text: facts };
    const turn = asked(question ?? title, fact ? [fact] : [], "Inkling");
    const state: AnswerState = rest ? { kind: "writing" } : { kind: "done" };
    this.#conversation = withTurn(this.#conversation, { ...turn, title, answer: { ...turn.answer, text: markdown, state } }, Date.now());
    this.#keep();
    this.#show();
    if (rest) void this.#finish(turn.id, rest);
  }

  startNew(): void {
    this.stop();
    this.#conversation = newConversation(Date.now());
    this.#show();
    void this.measure(this.#draft);
  }

  open(id: string): void {
    const found = this.#deps.store.all().find((conversation) => conversation.id === id);
    if (!found || id === this.id()) return;
    this.stop();
    this.#conversation = found;
    this.#show();
    void this.measure(this.#draft);
  }

  rename(conversation: Conversation): void {
    this.#deps.store.save(conversation);
    if (conversation.id === this.id()) this.#conversation = { ...this.#conversation, ...conversation.name !== undefined && { name: conversation.name } };
  }

  remove(id: string): void {
    this.#deps.store.remove(id);
    if (id === this.id()) this.startNew();
    else this.#show();
  }

  /** What the next question would cost, with this in the input. */
  async measure(draft: string): Promise<void> {
    this.#draft = draft;
    this.#measuring.abort();
    const { signal } = this.#measuring = new AbortController();
    const isNothing = draft === "" && this.#deps.attachments.list().length === 0 && this.#conversation.turns.length === 0;
    if (this.#model.kind !== "chat" || isNothing) {
      this.#showMeter(undefined);
      return;
    }
    const connection = await this.#deps.worker.connected(AbortSignal.any([signal, AbortSignal.timeout(MEASURE_MS)]));
    const next = asked(draft, this.#deps.attachments.list(), "");
    const outcome = await connection?.request<ChatMeasure | null>(chatMethods.measure, { messages: messagesOf([...this.#conversation.turns, next]) }, signal);
    if (outcome?.kind !== "answered" || signal.aborted) return;
    const { result } = outcome;
    this.#showMeter(result ? { used: result.used, window: result.window, answer: result.answer, leftOut: result.leftOut.turns } : undefined);
  }

  dispose(): void {
    this.stop();
    this.#measuring.abort();
  }

  async #askInstead(turn: Turn, question: string): Promise<void> {
    if (this.#running) return;
    this.#conversation = before(this.#conversation, turn.id);
    await this.#ask(this.#begin(), question, turn.facts);
  }

  async #finish(turn: string, rest: NonNullable<ShownTurn["rest"]>): Promise<void> {
    const running = Object.assign(this.#begin(), { turn });
    const state = await rest((text) => this.#received(running, { kind: "text", text }), running.end.signal);
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#setState(turn, state);
    this.#keep();
    void this.measure(this.#draft);
  }

  #begin(): Running {
    const running = { turn: "", end: new AbortController() };
    this.#running = running;
    return running;
  }

  async #ask(running: Running, question: string, facts: readonly StoredFact[]): Promise<void> {
    if (this.#running !== running) return; // stopped while the files were read
    const turn = asked(question, facts, this.#model.kind === "unknown" ? "" : this.#model.name);
    running.turn = turn.id;
    this.#conversation = withTurn(this.#conversation, turn, Date.now());
    this.#show();
    this.#keep();
    const language = this.#deps.language();
    const params = { messages: messagesOf(this.#conversation.turns), ...language !== undefined && { languageId: language } };
    const state = await requestAnswer(this.#deps.worker, params, running.end.signal, (part) => this.#received(running, part));
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#setState(turn.id, state);
    this.#keep();
    void this.measure(this.#draft);
  }

  #received(running: Running, part: ChatPart): void {
    if (this.#running !== running) return;
    if (part.kind === "reading") {
      this.#setState(running.turn, { kind: "waiting", share: part.total === 0 ? undefined : part.done / part.total });
      return;
    }
    const isFirst = this.#turn(running.turn)?.answer.state.kind === "waiting";
    this.#conversation = withAnswer(this.#conversation, running.turn, (answer) => ({ ...answer, text: answer.text + part.text }));
    if (isFirst) this.#setState(running.turn, { kind: "writing" });
    this.#deps.post({ type: "text", turn: running.turn, text: part.text });
    if (Date.now() - this.#saved > SAVE_EVERY_MS) this.#keep();
  }

  #turn(id: string): Turn | undefined {
    return this.#conversation.turns.find((turn) => turn.id === id);
  }

  #setState(turn: string, state: AnswerState): void {
    this.#conversation = withAnswer(this.#conversation, turn, (answer) => ({ ...answer, state }));
    this.#deps.post({ type: "answer", turn, state });
  }

  #showMeter(meter: Meter | undefined): void {
    this.#meter = meter;
    this.#deps.post({ type: "meter", meter });
  }

  #show(): void {
    const recent = this.#deps.store.all().filter(({ id }) => id !== this.id()).slice(0, RECENT).map((conversation) => ({ id: conversation.id, title: titleOf(conversation) }));
    const state: PanelState = {
      conversation: this.id(), attachments: this.#deps.attachments.list().map(viewOf), model: this.#model, meter: this.#meter, recent,
      turns: this.#conversation.turns.map((turn) => ({ ...turn, facts: turn.facts.filter(({ label }) => label !== turn.question).map(viewOf) })), // the question says it already
    };
    this.#deps.post({ type: "state", state });
  }

  #keep(): void {
    this.#saved = Date.now();
    this.#deps.store.save(this.#conversation);
  }

  async #learnModel(): Promise<void> {
    this.#model = await modelView(this.#deps.worker);
    this.#show();
    void this.measure(this.#draft);
  }
}

/** The panel shows that there is a fact; the text stays here. */
function viewOf({ id, kind, label, detail, tokens }: StoredFact): FactView {
  return { id, kind, label, ...detail !== undefined && { detail }, ...tokens !== undefined && { tokens } };
}
