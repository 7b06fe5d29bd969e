// Whether what Inkling shows can be used with a screen reader and without a mouse: axe looks at the pages and at the panel in each of its
// states, and the panel is walked through by key.
import { strict as assert } from "node:assert";
import type { FrameLocator, Page } from "playwright-core";
import { openFile, runCommand } from "../../../scripts/vscode/workbench.js";
import { documentOf, violations, violationsOfPage } from "./axe.js";
import { ask, openChat, speakingModel } from "./chat.js";
import { openWindow, screenshot, setTheme, shadeOf, type Theme, untilReady, webviewIn, type Window } from "./window.js";

const LIMIT = { timeout: 30_000 };
const THEMES = { "Dark Modern": "vscode-dark", "Light Modern": "vscode-light", "Default High Contrast": "vscode-high-contrast" } satisfies Partial<Record<Theme, string>>;
const ANSWER = `Add a **method** that uses \`scale\`:

\`\`\`typescript
/** What a text says. */
export class Scale extends Vector {
  @sealed factor = /* a number */ 2.5;
  name = "scale" + \`of \${this.factor}\`;
  matches = (text: string): boolean => /[a-z]+/.test(text);
}
\`\`\`

\`\`\`html
<p class="note">Text &amp; more</p>
\`\`\`

\`\`\`diff
- before
+ after
\`\`\`

1. It returns a *new* vector.

| input | result |
|---|---|
| 10 | \`(6, 8)\` |

> Read [the handbook](https://www.typescriptlang.org/docs/).`;

interface State {
  name: string;
  /** Brings it about. */
  make: (panel: FrameLocator, page: Page) => Promise<void>;
  unmake?: (panel: FrameLocator) => Promise<void>;
}

const states: readonly State[] = [
  { name: "before anything is asked", make: (panel) => panel.locator(".empty", { hasText: "Tiny Speaker" }).waitFor(LIMIT) },
  {
    name: "with an answer",
    make: async (panel, page) => {
      await runCommand(page, "Inkling: New Conversation");
      await panel.locator(".empty").waitFor(LIMIT);
      await ask(panel, "How do I scale a vector to a given length?");
      await panel.locator('.answer[data-state="done"]').waitFor(LIMIT);
    },
  },
  {
    name: "with a question that is changed",
    make: async (panel) => {
      await panel.locator(".question-edit").focus();
      await panel.locator(".question-edit").press("Enter");
      await panel.locator(".question textarea").waitFor();
    },
    unmake: (panel) => panel.locator(".question textarea").press("Escape"),
  },
  {
    name: "with files to choose from",
    make: async (panel) => {
      await panel.locator("textarea.input").fill("@inv");
      await panel.locator('.mention[aria-selected="true"]', { hasText: "inventory.py" }).waitFor(LIMIT);
    },
  },
  {
    name: "with no such file",
    make: async (panel) => {
      await panel.locator("textarea.input").fill("@xyz");
      await panel.locator(".mention", { hasText: "No such file" }).waitFor(LIMIT);
    },
  },
  {
    name: "with a file that goes along",
    make: async (panel) => {
      await panel.locator("textarea.input").fill("@inv");
      await panel.locator('.mention[aria-selected="true"]', { hasText: "inventory.py" }).waitFor(LIMIT);
      await panel.locator("textarea.input").press("Enter");
      await panel.locator(".composer .chip-cost").waitFor(LIMIT);
    },
  },
  {
    name: "with an explanation",
    make: async (panel, page) => {
      await openFile(page, "vector.ts", 28, 12);
      await runCommand(page, "Inkling: Explain Selection");
      await panel.locator('.turn:last-child .answer[data-state="done"]', { hasText: "is a method of" }).waitFor(LIMIT);
    },
  },
];

const pages: readonly (readonly [command: string, text: string])[] = [
  ["Inkling: Show Statistics", "for you alone"], ["Inkling: Show Network Contacts", "0 bytes of your code were sent."], ["Inkling: Show Last Request", "Version"],
];

