// Reads new text out, politely: finished paragraphs, not every word as it comes, which no screen reader could follow.
import { h } from "./dom.js";

/** A screen reader forgets what leaves the region; this many are enough for it to catch up. */
const KEPT = 5;

export function createAnnouncer(): { element: HTMLElement; announce(text: string): void } {
  const element = h("div", { "class": "unseen", "role": "log", "aria-live": "polite", "aria-relevant": "additions" });
  return {
    element,
    announce(text) {
      if (text.trim() === "") return;
      element.append(h("p", {}, text));
      while (element.childElementCount > KEPT) element.firstElementChild!.remove();
    },
  };
}
