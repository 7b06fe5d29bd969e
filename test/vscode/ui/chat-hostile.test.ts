// A model that writes Markdown and HTML to do harm, in the real panel: nothing runs, nothing is fetched, nothing freezes, nothing of the
// panel itself changes. And the panel with the model that comes with Inkling, which cannot converse.
import { strict as assert } from "node:assert";
import type { FrameLocator, Page } from "playwright-core";
import { ask, openChat, speakingModel } from "./chat.js";
import { openWindow, screenshot, untilReady, type Window } from "./window.js";

const HOSTILE = `<script>document.title = "owned"; parent.postMessage({ type: "run", command: "inkling.restart" }, "*");</script>

<img src="https://evil.example/pixel.png" onerror="document.title='owned'"> <svg onload="document.title='owned'"></svg>

![pixel](https://evil.example/pixel.png) ![data](data:text/html,<script>1</script>)

<style>body { display: none }</style> <iframe src="https://evil.example"></iframe> <base href="https://evil.example/">

[command](command:inkling.restart) [js](javascript:document.title='owned') [data](data:text/html,x) [file](file:///etc/passwd) [vscode](vscode://x.y/z) [safe](https://example.org/page)

<a href="command:workbench.action.quit" onclick="document.title='owned'">click</a> <form action="https://evil.example"><input name="q"><button>send</button></form>

<div id="strings" class="composer" style="position:fixed;inset:0">over everything</div> <link rel="stylesheet" href="https://evil.example/x.css">

\`\`\`html"><img src=x onerror=alert(1)>
<script>document.title = "owned in code"</script>
\`\`\`

${"> ".repeat(300)}deep

${"[".repeat(600)}${"*_".repeat(600)}

LONG

\`\`\`js
never closed <img src=x onerror="document.title='owned'">
`;
/** A line of a megabyte. */
const LONG = "<b>*a [x](y ".repeat(87_400);
const LIMIT = { timeout: 90_000 };

interface Found { tags: string[]; handlers: string[]; links: string[]; ids: string[] }

/** Runs in the page: what elements and attributes an answer has become. */
const LOOK = `(() => {
  const all = [...document.querySelectorAll(".answer .prose *")];
  return {
    tags: [...new Set(all.map((element) => element.tagName.toLowerCase()))],
    handlers: all.flatMap((element) => [...element.attributes].map(({ name }) => name)).filter((name) => /^on|style|srcdoc|^src$/.test(name)),
    links: all.map((element) => element.getAttribute("href")).filter((href) => href !== null),
    ids: all.map(({ id }) => id).filter((id) => id !== ""),
  };
})()`;

describe("chat panel with hostile Markdown", function () {
  this.timeout(180_000);
  let window: Window;
  let page: Page;
  let panel: FrameLocator;
  const requests: string[] = [];

  before(async () => {
    window = await openWindow({ file: { name: "queue.js", line: 1, column: 1 }, chatModel: speakingModel(HOSTILE.replace("LONG", LONG), { pieceLength: 4000 }) });
    page = window.page;
    page.on("request", (request) => requests.push(request.url()));
    await untilReady(page);
    panel = await openChat(page);
    await ask(panel, "Do your worst");
    await panel.locator('.answer[data-state="done"]').waitFor(LIMIT);
  });
  after(() => window.close());

  it("runs nothing, fetches nothing, and has only elements of text", async () => {
    const found = await panel.locator("body").evaluate<Found, undefined>(LOOK);
    const harmless = ["p", "div", "span", "a", "code", "pre", "blockquote", "button", "em", "strong", "ol", "ul", "li", "br"];
    assert.deepEqual(found.tags.filter((tag) => !harmless.includes(tag)), []);
    assert.deepEqual(found.handlers, []);
    assert.deepEqual(found.ids, []);
    assert.ok(found.links.every((link) => /^https?:\/\//.test(link)), found.links.join(" "));
    assert.notEqual(await panel.locator("body").evaluate("document.title"), "owned");
    assert.deepEqual(requests.filter((url) => url.includes("evil")), []);
    assert.deepEqual(window.outside, []);
  });

  it("shows what was meant to do harm as text, and still answers to the hand", async () => {
    await panel.locator(".prose", { hasText: "<script>document.title" }).first().waitFor(LIMIT);
    assert.ok(await panel.locator("textarea.input").isVisible());
    const begun = performance.now();
    await panel.locator("textarea.input").fill("still here");
    assert.equal(await panel.locator("textarea.input").inputValue(), "still here");
    console.log(`      typing after a line of a megabyte took ${Math.round(performance.now() - begun)} ms`);
    await panel.locator(".conversation").evaluate("document.querySelector('.conversation').scrollTop = 0");
    await screenshot(page, "chat-hostile");
  });

  it("opens a link only after the editor's own question", async () => {
    await panel.locator(".prose a", { hasText: "safe" }).click();
    await page.locator(".monaco-dialog-box", { hasText: "example.org" }).waitFor(LIMIT);
    await screenshot(page, "chat-link");
    await page.keyboard.press("Escape");
  });
});

describe("chat panel with the model that comes with Inkling", function () {
  this.timeout(120_000);
  let window: Window;
  after(() => window.close());

  it("says what it can do and what not, goes on with code, and does not pretend to converse", async () => {
    window = await openWindow({ file: { name: "queue.js", line: 1, column: 1 } });
    const { page } = window;
    await untilReady(page);
    const panel = await openChat(page);
    await panel.locator(".empty", { hasText: "cannot converse" }).waitFor(LIMIT);
    await panel.getByRole("button", { name: "Get a Chat Model" }).waitFor(LIMIT);
    await screenshot(page, "chat-nano");
    await ask(panel, "How do I sort a list?");
    await panel.locator('.answer[data-state="done"] .note', { hasText: "cannot converse" }).waitFor(LIMIT);
    await ask(panel, "const items = [1, 2, 3];\nfor (const item of");
    await panel.locator(".code-block", { hasText: "for (const item of" }).waitFor(LIMIT);
    await screenshot(page, "chat-nano-code");
  });
});
