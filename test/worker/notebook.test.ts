// Cells of a notebook through the real worker: what the others say is in the prompt, and the answer stays in the cell that was asked about.
import { strict as assert } from "node:assert";
import type { WorkerClient } from "../../src/cli/client.js";
import { openBench, type Bench } from "./start.js";

const notebook = "file:///somewhere/report.ipynb";
const cell = (name: string): string => `vscode-notebook-cell:/somewhere/report.ipynb#${name}`;
const above = "def area(width, height):\n    return width * height\n";
const asked = "size = area(2, 3)\nmore = ";
const below = "print(more)\n";
const prose = "# The size of things\n";

describe("a notebook", function () {
  this.timeout(20_000);
  let bench: Bench;
  let worker: WorkerClient;
  before(async () => {
    bench = openBench();
    worker = await bench.start();
    await worker.ready;
    const cells = [["a", "markdown", prose], ["b", "python", above], ["c", "python", asked], ["d", "python", below]] as const;
    worker.notify("notebookDocument/didOpen", {
      notebookDocument: { uri: notebook, notebookType: "jupyter-notebook", version: 1, cells: cells.map(([name, language]) => ({ kind: language === "markdown" ? 1 : 2, document: cell(name) })) },
      cellTextDocuments: cells.map(([name, languageId, text]) => ({ uri: cell(name), languageId, version: 1, text })),
    });
  });
  after(() => bench.close());

  it("is one document of the cells of a language, for a prompt that holds the others and an answer in this one", async () => {
    const position = { line: 1, character: 7 };
    const { items, record } = await worker.complete(cell("c"), position, { version: 1 });
    assert.deepEqual(items.map((item) => item.range), [{ start: position, end: position }]);
    const parts = Object.fromEntries((record.parts ?? []).map(({ kind, tokens }) => [kind, tokens]));
    // The tiny model's tokens are bytes. Prose is in another language, so in no prompt.
    assert.ok(parts["window"]! >= above.length + asked.length, JSON.stringify(record.parts));
    assert.ok(parts["window"]! < above.length + asked.length + prose.length, JSON.stringify(record.parts));
    assert.ok(parts["suffix"]! >= below.length, JSON.stringify(record.parts));
    assert.equal(parts["neighbour"], undefined, "its own cells are no neighbours");
  });

  it("follows a cell that is edited and one that is moved", async () => {
    worker.notify("notebookDocument/didChange", {
      notebookDocument: { uri: notebook, version: 2 },
      change: { cells: { textContent: [{ document: { uri: cell("c"), version: 2 }, changes: [{ text: "once = " }] }] } },
    });
    const edited = await worker.complete(cell("c"), { line: 0, character: 7 }, { version: 2 });
    assert.deepEqual(edited.items[0]!.range, { start: { line: 0, character: 7 }, end: { line: 0, character: 7 } });
    worker.notify("notebookDocument/didChange", {
      notebookDocument: { uri: notebook, version: 3 },
      change: { cells: { structure: { array: { start: 1, deleteCount: 1 }, didClose: [{ uri: cell("b") }] } } },
    });
    const alone = await worker.complete(cell("c"), { line: 0, character: 7 }, { version: 2 });
    assert.deepEqual(alone.items[0]!.range, edited.items[0]!.range);
    assert.ok(alone.record.tokens.prompt < edited.record.tokens.prompt);
  });
});
