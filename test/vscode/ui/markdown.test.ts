// What the panel makes of Markdown, in the browser that it runs in but without VS Code around it: the very modules of the panel, bundled.
// Hostile texts become text, addresses other than http and https vanish, and an answer looks the same however its pieces came.
import { strict as assert } from "node:assert";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { startBrowser } from "../../../scripts/vscode/browser.js";
import { panelStrings } from "../../../src/protocol/panel.js";

const WEBVIEW = join(__dirname, "../../../src/webview");

/** The panel's modules as a global, and what they expect of VS Code's page. */
async function openPage(browser: Browser): Promise<Page> {
  const { outputFiles: [bundle] } = await build({
    stdin: { contents: "export { parseBlocks } from './markdown.ts'; export { createProse } from './prose.ts';", resolveDir: WEBVIEW, loader: "ts" },
    bundle: true, write: false, format: "iife", globalName: "panel", platform: "browser", target: "chrome120",
  });
  const page = await browser.newPage();
  const words = JSON.stringify(Object.fromEntries(panelStrings.map((name) => [name, name])));
  await page.setContent(`<body><script id="strings" type="application/json">${words}</script><main></main></body>`);
  await page.evaluate("window.told = []; window.acquireVsCodeApi = () => ({ postMessage: (message) => told.push(message), getState: () => undefined, setState: () => undefined });");
  await page.addScriptTag({ content: bundle!.text });
  return page;
}

interface Block { kind: "code" | "html"; html?: string; language?: string; code?: string; closed?: boolean }

