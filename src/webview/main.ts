// The chat panel's page: draws the state that the extension sends, keeps to the end of the answer while it comes, and reports what a
// person does.
import type { PanelState, ToPanel } from "../protocol/panel.js";
import { createAnnouncer } from "./announce.js";
import { createComposer } from "./composer.js";
import { h } from "./dom.js";
import { acceptDrops } from "./drop.js";
import { emptyView } from "./empty.js";
import { listen, say, tell } from "./host.js";
import { createTurn, isRunning, type Turn } from "./turn.js";

/** This near to the end counts as at the end. */
const AT_END_PX = 40;

const announcer = createAnnouncer();
const list = h("div", { class: "turns" });
const scroller = h("main", { "class": "conversation", "tabindex": -1, "aria-label": say("conversation") }, list);
const composer = createComposer(() => scroller.querySelector<HTMLElement>(".turn:last-child .question-edit")?.click());
const turns = new Map<string, Turn>();
let conversation: string | undefined;
let last: PanelState | undefined;
let follows = true;
let scrolledTo = 0; // where it was scrolled to

document.body.append(scroller, composer.element, announcer.element);
acceptDrops(document.body);
scroller.addEventListener("scroll", () => {
  // Our own scrolling is reported late, when more may have come: only a person goes up.
  if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_END_PX) follows = true;
  else if (scroller.scrollTop < scrolledTo) follows = false;
  scrolledTo = scroller.scrollTop;
});
new ResizeObserver(() => {
  if (follows) scroller.scrollTop = scroller.scrollHeight;
}).observe(list);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && last?.turns.some(({ answer }) => isRunning(answer.state))) tell({ type: "stop" });
});
listen(receive);
tell({ type: "ready" });

function receive(message: ToPanel): void {
  switch (message.type) {
    case "state": show(message.state); return;
    case "text": return turns.get(message.turn)?.append(message.text);
    case "answer": answerChanged(message.turn, message.state); return;
    case "meter": composer.meter(message.meter); return;
    case "mentions": composer.mentions.show(message.query, message.mentions); return;
    case "focus": composer.focus(message.text); return;
  }
}

function show(state: PanelState): void {
  if (state.conversation !== conversation) {
    turns.clear();
    conversation = state.conversation;
    follows = true;
  }
  const drawn = state.turns.map((view) => {
    const before = turns.get(view.id);
    const turn = before?.shows(view) === true ? before : createTurn(view, (text) => announcer.announce(text));
    if (turn === before) turn.setState(view.answer.state);
    return [view.id, turn] as const;
  });
  const isNew = drawn.some(([id, turn]) => turns.get(id) !== turn);
  turns.clear();
  drawn.forEach(([id, turn]) => turns.set(id, turn));
  const elements = drawn.map(([, { element }]) => element);
  if (state.turns.length === 0) list.replaceChildren(emptyView(state));
  else if (isNew || elements.length !== list.childElementCount) list.replaceChildren(...elements);
  document.body.classList.toggle("is-empty", state.turns.length === 0);
  if (isNew) {
    follows = true;
    scroller.scrollTop = scroller.scrollHeight;
  }
  last = state;
  composer.show(state, runs(state));
  composer.meter(state.meter);
}

function answerChanged(id: string, state: PanelState["turns"][number]["answer"]["state"]): void {
  turns.get(id)?.setState(state);
  if (!last) return;
  last = { ...last, turns: last.turns.map((turn) => turn.id === id ? { ...turn, answer: { ...turn.answer, state } } : turn) };
  composer.show(last, runs(last));
}

function runs(state: PanelState): boolean {
  return state.turns.some(({ answer }) => isRunning(answer.state));
}
