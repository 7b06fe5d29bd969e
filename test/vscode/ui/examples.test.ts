// What a newcomer sees: the examples, the model in the box, and VS Code's own settings but for the theme.
import { strict as assert } from "node:assert";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { examples, placeToType } from "../../../scripts/vscode/examples.js";
import { lineWithGhostText, openFile, waitForGhostText } from "../../../scripts/vscode/workbench.js";
import { openWindow, ROOT, screenshot, untilFile, untilReady, type Window } from "./window.js";

const GHOST_TIMEOUT_MS = 5_000;
const FIRST_SUGGESTION_MS = 2_000;

const folder = join(ROOT, "examples");
const places = examples.map((example) => ({ ...example, ...placeToType(folder, example) }));

for (const theme of ["Dark Modern", "Light Modern"]) {
  describe(`the examples, ${theme}`, function () {
    this.timeout(90_000);
    let window: Window;
    before(async () => {
      window = await openWindow({ file: places[0]!, settings: { "workbench.colorTheme": theme } });
      await untilReady(window.page);
    });
    after(() => window.close());

    for (const [index, example] of places.entries()) {
      it(`show ghost text in ${example.name}; Tab and a save bring it into the file`, async () => {
        const { page } = window;
        if (index > 0) await openFile(page, example.name, example.line, example.column);
        const begun = performance.now();
        await page.keyboard.type(example.typed, { delay: 60 });
        const shown = await waitForGhostText(page, GHOST_TIMEOUT_MS);
        const ms = Math.round(performance.now() - begun);
        await screenshot(page, `${example.name.replace(/.*\./, "")}-${theme.replace(/ .*/, "").toLowerCase()}`);
        assert.ok(shown !== undefined, "no ghost text");
        console.log(`      ${JSON.stringify(shown)} ${ms} ms after the first keystroke`);
        const quiet = loadavg()[0]! < availableParallelism(); // a busy machine says nothing about Inkling
        if (index === 0 && quiet) assert.ok(ms <= FIRST_SUGGESTION_MS, `the first suggestion took ${ms} ms`);

        const drawn = await lineWithGhostText(page);
        await page.keyboard.press("Tab");
        await page.keyboard.press("Control+S");
        await untilFile(join(window.folder, example.name), (text) => text.split("\n")[example.line - 1] === drawn, drawn);
      });
    }

    it("make the page ask nobody outside this machine", () => {
      assert.deepEqual(window.outside, []);
    });
  });
}