describe("Markdown in the panel", function () {
  this.timeout(30_000);
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await startBrowser();
    page = await openPage(browser);
  });
  after(() => browser.close());

  const blocks = (text: string): Promise<Block[]> => page.evaluate(`panel.parseBlocks(${JSON.stringify(text)})`);
  const html = async (text: string): Promise<string> => (await blocks(text)).map((block) => block.html ?? "").join("").trim();

  const plain: [markdown: string, html: string][] = [
    ["**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>"],
    ["1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"],
    ["[a](https://example.org \"t\")", "<p><a href=\"https://example.org\" title=\"t\">a</a></p>"],
    ["https://example.org/a?b=c&d", "<p><a href=\"https://example.org/a?b=c&amp;d\">https://example.org/a?b=c&amp;d</a></p>"],
    ["| a | b |\n|---|---|\n| 1 | 2 |", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>"],
  ];
  for (const [markdown, expected] of plain) it(`draws ${JSON.stringify(markdown.slice(0, 30))}`, async () => assert.equal(await html(markdown), expected));

  const hostile = [
    "<script>owned = 1</script>", "<img src=x onerror=owned=1>", "<svg/onload=owned=1>", "<style>*{display:none}</style>", "<iframe srcdoc='<script>1</script>'></iframe>",
    "[a](javascript:owned=1)", "[a](JaVaScRiPt:owned=1)", "[a](&#106;avascript:owned=1)", "[a](data:text/html,1)", "[a](command:workbench.action.quit)", "[a](vscode://x.y)", "[a](file:///etc/passwd)",
    "![a](javascript:owned=1)", "![a](https://evil.example/pixel.png)", "<a href='command:x' onclick='owned=1'>a</a>", "<base href='https://evil.example/'>", "<form action=x><input></form>",
    "[a]: javascript:owned=1\n\n[a]", "<div id=strings class=composer style='position:fixed'>x</div>", "<math><mtext><script>owned=1</script></mtext></math>",
    "[a](https://example.org\" onmouseover=\"owned=1)", "`<img src=x onerror=owned=1>`", "<!--><img src=x onerror=owned=1>-->", "<x-y onclick=owned=1>x</x-y>", "\u0000<script\u0000>owned=1</script>",
  ];
  for (const text of hostile) {
    it(`makes nothing but text and links of ${JSON.stringify(text.slice(0, 44))}`, async () => {
      const found = await page.evaluate<{ tags: string[]; attributes: string[]; addresses: string[]; owned: boolean }>(`(() => {
        const element = document.createElement("div");
        document.querySelector("main").replaceChildren(element);
        element.innerHTML = panel.parseBlocks(${JSON.stringify(text)}).map((block) => block.html ?? "").join("");
        const all = [...element.querySelectorAll("*")];
        return { tags: all.map(({ localName }) => localName), attributes: all.flatMap((one) => one.getAttributeNames()), addresses: all.map((one) => one.getAttribute("href")).filter((one) => one !== null), owned: "owned" in window };
      })()`);
      assert.deepEqual(found.tags.filter((tag) => !["p", "a", "code"].includes(tag)), []);
      assert.deepEqual(found.attributes.filter((name) => name !== "href" && name !== "title"), []);
      assert.ok(found.addresses.every((address) => /^https?:/.test(address)), found.addresses.join(" "));
      assert.equal(found.owned, false);
    });
  }

  it("takes a fence for open until it is closed, and keeps only plain names of languages", async () => {
    assert.deepEqual((await blocks("```js\nlet a\n")).map(({ kind, language, code, closed }) => ({ kind, language, code, closed })), [{ kind: "code", language: "js", code: "let a\n", closed: false }]);
    assert.equal((await blocks("```js\nlet a\n```"))[0]!.closed, true);
    assert.equal((await blocks("~~~~\n```\n~~~~"))[0]!.closed, true);
    assert.equal((await blocks("```html\"><img src=x>\na\n```"))[0]!.language, "htmlimg");
  });

  it("gives up on no line, however long", async () => {
    for (const text of ["[".repeat(50_000), "*a **b ".repeat(50_000), `${"> ".repeat(300)}deep`, "<b>*a [x](y ".repeat(87_400)]) {
      const begun = performance.now();
      await page.evaluate(`panel.parseBlocks(${JSON.stringify(text)}).length`);
      assert.ok(performance.now() - begun < 10_000, `${text.slice(0, 12)}… took ${performance.now() - begun} ms`);
    }
  });

  it("draws the same, whether an answer came whole or in pieces", async () => {
    const answer = "# Title\n\nSome **bold\ntext**, a [link](https://example.org).\n\n- a\n- b\n\n  ```js\n  let inList;\n  ```\n\n```ts\nconst a = 1;\n\n\nconst b = 2;\n```\n\n| a | b |\n|---|---|\n| `1` | 2 |\n\n> quoted\n> more\n\nSetext\n======\n\n1. one\n\n   still one\n2. two\n\n---\n\nend <b>not bold</b>";
    const drawn = (size: number): Promise<string> => page.evaluate(`(async () => {
      const prose = panel.createProse();
      document.querySelector("main").replaceChildren(prose.element);
      const text = ${JSON.stringify(answer)};
      for (let at = 0; at < text.length; at += ${size}) {
        prose.append(text.slice(at, at + ${size}));
        if (at % 3 === 0) await new Promise((done) => requestAnimationFrame(done));
      }
      prose.finish();
      return prose.element.innerHTML;
    })()`);
    const whole = await drawn(answer.length);
    assert.match(whole, /<strong>bold\ntext<\/strong>/);
    for (const size of [1, 2, 5, 17, 64]) assert.equal(await drawn(size), whole, `in pieces of ${size}`);
  });

  it("follows no link by itself", async () => {
    await page.evaluate(`(() => {
      const prose = panel.createProse();
      document.querySelector("main").replaceChildren(prose.element);
      prose.append("[a](https://example.org/)");
      prose.finish();
      told.length = 0;
      prose.element.querySelector("a").click();
    })()`);
    assert.deepEqual(await page.evaluate("told"), [{ type: "link", url: "https://example.org/" }]);
    assert.equal(page.url(), "about:blank");
  });
});
