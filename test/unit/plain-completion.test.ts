// What editors without inline completion get: one entry that survives their filter and does not push itself forward.
import { strict as assert } from "node:assert";
import { type CompletionList, type CompletionParams, type InitializeParams } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Answer, RequestParams } from "../../src/worker/completion.js";
import { plainCompletion, plainCompletionCapability } from "../../src/worker/plain-completion.js";

const initialize = (textDocument: object): InitializeParams => ({ processId: null, capabilities: { textDocument } }) as unknown as InitializeParams;
const asked = (triggerKind: 1 | 2 | 3): CompletionParams => ({ textDocument: { uri: "file:///a.ts" }, position: { line: 0, character: 10 }, context: { triggerKind } });
const document = TextDocument.create("file:///a.ts", "typescript", 1, "return tot");

async function listFor(insertText: string): Promise<CompletionList> {
  const position = { line: 0, character: 10 };
  const answer = { items: [{ insertText, range: { start: position, end: position } }], record: {} } as unknown as Answer;
  return await plainCompletion(asked(1), document, () => Promise.resolve(answer)) as CompletionList;
}

describe("plain completion", () => {
  it("is announced only where there is no ghost text", () => {
    assert.ok("completionProvider" in plainCompletionCapability(initialize({}), {}));
    assert.deepEqual(plainCompletionCapability(initialize({ inlineCompletion: {} }), {}), {});
    assert.deepEqual(plainCompletionCapability(initialize({}), { announceInlineCompletion: false }), {});
  });

  it("completes the word at the cursor, so that the editor's filter keeps it", async () => {
    const { items: [item], isIncomplete } = await listFor("al + 1;");
    assert.deepEqual(item?.textEdit, { range: { start: { line: 0, character: 7 }, end: { line: 0, character: 10 } }, newText: "total + 1;" });
    assert.equal(item.filterText, "total + 1;");
    assert.equal(item.label, "total + 1;");
    assert.equal(isIncomplete, true);
  });

  it("shows the first line of several, and all of them beside it", async () => {
    const { items: [item] } = await listFor("al;\n  next();");
    assert.equal(item?.label, "total; …");
    assert.deepEqual(item.documentation, { kind: "plaintext", value: "total;\n  next();" });
  });

  it("is automatic after a trigger character and a wish otherwise", async () => {
    const kinds: number[] = [];
    const ask = (request: RequestParams): Promise<Answer> => {
      kinds.push(request.context.triggerKind);
      return Promise.resolve({ items: [], record: {} } as unknown as Answer);
    };
    for (const kind of [1, 2, 3] as const) await plainCompletion(asked(kind), document, ask);
    assert.deepEqual(kinds, [1, 2, 1]);
  });
});
