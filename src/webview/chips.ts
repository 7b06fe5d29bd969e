// Small labels for what goes along with a question, each with the tokens that it costs.
import type { FactKind, FactView } from "../protocol/panel.js";
import { h, icon, iconButton } from "./dom.js";
import { say } from "./host.js";

const icons: Readonly<Record<FactKind, string>> = { file: "file-code", selection: "selection", problems: "warning", facts: "list-tree" };

export function factIcon(kind: FactKind): HTMLElement {
  return icon(icons[kind]);
}

/** With `onRemove`, it has a button that takes it away. */
export function chips(facts: readonly FactView[], onRemove?: (id: string) => void): HTMLElement | undefined {
  if (facts.length === 0) return undefined;
  return h("ul", { class: "chips" }, ...facts.map((fact) => chip(fact, onRemove)));
}

function chip({ id, kind, label, detail, tokens }: FactView, onRemove?: (id: string) => void): HTMLElement {
  const cost = tokens === undefined ? undefined : say("tokens", tokens.toLocaleString());
  const title = [label, detail, cost].filter((part) => part !== undefined && part !== "").join("\n");
  return h("li", { class: "chip", title }, factIcon(kind), h("span", { class: "chip-label" }, label),
    tokens !== undefined && h("span", { "class": "chip-cost", "aria-label": cost }, short(tokens)),
    onRemove && iconButton("close", say("remove", label), () => onRemove(id)));
}

/** 950, 1.2k, 32k. */
export function short(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  return tokens < 10_000 ? `${(tokens / 1000).toFixed(1)}k` : `${Math.round(tokens / 1000)}k`;
}
