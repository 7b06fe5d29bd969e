// Makes elements. Texts become text nodes; nothing here reads HTML.

type Child = Node | string | undefined | false;

interface Attributes {
  class?: string;
  title?: string;
  role?: string;
  tabindex?: number;
  type?: string;
  onclick?: (event: MouseEvent) => void;
  /** Any other attribute, such as `aria-label`. */
  [name: `aria-${string}` | `data-${string}`]: string | undefined;
}

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener("click", value as EventListener);
    else if (value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

export function icon(name: string): HTMLElement {
  return h("span", { "class": `codicon codicon-${name}`, "aria-hidden": "true" });
}

/** A button that shows a picture only; its name is read out and shown when the pointer rests on it. */
export function iconButton(name: string, label: string, onclick: (event: MouseEvent) => void, className = ""): HTMLButtonElement {
  return h("button", { "class": `icon-button ${className}`.trim(), "type": "button", "title": label, "aria-label": label, onclick }, icon(name));
}

export function button(label: string, onclick: () => void, { primary = false, iconName }: { primary?: boolean; iconName?: string } = {}): HTMLButtonElement {
  return h("button", { class: primary ? "button primary" : "button", type: "button", onclick }, iconName !== undefined && icon(iconName), h("span", {}, label));
}
