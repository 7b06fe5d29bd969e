// How much of the model's window the next question would take, as a bar with words behind it.
import type { Meter } from "../protocol/panel.js";
import { short } from "./chips.js";
import { h } from "./dom.js";
import { say } from "./host.js";

export function meterView(meter: Meter | undefined): HTMLElement | undefined {
  if (!meter) return undefined;
  const { used, window, answer, leftOut } = meter;
  const share = Math.min(used / window, 1);
  const lines = [say("meter", used.toLocaleString(), window.toLocaleString(), answer.toLocaleString())];
  if (leftOut > 0) lines.push(say("meterLeftOut", leftOut));
  if (used > window) lines.push(say("meterFull"));
  const fill = h("div", { class: "meter-fill" });
  fill.style.width = `${Math.round(share * 100)}%`;
  const element = h("div", { "class": "meter", "role": "meter", "title": lines.join("\n"), "aria-label": lines.join(" "), "data-level": used > window || leftOut > 0 ? "full" : share > 0.8 ? "high" : "low" },
    h("span", { "class": "meter-text", "aria-hidden": "true" }, `${short(used)} / ${short(window)}`), h("div", { class: "meter-bar" }, fill));
  element.setAttribute("aria-valuemin", "0");
  element.setAttribute("aria-valuemax", String(window));
  element.setAttribute("aria-valuenow", String(Math.min(used, window)));
  return element;
}
