// Files dragged from the explorer, from an editor's tab or from outside onto the panel.
import { h, icon } from "./dom.js";
import { say, tell } from "./host.js";

/** What VS Code and operating systems call a list of addresses, the best first. */
const TYPES = ["application/vnd.code.uri-list", "text/uri-list"];

export function acceptDrops(root: HTMLElement): void {
  const hint = h("div", { class: "drop-hint" }, icon("file-add"), h("span", {}, say("dropHere")));
  hint.hidden = true;
  root.append(hint);
  const show = (shown: boolean) => (event: DragEvent): void => {
    event.preventDefault();
    hint.hidden = !shown;
  };
  root.addEventListener("dragover", (event) => {
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    show(true)(event);
  });
  root.addEventListener("dragleave", (event) => {
    if (!root.contains(event.relatedTarget as Node | null)) show(false)(event);
  });
  root.addEventListener("drop", (event) => {
    show(false)(event);
    const uris = urisOf(event.dataTransfer);
    if (uris.length > 0) tell({ type: "drop", uris });
  });
}

function urisOf(data: DataTransfer | null): string[] {
  for (const type of TYPES) {
    const list = data?.getData(type).split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#")) ?? [];
    if (list.length > 0) return list;
  }
  return [];
}
