// One question and its answer: what was asked with what beside it, the answer as it comes, and how it ended.
import type { AnswerState, Remedy, TurnView } from "../protocol/panel.js";
import { chips } from "./chips.js";
import { button, h, icon, iconButton } from "./dom.js";
import { say, tell } from "./host.js";
import { createProse, type Prose } from "./prose.js";
import { editQuestion } from "./resend.js";
import { createSplitter } from "./thinking.js";

export interface Turn {
  readonly element: HTMLElement;
  append(text: string): void;
  setState(state: AnswerState): void;
  /** Whether it can go on from what it shows to this, instead of being drawn anew. */
  shows(view: TurnView): boolean;
}

export function createTurn(view: TurnView, announce: (text: string) => void): Turn {
  const split = createSplitter();
  const answer = createProse(announce);
  const thought = createProse();
  const thinking = h("details", { class: "thinking" }, h("summary", {}, say("thinking")), thought.element);
  const foot = h("div", { class: "answer-foot" });
  const body = h("div", { class: "answer" }, h("div", { class: "answer-model" }, icon("sparkle"), h("span", {}, view.answer.model)), thinking, answer.element, foot);
  thinking.hidden = true;
  let text = "";
  let state: AnswerState = { kind: "waiting", share: undefined };
  const append = (more: string): void => {
    text += more;
    const parts = split(more);
    if (parts.thought !== "") {
      thinking.hidden = false;
      thought.append(parts.thought);
    }
    if (parts.answer !== "") answer.append(parts.answer);
  };
  const setState = (next: AnswerState): void => {
    const wasRunning = isRunning(state);
    state = next;
    body.dataset["state"] = next.kind;
    body.setAttribute("aria-busy", String(isRunning(next)));
    if (wasRunning && !isRunning(next)) [thought, answer].forEach((prose) => prose.finish());
    foot.replaceChildren(...footOf(view, next, answer));
  };
  const element = h("article", { "class": "turn", "aria-label": view.question }, questionOf(view), body);
  append(view.answer.text);
  setState(view.answer.state);
  return {
    element, append, setState,
    shows: (other) => other.id === view.id && other.question === view.question && other.answer.text.startsWith(text)
      && other.facts.length === view.facts.length && other.answer.model === view.answer.model,
  };
}

export function isRunning({ kind }: AnswerState): boolean {
  return kind === "waiting" || kind === "writing";
}

function questionOf(view: TurnView): HTMLElement {
  const element = h("div", { class: "question" });
  const words = h("div", { class: "question-text" }, view.question);
  const edit = iconButton("edit", say("edit"), () => editQuestion(element, view), "question-edit");
  element.append(h("h2", { class: "unseen" }, say("you")), words, ...[chips(view.facts) ?? "", view.title === undefined ? edit : ""]);
  return element;
}

function footOf(view: TurnView, state: AnswerState, answer: Prose): (HTMLElement | string)[] {
  const copy = iconButton("copy", say("copyAnswer"), () => tell({ type: "copy", text: answer.text() }));
  const again = iconButton("refresh", say("retry"), () => tell({ type: "retry", turn: view.id }));
  const tools = h("div", { class: "answer-tools" }, answer.text() !== "" && copy, view.title === undefined && again);
  switch (state.kind) {
    case "waiting": return [waiting(state.share)];
    case "writing": return [];
    case "done": return [...state.note === undefined ? [] : [h("p", { class: "note" }, icon("info"), h("span", {}, state.note))], ...state.remedy === undefined ? [] : [remedyButton(view, state.remedy)], tools];
    case "stopped": return [h("p", { class: "note" }, icon("debug-stop"), h("span", {}, say("stopped"))), tools];
    case "failed": return [failure(view, state), ...answer.text() === "" ? [] : [tools]];
  }
}

function waiting(share: number | undefined): HTMLElement {
  const text = share === undefined ? say("waiting") : say("reading", Math.round(share * 100));
  const bar = h("div", { class: "bar" });
  if (share !== undefined) bar.append(h("div", { class: "bar-done" }));
  if (share !== undefined) (bar.firstElementChild as HTMLElement).style.width = `${Math.round(share * 100)}%`;
  return h("div", { class: "waiting", role: "status" }, h("span", {}, text), bar);
}

function failure(view: TurnView, { message, remedy }: AnswerState & { kind: "failed" }): HTMLElement {
  return h("div", { class: "failure", role: "alert" }, icon("error"), h("div", {}, h("p", {}, message), remedyButton(view, remedy)));
}

function remedyButton(view: TurnView, remedy: Remedy): HTMLElement {
  switch (remedy) {
    case "retry": return button(say("retry"), () => tell({ type: "retry", turn: view.id }), { primary: true, iconName: "refresh" });
    case "new": return button(say("newConversation"), () => tell({ type: "run", command: "inkling.chat.new" }), { primary: true });
    case "model": return button(say("getModel"), () => tell({ type: "run", command: "inkling.chat.chooseModel" }), { primary: true, iconName: "cloud-download" });
  }
}
