// What the panel shows before anything was asked: what this model can do and what it cannot, and the ways on from here.
import type { PanelCommand, PanelState } from "../protocol/panel.js";
import { button, h, icon } from "./dom.js";
import { say, tell } from "./host.js";

const run = (command: PanelCommand) => (): void => tell({ type: "run", command });

export function emptyView({ model, recent }: PanelState): HTMLElement {
  const isCompletion = model.kind === "completion";
  const actions = h("div", { class: "actions" },
    button(say("explain"), run("inkling.explainSelection"), { iconName: "question" }),
    button(say("document"), run("inkling.documentSelection"), { iconName: "comment" }),
    button(say("commitMessage"), run("inkling.commit.write"), { iconName: "git-commit" }));
  const choose = model.kind === "chat" ? undefined : button(isCompletion ? say("getModel") : say("otherModel"), run("inkling.chat.chooseModel"), { primary: true, iconName: "cloud-download" });
  return h("div", { class: "empty" },
    h("div", { class: "empty-mark" }, icon("comment-discussion")),
    h("h2", {}, say("emptyTitle")),
    ...introduction(model),
    ...model.kind === "problem" || isCompletion ? [choose!] : [],
    actions,
    recent.length > 0 && h("div", { class: "recent" }, h("h3", {}, say("recent")), h("ul", {}, ...recent.map(({ id, title }) =>
      h("li", {}, h("button", { class: "recent-entry", type: "button", title, onclick: () => tell({ type: "open", conversation: id }) }, icon("history"), h("span", {}, title)))))));
}

function introduction(model: PanelState["model"]): HTMLElement[] {
  switch (model.kind) {
    case "chat": return [h("p", {}, say("emptyChat", model.name)), h("p", { class: "dim" }, say("emptyHint"))];
    case "completion": return [
      h("p", {}, say("emptyCompletion", model.name)),
      h("ul", { class: "abilities" },
        h("li", {}, icon("check"), h("span", {}, say("canDo"))),
        h("li", {}, icon("close"), h("span", {}, say("cannotDo")))),
    ];
    case "problem": return [h("p", { class: "failure" }, icon("error"), h("span", {}, model.message))];
    case "unknown": return [h("p", {}, say("emptyUnknown"))];
  }
}
