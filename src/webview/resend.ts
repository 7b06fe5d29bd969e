// Changes a question that was asked, in its place, and asks it again.
import type { TurnView } from "../protocol/panel.js";
import { button, h } from "./dom.js";
import { say, tell } from "./host.js";

export function editQuestion(element: HTMLElement, { id, question }: TurnView): void {
  const before = [...element.childNodes];
  const input = h("textarea", { "aria-label": say("edit") });
  const restore = (): void => {
    element.replaceChildren(...before);
    element.querySelector<HTMLElement>(".question-edit")?.focus();
  };
  const send = (): void => {
    const text = input.value.trim();
    if (text !== "") tell({ type: "resend", turn: id, text });
  };
  const grow = (): void => {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
  };
  input.value = question;
  input.addEventListener("input", grow);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") restore();
    else if (event.key === "Enter" && !event.shiftKey) send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  element.replaceChildren(input, h("div", { class: "buttons" }, button(say("resend"), send, { primary: true }), button(say("cancel"), restore)));
  grow();
  input.focus();
}