describe("accessibility", function () {
  this.timeout(60_000);
  let window: Window;
  let page: Page;
  before(async () => {
    window = await openWindow({ file: { name: "vector.ts", line: 1, column: 1 }, chatModel: speakingModel(ANSWER) });
    page = window.page;
    await untilReady(page);
  });
  after(() => (window as Window | undefined)?.close());

  const inEachTheme = async (look: (shade: string) => Promise<string[]>): Promise<string[]> => {
    const found: string[] = [];
    for (const [theme, kind] of Object.entries(THEMES) as [Theme, string][]) {
      await setTheme(window, theme);
      await webviewIn(page).locator(`body.${kind}`).waitFor(LIMIT); // the webview is told after the window
      found.push(...(await look(shadeOf(theme))).map((line) => `${theme}: ${line}`));
    }
    return found;
  };

  describe("of pages", () => {
    let copy: Page;
    before(async () => copy = await page.context().browser()!.newPage());
    after(() => copy.close());

    for (const [command, text] of pages) {
      it(`finds nothing to mend in that of "${command}"`, async () => {
        await runCommand(page, command);
        await webviewIn(page).locator("main").getByText(text).first().waitFor(LIMIT);
        assert.deepEqual(await inEachTheme(async () => violationsOfPage(await documentOf(webviewIn(page)), copy)), []);
        await runCommand(page, "View: Close Editor");
      });
    }

    it("would find what cannot be read", async () => {
      await copy.evaluate("document.querySelector('h1').style.color = 'color-mix(in srgb, var(--vscode-editor-background) 60%, gray)'");
      assert.match((await violations(copy, "editor")).join("\n"), /^color-contrast: <h1/);
    });
  });

  describe("of the panel", () => {
    let panel: FrameLocator;
    before(async () => panel = await openChat(page));

    for (const { name, make, unmake } of states) {
      it(`finds nothing to mend ${name}`, async () => {
        await make(panel, page);
        const found = await inEachTheme(async (shade) => {
          await screenshot(page, `accessibility-${name.replaceAll(" ", "-")}-${shade}`);
          return violations(await documentOf(panel), "sideBar");
        });
        await unmake?.(panel);
        assert.deepEqual(found, []);
      });
    }

    it("would find what has no name", async () => {
      const document = await documentOf(panel);
      await document.evaluate("document.querySelector('.send').removeAttribute('aria-label'); document.querySelector('.send').removeAttribute('title')");
      assert.match((await violations(document, "sideBar")).join("\n"), /^button-name: <button class="icon-button send"/);
    });

    it("reaches everything of a conversation by Tab, in the order of reading, each with a name", async () => {
      await states[1]!.make(panel, page);
      await panel.locator("textarea.input").fill("next");
      await panel.locator(".question-edit").focus();
      const names: string[] = [];
      while (names.at(-1) !== "Send (Enter)" && names.length < 30) {
        names.push(await panel.locator(":focus").evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"));
        await page.keyboard.press("Tab");
      }
      assert.deepEqual(names, [
        "Edit and Resend", "Insert at Cursor", "Apply to File, with Preview", "Copy", "Code",
        "Insert at Cursor", "Apply to File, with Preview", "Copy", "Code", "Insert at Cursor", "Apply to File, with Preview", "Copy", "Code", "the handbook", "Copy Answer", "Retry",
        "Question", "Add Context (@)", "Choose a Model: Tiny Speaker", "Send (Enter)",
      ]);
    });
  });

  it("names the status item for a screen reader", async () => {
    const item = page.locator(".statusbar-item[id='inkling.inkling.inkling.status'] a");
    assert.deepEqual([await item.getAttribute("role"), await item.getAttribute("aria-label")], ["button", "Inkling: ready"]);
  });
});
