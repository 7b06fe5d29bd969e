// The way to the extension and back, the words it gave us, and what survives when the panel is hidden.
import type { FromPanel, PanelString, PanelStrings, ToPanel } from "../protocol/panel.js";

/** What a hidden panel loses unless it is kept here. */
export interface Kept {
  draft: string;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPanel): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const api = acquireVsCodeApi();
const strings = JSON.parse(document.getElementById("strings")?.textContent ?? "{}") as PanelStrings;

export function tell(message: FromPanel): void {
  api.postMessage(message);
}

export function listen(onMessage: (message: ToPanel) => void): void {
  window.addEventListener("message", (event: MessageEvent<ToPanel>) => onMessage(event.data));
}

export const kept = (): Kept => api.getState() ?? { draft: "" };
export const keep = (state: Kept): void => api.setState(state);

export function say(key: PanelString, ...values: (string | number)[]): string {
  return strings[key].replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ""));
}
