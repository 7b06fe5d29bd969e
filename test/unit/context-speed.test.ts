// A keystroke in a file of more than 5,000 lines: parsing what changed and composing must cost a fraction of parsing it all.
// The bound is a ratio, because the machine may be busy; the milliseconds are printed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compose } from "../../src/core/context/compose.js";
import { openForTests } from "../fixtures/syntax.js";

const sources = join(__dirname, "../../node_modules/@azure/msal-browser/src");
const text = ["controllers/StandardController.ts", "cache/BrowserCacheManager.ts"].map(path => readFileSync(join(sources, path), "utf8")).join("\n");
const typed = "\n    const redirectClient = this.createRedirectClient(correlationId);\n    this.logger.verbose(\"done\", correlationId);\n";

function timed<T>(times: number[], run: () => T): T {
  const start = performance.now();
  const result = run();
  times.push(performance.now() - start);
  return result;
}

const percentile = (times: number[], share: number) => times.sort((a, b) => a - b)[Math.floor(times.length * share)]!;

describe("context in a large file", () => {
  it("costs less than a third of a full parse after an edit", async function () {
    this.timeout(60_000);
    assert.ok(text.split("\n").length > 5_000);
    const syntax = await openForTests("typescript");
    const [full, edits]: [number[], number[]] = [[], []];
    for (let round = 0; round < 10; round += 1) timed(full, () => syntax.parse("typescript", text)!).tree.delete();

    let current = text;
    let tree = syntax.parse("typescript", current)!;
    let offset = text.indexOf("\n", text.length / 2);
    for (const key of typed.repeat(2)) {
      const closing = { "(": ")", "\"": "\"" }[key] ?? "";
      // As in the editor: a bracket comes with its partner, and typing the partner steps over it.
      const stepsOver = (key === ")" || key === "\"") && current.charAt(offset) === key;
      if (!stepsOver) current = current.slice(0, offset) + key + closing + current.slice(offset);
      offset += 1;
      const next = timed(edits, () => {
        const parsed = syntax.reparse(tree, current)!;
        const document = { uri: "a", path: "a.ts", languageId: "typescript", version: 1, text: current };
        compose({ document, offset, tree: parsed, neighbours: [], budget: { tokens: 1024, charsPerToken: 3 } });
        return parsed;
      });
      tree.tree.delete();
      tree = next;
    }
    tree.tree.delete();
    const figures = `p50 ${percentile(edits, 0.5).toFixed(1)} ms, p90 ${percentile(edits, 0.9).toFixed(1)} ms; full parse ${percentile(full, 0.5).toFixed(1)} ms`;
    console.log(`      ${figures}`);
    assert.ok(percentile(edits, 0.5) < percentile(full, 0.5) / 3, figures);
  });
});
