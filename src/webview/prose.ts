// Shows Markdown that is still being written. Only the block at the end is drawn again as text comes, at most once per frame, so that
// nothing flickers, a selection further up survives, and a long answer costs no more per word than a short one.
import { createCodeBlock, type CodeBlock } from "./code-block.js";
import { h } from "./dom.js";
import { tell } from "./host.js";
import { parseBlocks, type Block } from "./markdown.js";

export interface Prose {
  readonly element: HTMLElement;
  append(text: string): void;
  /** There is no more to come. */
  finish(): void;
  /** The whole text so far. */
  text(): string;
}

interface Shown {
  element: HTMLElement;
  source: string;
  /** For a block of code. */
  code?: CodeBlock;
}

/** `onComplete` gets what the blocks say that are complete, for whoever reads it out. */
export function createProse(onComplete: (text: string) => void = () => undefined): Prose {
  const element = h("div", { class: "prose" });
  let text = "";
  let settled = 0;        // up to here the text is drawn for good
  let live: Shown[] = []; // what is drawn from there on
  let frame: number | undefined;

  const draw = (): void => {
    frame = undefined;
    const blocks = parseBlocks(text.slice(settled));
    const drawn = blocks.map((block, index) => drawBlock(block, live[index]));
    live.filter((old) => !drawn.some((shown) => shown.element === old.element)).forEach((old) => old.element.remove());
    for (const { element: block } of drawn) if (!block.isConnected || block.parentElement !== element) element.append(block);
    // What comes later cannot change a block that another one follows.
    const complete = drawn.slice(0, -1);
    if (complete.length > 0) onComplete(complete.map((shown) => shown.element.innerText).join("\n"));
    settled += blocks.at(-1)?.start ?? 0;
    live = drawn.slice(-1);
  };

  element.addEventListener("click", followLink);
  return {
    element,
    text: () => text,
    append(more) {
      text += more.replaceAll("\r", "");
      frame ??= requestAnimationFrame(draw);
    },
    finish() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      draw();
      onComplete(live.map((shown) => shown.element.innerText).join("\n"));
    },
  };
}

function drawBlock(block: Block, before: Shown | undefined): Shown {
  const { source } = block;
  if (before?.source === source) return before;
  if (block.kind === "code") {
    if (before?.code) {
      before.code.update(block.code, block.language);
      return { ...before, source };
    }
    const code = createCodeBlock(block.code, block.language);
    return { element: code.element, source, code };
  }
  const element = h("div", { class: "block" });
  element.innerHTML = block.html; // sanitized
  for (const code of element.querySelectorAll<HTMLElement>("pre > code")) {
    const language = /language-(\S+)/.exec(code.className)?.[1] ?? "";
    code.parentElement!.replaceWith(createCodeBlock(code.textContent, language).element);
  }
  return { element, source };
}

/** The editor asks before it opens an address; the page itself goes nowhere. */
function followLink(event: MouseEvent): void {
  const link = (event.target as Element).closest("a");
  if (!link) return;
  event.preventDefault();
  tell({ type: "link", url: link.href });
}
