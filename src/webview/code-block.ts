// A block of code with what can be done with it: copy, insert at the cursor, apply with a preview. Nothing happens without a click.
import { h, iconButton } from "./dom.js";
import { writeCode } from "./highlight.js";
import { say, tell } from "./host.js";

export interface CodeBlock {
  readonly element: HTMLElement;
  /** The same block with more of it. */
  update(code: string, language: string): void;
}

const COPIED_MS = 1500;

export function createCodeBlock(code: string, language: string): CodeBlock {
  let text = "";
  let shownLanguage: string | undefined;
  const body = h("code", {});
  const label = h("span", { class: "code-language" });
  const copy = iconButton("copy", say("copy"), () => {
    tell({ type: "copy", text });
    confirm(copy);
  });
  const actions = h("div", { class: "code-actions" },
    iconButton("insert", say("insert"), () => tell({ type: "insert", text })),
    iconButton("git-pull-request-go-to-changes", say("apply"), () => tell({ type: "apply", text })),
    copy);
  const scroller = h("pre", { "tabindex": 0, "role": "group", "aria-label": say("code") }, body);
  const element = h("div", { class: "code-block" }, h("div", { class: "code-head" }, label, actions), scroller);
  const update = (newCode: string, newLanguage: string): void => {
    const code = newCode.replace(/\n$/, "");
    if (code === text && newLanguage === shownLanguage) return;
    text = code;
    shownLanguage = newLanguage;
    label.textContent = newLanguage;
    writeCode(body, code, newLanguage);
  };
  update(code, language);
  return { element, update };
}

function confirm(button: HTMLButtonElement): void {
  const picture = button.firstElementChild!;
  picture.className = "codicon codicon-check";
  button.setAttribute("aria-label", say("copied"));
  setTimeout(() => {
    picture.className = "codicon codicon-copy";
    button.setAttribute("aria-label", say("copy"));
  }, COPIED_MS);
}
