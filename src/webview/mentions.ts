// The list that opens at an @ in the input: the selection, the problems, files by name. The arrow keys choose, Enter or Tab takes.
import type { Mention } from "../protocol/panel.js";
import { factIcon } from "./chips.js";
import { h } from "./dom.js";
import { say, tell } from "./host.js";

export interface Mentions {
  readonly element: HTMLElement;
  show(query: string, mentions: readonly Mention[]): void;
  /** True when the key was for the list. */
  key(event: KeyboardEvent): boolean;
  /** To be called when text or cursor have changed. */
  look(): void;
  close(): void;
}

/** The @ with what follows it, before the cursor. An address such as a@b is none. */
const MENTION = /(^|\s)@([^\s@]*)$/;

export function createMentions(input: HTMLTextAreaElement): Mentions {
  const element = h("ul", { "class": "mentions", "role": "listbox", "aria-label": say("mentions") });
  element.id = "mentions";
  element.hidden = true;
  let query: string | undefined;
  let shown: readonly Mention[] = [];
  let chosen = 0;

  const close = (): void => {
    query = undefined;
    element.hidden = true;
    input.removeAttribute("aria-activedescendant");
  };
  const take = (mention: Mention): void => {
    const before = input.value.slice(0, input.selectionStart).replace(MENTION, "$1");
    input.setRangeText("", before.length, input.selectionStart, "end");
    close();
    tell({ type: "attach", mention });
    input.dispatchEvent(new Event("input"));
    input.focus();
  };
  const choose = (index: number): void => {
    chosen = (index + shown.length) % Math.max(shown.length, 1);
    [...element.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen && shown.length > 0)));
    element.children[chosen]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `mention-${chosen}`);
  };
  return {
    element, close,
    look() {
      const found = MENTION.exec(input.value.slice(0, input.selectionStart))?.[2];
      if (found === query) return;
      if (found === undefined) close();
      else tell({ type: "find", query: query = found });
    },
    show(forQuery, mentions) {
      if (forQuery !== query) return;
      shown = mentions;
      element.replaceChildren(...mentions.length === 0 ? [nothing()] : mentions.map((mention, index) => option(mention, index, take)));
      element.hidden = false;
      choose(0);
    },
    key(event) {
      if (element.hidden) return false;
      const mention = shown[chosen];
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen - 1);
      else if (event.key === "Escape") close();
      else if ((event.key === "Enter" || event.key === "Tab") && mention) take(mention);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}

/** In the place of the first option, so that it is read out as that would be. */
function nothing(): HTMLElement {
  const element = h("li", { "class": "mention dim", "role": "option", "aria-disabled": "true" }, say("noMentions"));
  element.id = "mention-0";
  return element;
}

function option(mention: Mention, index: number, take: (mention: Mention) => void): HTMLElement {
  const element = h("li", { "class": "mention", "role": "option", "aria-selected": "false", "title": mention.detail },
    factIcon(mention.kind), h("span", { class: "mention-label" }, mention.label), h("span", { class: "mention-detail" }, mention.detail));
  element.id = `mention-${index}`;
  element.addEventListener("mousedown", (event) => { // before the input loses the keyboard
    event.preventDefault();
    take(mention);
  });
  return element;
}
