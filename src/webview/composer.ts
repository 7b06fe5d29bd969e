// Where a question is written: the input with what is attached to it, the model's name, how full its window is, and Send.
import type { PanelState } from "../protocol/panel.js";
import { chips } from "./chips.js";
import { h, icon, iconButton } from "./dom.js";
import { keep, kept, say, tell } from "./host.js";
import { createMentions, type Mentions } from "./mentions.js";
import { meterView } from "./meter.js";

export interface Composer {
  readonly element: HTMLElement;
  readonly mentions: Mentions;
  show(state: Pick<PanelState, "attachments" | "model">, running: boolean): void;
  meter(meter: PanelState["meter"]): void;
  focus(text?: string): void;
}

/** What was written is measured when the fingers rest. */
const MEASURE_MS = 250;

/** `onUp` is called for the up key in an empty input. */
export function createComposer(onUp: () => void): Composer {
  const input = createInput();
  const mentions = createMentions(input);
  const attached = h("div", {});
  const gauge = h("div", { class: "gauge" });
  const model = createModelButton();
  const send = iconButton("send", say("send"), () => { submit(); }, "send");
  let running = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const changed = (): void => {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
    keep({ draft: input.value });
    if (!running) send.disabled = input.value.trim() === "";
    clearTimeout(timer);
    timer = setTimeout(() => tell({ type: "draft", text: input.value }), MEASURE_MS);
    mentions.look();
  };
  const submit = (): void => {
    const text = input.value.trim();
    if (running) tell({ type: "stop" });
    if (running || text === "") return;
    tell({ type: "send", text });
    input.value = "";
    changed();
  };
  listenToKeys(input, mentions, { changed, enter: () => running || submit(), up: onUp });
  input.value = kept().draft; // what was being written when the panel was last shown
  const foot = h("div", { class: "input-foot" }, iconButton("mention", say("attach"), () => { typeAt(input, changed); }), model.element, gauge, send);
  return {
    element: h("div", { class: "composer" }, attached, mentions.element, h("div", { class: "input-box", onclick: () => input.focus() }, input, foot)),
    mentions,
    focus(text) {
      if (text !== undefined) input.value = text;
      input.focus();
      changed();
    },
    show(state, isRunning) {
      running = isRunning;
      attached.replaceChildren(chips(state.attachments, (id) => tell({ type: "detach", id })) ?? "");
      model.show(state.model);
      input.placeholder = say(state.model.kind === "completion" ? "inputHintCompletion" : "inputHint");
      showSend(send, running, input.value.trim() === "");
    },
    meter: (value) => gauge.replaceChildren(meterView(value) ?? ""),
  };
}

function createInput(): HTMLTextAreaElement {
  // No combobox: that is one line by definition, and a screen reader would say so.
  const input = h("textarea", { "class": "input", "aria-label": say("inputLabel"), "aria-haspopup": "listbox", "aria-controls": "mentions", "aria-autocomplete": "list" });
  input.rows = 1;
  return input;
}

function listenToKeys(input: HTMLTextAreaElement, mentions: Mentions, on: { changed: () => void; enter: () => void; up: () => void }): void {
  input.addEventListener("input", on.changed);
  input.addEventListener("click", () => mentions.look());
  input.addEventListener("blur", () => mentions.close());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || mentions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) on.enter();
    else if (event.key === "ArrowUp" && input.value === "") on.up();
    else return;
    event.preventDefault();
  });
}

/** As if the @ had been typed. */
function typeAt(input: HTMLTextAreaElement, changed: () => void): void {
  const { value, selectionStart: at } = input;
  input.setRangeText(at === 0 || /\s$/.test(value.slice(0, at)) ? "@" : " @", at, at, "end");
  input.focus();
  changed();
}

function createModelButton(): { element: HTMLElement; show(model: PanelState["model"]): void } {
  const name = h("span", { class: "model-name" });
  const element = h("button", { class: "model", type: "button", onclick: () => tell({ type: "run", command: "inkling.chat.chooseModel" }) }, icon("chip"), name, icon("chevron-down"));
  return {
    element,
    show(model) {
      name.textContent = model.kind === "unknown" ? say("modelUnknown") : model.name;
      element.title = `${name.textContent}\n${say("chooseModel")}`;
      element.setAttribute("aria-label", `${say("chooseModel")}: ${name.textContent}`);
    },
  };
}

function showSend(send: HTMLButtonElement, running: boolean, empty: boolean): void {
  const label = say(running ? "stop" : "send");
  send.firstElementChild!.className = `codicon codicon-${running ? "debug-stop" : "send"}`;
  send.title = label;
  send.setAttribute("aria-label", label);
  send.disabled = !running && empty;
}
